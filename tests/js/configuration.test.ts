import assert from 'node:assert/strict';
import test from 'node:test';
import { configure } from '../../js/configuration.ts';
import type { InitConfiguration } from '../../js/types.ts';

const REQUIRED = { applicationId: '5b2c', clientToken: 'pub' };

function configured(options: object, required: object = REQUIRED) {
  const messages: string[] = [];
  const given = { ...required, ...options } as InitConfiguration;
  return { configuration: configure(given, { error: (text) => messages.push(text) }), messages };
}

test('the defaults are those of the official SDK', () => {
  const { configuration, messages } = configured({});
  assert.deepEqual(messages, []);
  assert.equal(configuration?.sessionSampleRate, 100);
  assert.equal(configuration?.traceSampleRate, 100);
  assert.equal(configuration?.trackResources, true);
  assert.equal(configuration?.trackViewsManually, false);
  assert.equal(configuration?.trackAnonymousUser, true);
  assert.equal(configuration?.defaultPrivacyLevel, 'mask-user-input');
  assert.deepEqual(configuration?.sessionPersistence, ['cookie']);
});

test('what the page passes is taken, booleans by their truth', () => {
  const proxy = () => '';
  const options = { service: 'shop', sessionSampleRate: 20.5, proxy, trackResources: 0 };
  const { configuration, messages } = configured({ ...options, trackViewsManually: 'yes' });
  assert.deepEqual(messages, []);
  assert.equal(configuration?.service, 'shop');
  assert.equal(configuration?.sessionSampleRate, 20.5);
  assert.equal(configuration?.proxy, proxy);
  assert.equal(configuration?.trackResources, false);
  assert.equal(configuration?.trackViewsManually, true);
});

test('every missing required option is named', () => {
  const { configuration, messages } = configured({}, { applicationId: '', clientToken: null });
  assert.equal(configuration, undefined);
  assert.deepEqual(messages, ['"applicationId" is required', '"clientToken" is required']);
});

const BAD: [string, unknown, string][] = [
  ['sessionSampleRate', 'all', 'must be a number between 0 and 100 (got "all")'],
  ['sessionSampleRate', 100.1, 'must be a number between 0 and 100 (got 100.1)'],
  ['traceSampleRate', -1, 'must be a number between 0 and 100 (got -1)'],
  ['service', 42, 'must be a non-empty string (got 42)'],
  ['proxy', 7, 'does not match any expected type: pass a string or a function (got 7)'],
  ['trackingConsent', 'maybe', 'must be one of: "granted", "not-granted" (got "maybe")'],
  ['beforeSend', {}, 'must be a function (got {})'],
  ['compressIntakeRequests', 1, 'must be a boolean (got 1)'],
  ['excludedActivityUrls', ['a', 7], 'must be a string, RegExp, or function (got ["a",7])'],
  [
    'site',
    'example.com',
    'must be a valid Datadog site. More details: https://docs.datadoghq.com/getting_started/site/. (got "example.com")',
  ],
];

for (const [option, value, message] of BAD) {
  test(`a bad ${option} is named with its value and stops the engine: ${String(value)}`, () => {
    const { configuration, messages } = configured({ [option]: value });
    assert.equal(configuration, undefined);
    assert.deepEqual(messages, [`"${option}" ${message}`]);
  });
}

test('a bad option that is not vital leaves the default, with a message', () => {
  const { configuration, messages } = configured({ defaultPrivacyLevel: 'none' });
  assert.equal(configuration?.defaultPrivacyLevel, 'mask-user-input');
  assert.equal(messages.length, 1);
  assert.match(messages[0] as string, /^"defaultPrivacyLevel" must be one of: "allow", /);
});

test('of a list that is not vital the bad items are left out', () => {
  const allowedTracingUrls = ['https://a', 7, { match: /b/ }, { match: 8 }];
  const options = { allowedTracingUrls, service: 'shop' };
  const { configuration, messages } = configured(options);
  assert.deepEqual((configuration as typeof options | undefined)?.allowedTracingUrls, [
    'https://a',
    { match: /b/ },
  ]);
  assert.deepEqual(messages, []);
});

test('tracing needs a service', () => {
  const { configuration, messages } = configured({ allowedTracingUrls: ['https://a'] });
  assert.equal(configuration, undefined);
  assert.deepEqual(messages, ['Service needs to be configured when tracing is enabled']);
});

test('a single value stands for a list of one', () => {
  const { configuration } = configured({ sessionPersistence: 'memory' });
  assert.deepEqual(configuration?.sessionPersistence, ['memory']);
});

test('null and an empty string stand for an option that was not given', () => {
  const { configuration, messages } = configured({ site: null, sessionSampleRate: '', proxy: '' });
  assert.deepEqual(messages, []);
  assert.equal(configuration?.sessionSampleRate, 100);
});

test('views are updated in parts unless a proxy may not know that', () => {
  const isOn = (options: object) => configured(options).configuration?.betaEnableViewUpdates;
  assert.equal(isOn({}), true);
  assert.equal(isOn({ proxy: '/p' }), false);
  assert.equal(isOn({ proxy: '/p', betaEnableViewUpdates: true }), true);
  assert.equal(isOn({ betaEnableViewUpdates: false }), false);
});

test('a long or cyclic bad value is shown in part', () => {
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  assert.match(configured({ site: 'x'.repeat(200) }).messages[0] as string, /\(got "x{79}\)$/);
  assert.match(configured({ site: cycle }).messages[0] as string, /\(got object\)$/);
});
