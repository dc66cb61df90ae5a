import assert from 'node:assert/strict';
import test from 'node:test';
import { configure } from '../../js/configuration.ts';
import { exceptions } from '../../js/exceptions.ts';
import type { InitConfiguration } from '../../js/types.ts';

const REQUIRED = { applicationId: '5b2c', clientToken: 'pub' };

/** `shown` are the values that messages are followed by. */
async function configured(options: object, required: object = REQUIRED, isDropIn?: boolean) {
  const messages: string[] = [];
  const shown: unknown[] = [];
  const print = (text: string, ...details: unknown[]) => {
    if (details.length > 0) shown.push(...details);
    else messages.push(text);
  };
  const given = { ...required, ...options } as InitConfiguration;
  let isUsual = true;
  const load = () => {
    isUsual = false;
    return Promise.resolve(exceptions);
  };
  const start = { error: print, warn: print, ...(isDropIn && { isDropIn }) };
  const configuration = await configure(given, start, load);
  return { configuration, messages, shown, isUsual };
}

test('the defaults are those of the official SDK', async () => {
  const { configuration, messages } = await configured({});
  assert.deepEqual(messages, []);
  assert.equal(configuration?.sessionSampleRate, 100);
  assert.equal(configuration?.traceSampleRate, 100);
  assert.equal(configuration?.trackResources, true);
  assert.equal(configuration?.trackViewsManually, false);
  assert.equal(configuration?.trackAnonymousUser, true);
  assert.equal(configuration?.defaultPrivacyLevel, 'mask-user-input');
  assert.deepEqual(configuration?.sessionPersistence, ['cookie']);
});

test('what the page passes is taken, booleans by their truth', async () => {
  const proxy = () => '';
  const options = { service: 'shop', sessionSampleRate: 20.5, proxy, trackResources: 0 };
  const { configuration, messages } = await configured({ ...options, trackViewsManually: 'yes' });
  assert.deepEqual(messages, []);
  assert.equal(configuration?.service, 'shop');
  assert.equal(configuration?.sessionSampleRate, 20.5);
  assert.equal(configuration?.proxy, proxy);
  assert.equal(configuration?.trackResources, false);
  assert.equal(configuration?.trackViewsManually, true);
});

test('every missing required option is named', async () => {
  const { configuration, messages } = await configured(
    {},
    { applicationId: '', clientToken: null },
  );
  assert.equal(configuration, undefined);
  assert.deepEqual(messages, ['"applicationId" is required', '"clientToken" is required']);
});

const BAD: [string, unknown, string][] = [
  ['sessionSampleRate', 'all', 'must be a number between 0 and 100'],
  ['sessionSampleRate', 100.1, 'must be a number between 0 and 100'],
  ['traceSampleRate', -1, 'must be a number between 0 and 100'],
  ['service', 42, 'must be a non-empty string'],
  ['proxy', 7, 'does not match any expected type'],
  ['trackingConsent', 'maybe', 'must be one of: "granted", "not-granted"'],
  ['beforeSend', {}, 'must be a function'],
  ['compressIntakeRequests', 1, 'must be a boolean'],
  ['excludedActivityUrls', ['a', 7], 'must be a string, RegExp, or function'],
  [
    'site',
    'example.com',
    'must be a valid Datadog site. More details: https://docs.datadoghq.com/getting_started/site/.',
  ],
];

for (const [option, value, message] of BAD) {
  test(`a bad ${option} is named with its value and stops the engine: ${String(value)}`, async () => {
    const { configuration, messages, shown } = await configured({ [option]: value });
    assert.equal(configuration, undefined);
    assert.deepEqual(messages, [`"${option}" ${message}`]);
    assert.deepEqual(shown, [value]);
  });
}

test('a bad option that is not vital leaves the default, with a message', async () => {
  const { configuration, messages } = await configured({ defaultPrivacyLevel: 'none' });
  assert.equal(configuration?.defaultPrivacyLevel, 'mask-user-input');
  assert.equal(messages.length, 1);
  assert.match(messages[0] as string, /^"defaultPrivacyLevel" must be one of: "allow", /);
});

test('of a list that is not vital the bad items are left out', async () => {
  const options = { trackFeatureFlagsForEvents: ['action', 7, 'view', 'vital'] };
  const { configuration, messages } = await configured(options);
  assert.deepEqual(configuration?.trackFeatureFlagsForEvents, ['action', 'vital']);
  assert.deepEqual(messages, []);
});

test('tracing needs a service', async () => {
  const { configuration, messages } = await configured({ allowedTracingUrls: ['https://a'] });
  assert.equal(configuration, undefined);
  assert.deepEqual(messages, ['Service needs to be configured when tracing is enabled']);
});

test('a single value stands for a list of one', async () => {
  const { configuration } = await configured({ sessionPersistence: 'memory' });
  assert.deepEqual(configuration?.sessionPersistence, ['memory']);
});

test('null and an empty string stand for an option that was not given', async () => {
  const { configuration, messages } = await configured({
    site: null,
    sessionSampleRate: '',
    proxy: '',
  });
  assert.deepEqual(messages, []);
  assert.equal(configuration?.sessionSampleRate, 100);
});

test('bodies are compressed unless a proxy may look into them, by the drop-in when asked', async () => {
  const isOn = async (options: object, isDropIn?: boolean) =>
    (await configured(options, REQUIRED, isDropIn)).configuration?.compressIntakeRequests;
  assert.equal(await isOn({}), true);
  assert.equal(await isOn({ proxy: '/p' }), false);
  assert.equal(await isOn({ proxy: '/p', compressIntakeRequests: true }), true);
  assert.equal(await isOn({ compressIntakeRequests: false }), false);
  assert.equal(await isOn({}, true), false);
  assert.equal(await isOn({ compressIntakeRequests: true }, true), true);
});

test('views are updated in parts unless a proxy may not know that', async () => {
  const isOn = async (options: object) =>
    (await configured(options)).configuration?.betaEnableViewUpdates;
  assert.equal(await isOn({}), true);
  assert.equal(await isOn({ proxy: '/p' }), false);
  assert.equal(await isOn({ proxy: '/p', betaEnableViewUpdates: true }), true);
  assert.equal(await isOn({ betaEnableViewUpdates: false }), false);
});

const TAG =
  "doesn't meet tag requirements and will be sanitized. More details: https://docs.datadoghq.com/getting_started/tagging/#defining-tags";

test('a tag that Datadog will change is named, and used', async () => {
  const long = 'x'.repeat(200 - 'env:'.length);
  const fine = { service: 'ünï-1_:./', version: '1.2.3' };
  assert.deepEqual((await configured({ env: long, ...fine })).messages, []);
  assert.deepEqual((await configured({ env: `${long}x` })).messages, [`Tag env:${long}x ${TAG}`]);
  const { configuration, messages } = await configured({ service: 'My shop' });
  assert.deepEqual(messages, [`Tag service:My shop ${TAG}`]);
  assert.equal(configuration?.service, 'My shop');
});

test('addresses of any form become tests of an address', async () => {
  const given = { excludedActivityUrls: ['https://a', /b/, (url: string) => url.endsWith('c')] };
  const { configuration, messages } = await configured(given);
  const excluded = (url: string) => configuration?.excludedActivityUrls.map((test) => test(url));
  assert.deepEqual(excluded('https://a'), [true, false, false]);
  assert.deepEqual(excluded('https://b'), [false, true, false]);
  assert.deepEqual(excluded('https://c'), [false, false, true]);
  assert.deepEqual(messages, []);
});

test('a plugin without a name is none', async () => {
  const { configuration, messages } = await configured({ plugins: [{}] });
  assert.deepEqual(messages, ['"plugins" is not a valid object']);
  assert.deepEqual((configuration as { plugins?: unknown } | undefined)?.plugins, undefined);
});

const USUAL = [
  { site: 'datadoghq.eu', service: 'shop', env: 'prod', version: '1.0', proxy: '/p' },
  { sessionSampleRate: 0.5, traceSampleRate: 100, telemetrySampleRate: 0, trackResources: 1 },
  { trackingConsent: 'not-granted', defaultPrivacyLevel: 'mask' },
  { beforeSend: () => true, proxy: () => '', compressIntakeRequests: false, service: '' },
  { service: 'shop', allowedTracingUrls: ['https://a', 7] },
  { service: 'shop', allowedTracingUrls: [/a/] },
  { service: 'shop', allowedTracingUrls: [{ match: () => true, propagatorTypes: ['b3'] }] },
];

for (const options of USUAL) {
  test(`what most pages give needs no closer look: ${Object.keys(options)}`, async () => {
    const { isUsual, messages } = await configured(options);
    assert.deepEqual([isUsual, messages], [true, []]);
  });
}

const UNUSUAL: Record<string, unknown> = {
  applicationId: 1,
  clientToken: ['a'],
  version: Symbol('1'),
  subdomain: {},
  sessionReplaySampleRate: 101,
  telemetryUsageSampleRate: Number.NaN,
  site: 'a.example',
  proxy: {},
  beforeSend: [() => true],
  betaEnableViewUpdates: 'true',
  trackingConsent: 'granted?',
  defaultPrivacyLevel: 'masked',
  traceContextInjection: true,
  source: 'unity',
  sessionPersistence: 'cookie',
  trackFeatureFlagsForEvents: ['view'],
  excludedActivityUrls: 'a',
  allowedTrackingOrigins: [7],
  allowedTracingUrls: [{ match: 8 }],
  plugins: [{}],
};

for (const [option, value] of Object.entries(UNUSUAL)) {
  test(`a ${option} that may be wrong gets a closer look`, async () => {
    assert.equal((await configured({ service: 'shop', [option]: value })).isUsual, false);
  });
}

test('budgets are numbers above 0 of vitals that have one; of others the default counts', async () => {
  const good = { lcp: 2000, cls: 0.05 };
  const given = await configured({ budgets: { ...good, inp: 0, fid: '90', ttfb: 800 } });
  assert.deepEqual(given.configuration?.budgets, good);
  assert.deepEqual(given.messages, []);
  assert.deepEqual(given.shown, [0, '90', 800]);
  assert.deepEqual((await configured({ budgets: good })).shown, []);
  for (const lcp of [Number.NaN, Number.POSITIVE_INFINITY, -1, null]) {
    const { configuration, shown } = await configured({ budgets: { lcp } });
    assert.deepEqual([configuration?.budgets, shown], [{}, [lcp]]);
  }
  const { configuration, shown } = await configured({ budgets: 2000 });
  assert.deepEqual([configuration?.budgets, shown], [{}, [2000]]);
});
