/** Options kept at Datadog: when they are waited for, and what they may say. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { parseJsonPath } from '@datadog/browser-rum-core/cjs/domain/configuration/jsonPathParser.js';
import {
  applyRemoteConfiguration,
  initMetrics,
} from '@datadog/browser-rum-core/cjs/domain/configuration/remoteConfiguration.js';
import fc from 'fast-check';
import { pathKeys } from '../../js/extras/json-path.ts';
import { type RemoteOptions, remoteConfiguration } from '../../js/extras/remote-configuration.ts';
import type { InitConfiguration } from '../../js/types.ts';
import { fakeStorage, recordDisplay, replaceGlobals } from './extras-fixture.ts';

const GIVEN = { applicationId: 'a', clientToken: 'pub', sessionSampleRate: 10 };
const KEY = 'dd_rc_id 1';

interface Page {
  answer?: unknown;
  status?: number;
  storage?: ReturnType<typeof fakeStorage>;
  document?: object;
  window?: object;
  /** The answer comes only after the limit. */
  isSlow?: boolean;
}

async function start(options: RemoteOptions, page: Page = {}) {
  const display = recordDisplay();
  const storage = page.storage ?? fakeStorage();
  const urls: string[] = [];
  const contexts: unknown[][] = [];
  const fetched: Promise<unknown>[] = [];
  const restore = replaceGlobals({
    localStorage: storage,
    document: page.document ?? { cookie: '' },
    window: page.window ?? {},
  });
  let late: (response: unknown) => void = () => {};
  const answer = () => {
    const body = typeof page.answer === 'string' ? page.answer : JSON.stringify(page.answer);
    const isOk = (page.status ?? 200) < 300;
    return { ok: isOk, json: async () => JSON.parse(body) };
  };
  const host = {
    ...display,
    fetch: ((url: string) => {
      urls.push(url);
      const response = page.isSlow
        ? new Promise<unknown>((resolve) => {
            late = resolve;
          })
        : page.answer === undefined
          ? Promise.reject(new TypeError('offline'))
          : Promise.resolve(answer());
      fetched.push(response.catch(() => {}));
      return response;
    }) as unknown as typeof fetch,
    setContextProperty: (...args: unknown[]) => void contexts.push(args),
    wait: (ms: number) => {
      assert.equal(ms, 5000);
      return page.isSlow ? Promise.resolve(undefined) : new Promise<undefined>(() => {});
    },
  };
  const result = await remoteConfiguration({ ...GIVEN, ...options } as InitConfiguration, host);
  if (page.isSlow) late(answer());
  await Promise.all(fetched);
  // All that is left to do is done by promises.
  await new Promise((resolve) => setImmediate(resolve));
  restore();
  const text = storage.stored[KEY];
  const stored = text?.startsWith('{"version":3,') && JSON.parse(text);
  return { result, urls, contexts, storage, stored, messages: display.messages };
}

const SYNC: RemoteOptions[] = [
  { remoteConfigurationId: 'id 1' },
  { remoteConfiguration: { id: 'id 1', sync: true } },
];
const CACHED: RemoteOptions = { remoteConfiguration: { id: 'id 1' } };
const REQUIRED: RemoteOptions = { remoteConfiguration: { id: 'id 1', required: true } };
const FAILURE = 'error: Error fetching the remote configuration.';

const rum = (sessionSampleRate: number) => ({ rum: { sessionSampleRate } });

const cache = (config: object, metadata: object = { lastSynced: 1, syncId: 's' }) =>
  fakeStorage({ [KEY]: JSON.stringify({ version: 3, config, metadata }) });

test('where the page waits, the answer holds, and is kept for the next page', async () => {
  for (const options of SYNC) {
    const { result, urls, stored } = await start(options, { answer: rum(50) });
    assert.deepEqual(urls, [
      'https://sdk-configuration.browser-intake-datadoghq.com/v1/id%201.json',
    ]);
    assert.equal(result?.sessionSampleRate, 50);
    assert.equal(result?.clientToken, 'pub');
    assert.deepEqual(stored.config, rum(50));
    assert.equal(stored.version, 3);
    assert.equal(typeof stored.metadata.lastSynced, 'number');
    assert.equal(typeof stored.metadata.syncId, 'string');
  }
});

test('when the answer fails or is none, the page starts all the same and is told', async () => {
  for (const [page, message] of [
    [{}, FAILURE],
    [{ answer: rum(50), status: 500 }, FAILURE],
    [{ answer: '<html>' }, FAILURE],
    [{ answer: {} }, 'error: No remote configuration for RUM.'],
  ] as const) {
    const { result, messages } = await start(SYNC[0] as RemoteOptions, page);
    assert.equal(result?.sessionSampleRate, 10);
    assert.deepEqual(messages, [message]);
  }
});

test('an answer of another shape does no harm', async () => {
  const answer = { rum: { sessionSampleRate: 50, user: [null] } };
  const { result, messages } = await start(SYNC[0] as RemoteOptions, { answer });
  assert.equal(result?.sessionSampleRate, 10);
  assert.deepEqual(messages, ['error: Error applying the remote configuration.']);
});

test('what is known from a former page is better than nothing', async () => {
  const { result } = await start(SYNC[0] as RemoteOptions, { storage: cache(rum(33)) });
  assert.equal(result?.sessionSampleRate, 33);
});

test('an answer that takes too long is for the next page', async () => {
  const { result, stored } = await start(SYNC[0] as RemoteOptions, {
    isSlow: true,
    answer: rum(50),
  });
  assert.equal(result?.sessionSampleRate, 10);
  assert.deepEqual(stored.config, rum(50));
});

test('where the page does not wait, the last known holds, and the answer is for the next', async () => {
  const page = { storage: cache(rum(33)), answer: rum(50) };
  const { result, stored } = await start(CACHED, page);
  assert.equal(result?.sessionSampleRate, 33);
  assert.deepEqual(stored.config, rum(50));
  const first = await start(CACHED, { answer: rum(50) });
  assert.equal(first.result?.sessionSampleRate, 10);
});

test('an answer that is known already leaves what the official SDK noted of it', async () => {
  const metadata = { lastSynced: 1, syncId: 's', firstApplied: 7 };
  const { stored } = await start(CACHED, { storage: cache(rum(33), metadata), answer: rum(33) });
  assert.deepEqual(stored.metadata, metadata);
});

test('what cannot be read or kept does no harm', async () => {
  for (const text of [
    'no JSON',
    'null',
    '{"version":2,"config":{"rum":{"service":"old"}},"metadata":{}}',
    '{"version":3}',
  ]) {
    const { result } = await start(CACHED, { storage: fakeStorage({ [KEY]: text }) });
    assert.deepEqual(result, { ...GIVEN, ...CACHED, remoteConfigurationId: 'id 1' });
  }
  const full = fakeStorage();
  full.isFull = true;
  const { result } = await start(SYNC[0] as RemoteOptions, { storage: full, answer: rum(50) });
  assert.equal(result?.sessionSampleRate, 50);
});

test('a page that requires a configuration waits for the first, and does not start without', async () => {
  const first = await start(REQUIRED, { answer: rum(50) });
  assert.equal(first.result?.sessionSampleRate, 50);
  assert.equal((await start(REQUIRED)).result, undefined);
  const later = await start(REQUIRED, { storage: cache(rum(33)) });
  assert.equal(later.result?.sessionSampleRate, 33);
});

test('sites and proxies have their own addresses', async () => {
  const site = { site: 'us3.datadoghq.com' } as RemoteOptions;
  assert.deepEqual((await start({ ...CACHED, ...site })).urls, [
    'https://sdk-configuration.browser-intake-us3-datadoghq.com/v1/id%201.json',
  ]);
  const proxy = { remoteConfigurationProxy: '/proxied.json' };
  assert.deepEqual((await start({ ...CACHED, ...proxy })).urls, ['/proxied.json']);
});

const dynamic = (strategy: string, rest: object) => ({
  rcSerializedType: 'dynamic',
  strategy,
  ...rest,
});
const regex = (value: string) => ({ rcSerializedType: 'regex', value });

const element = (attributes: Record<string, string>, textContent = 'text') => ({
  textContent,
  getAttribute: (name: string) => attributes[name] ?? null,
});

const document = {
  cookie: 'sid=1; user = u-7 ; empty=; sid=2',
  querySelector(selector: string) {
    if (selector === '!') throw new SyntaxError();
    return {
      '#name': element({ 'data-id': 'e7' }),
      '#secret': element({ type: 'password', value: 'p' }),
    }[selector];
  },
};
const window = {
  app: { version: 'v1.2.3', list: [{ id: 'x' }], text: 'abc' },
  get broken() {
    throw new Error('mine');
  },
};

test('values of the page are found where and how the official SDK finds them', async () => {
  const values = {
    cookie: dynamic('cookie', { name: 'user' }),
    first: dynamic('cookie', { name: 'sid' }),
    empty: dynamic('cookie', { name: 'empty' }),
    stored: dynamic('localStorage', { key: 'k' }),
    missing: dynamic('localStorage', { key: 'none' }),
    text: dynamic('dom', { selector: '#name' }),
    attribute: dynamic('dom', { selector: '#name', attribute: 'data-id' }),
    noAttribute: dynamic('dom', { selector: '#name', attribute: 'no' }),
    noElement: dynamic('dom', { selector: '#none' }),
    badSelector: dynamic('dom', { selector: '!' }),
    password: dynamic('dom', { selector: '#secret', attribute: 'value' }),
    js: dynamic('js', { path: "app['list'][0].id" }),
    object: dynamic('js', { path: 'app.list' }),
    noPath: dynamic('js', { path: 'app.none' }),
    badPath: dynamic('js', { path: 'app..list' }),
    getter: dynamic('js', { path: 'broken' }),
    group: dynamic('js', { path: 'app.version', extractor: regex('v(\\d+)') }),
    whole: dynamic('js', { path: 'app.version', extractor: regex('\\d') }),
    noMatch: dynamic('js', { path: 'app.version', extractor: regex('z') }),
    badPattern: dynamic('js', { path: 'app.version', extractor: regex('(') }),
    noText: dynamic('js', { path: 'app.list', extractor: regex('x') }),
    strategy: dynamic('server', {}),
    type: { rcSerializedType: 'date' },
    plain: [{ rcSerializedType: 'string', value: 's' }, 1, { a: null }],
  };
  const remote = {
    rum: {
      applicationId: 'remote',
      version: values.group,
      allowedTracingUrls: [{ match: regex('^https'), propagatorTypes: ['b3'] }],
      clientToken: 'not supported',
      user: [{ key: 'id', value: values.cookie }],
      context: Object.entries(values).map(([key, value]) => ({ key, value })),
    },
    profiling: { sampleRate: 5 },
  };
  const storage = fakeStorage({ k: 'kept' });
  const page = { answer: remote, storage, document, window };
  const { result, contexts } = await start(SYNC[0] as RemoteOptions, page);

  const expected: unknown[][] = [];
  const manager = (kind: string) => ({
    setContextProperty: (key: string, value: unknown) => expected.push([kind, key, value]),
  });
  const restore = replaceGlobals({ localStorage: storage, document, window });
  const options = applyRemoteConfiguration(
    { ...GIVEN, ...SYNC[0] } as never,
    remote as never,
    { user: manager('user'), context: manager('context') } as never,
    initMetrics(),
  );
  restore();
  assert.deepEqual(result, options);
  assert.deepEqual(contexts, expected);
  assert.equal(contexts.length, 1 + Object.keys(values).length);
});

test('a path through a text is no value, where the official SDK throws', async () => {
  const context = [{ key: 'a', value: dynamic('js', { path: 'app.text.b.c' }) }];
  const page = { answer: { rum: { context } }, window };
  const { contexts, messages } = await start(SYNC[0] as RemoteOptions, page);
  assert.deepEqual(contexts, [['context', 'a', undefined]]);
  assert.deepEqual(messages, []);
});

test('paths are read as by the official SDK', () => {
  const parts = ['a', '$b', '_1', '.', '[', ']', '0', '12', "'", '"', '\\', 'n', 'u00e9', '/', ' '];
  const whole = [
    '[0]',
    "['x']",
    '["y"]',
    "['\\n']",
    "['\\'']",
    '["\\u0041"]',
    "['\\x']",
    '.a',
    "['']",
  ];
  const path = fc.array(fc.constantFrom(...parts, ...whole, ...whole), { maxLength: 6 });
  fc.assert(
    fc.property(path, (parts) => {
      assert.deepEqual(pathKeys(parts.join('')), parseJsonPath(parts.join('')));
    }),
    { numRuns: 20_000 },
  );
});
