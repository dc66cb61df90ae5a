/** The bridge of a web view. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { matchesHostEntry } from '@datadog/browser-core/cjs/transport/eventBridge.js';
import fc from 'fast-check';
import { createExtras } from '../../js/extras/attach.ts';
import { eventBridge } from '../../js/extras/event-bridge.ts';
import { VERSION } from '../../js/version.ts';
import { recordDisplay, replaceGlobals } from './extras-fixture.ts';

const HOST = 'shop.example.com';

function open(native: object | undefined, host = HOST) {
  const display = recordDisplay();
  const restore = replaceGlobals({ DatadogEventBridge: native });
  const bridge = eventBridge(display, host);
  restore();
  return { bridge, messages: display.messages };
}

const allowing = (...hosts: unknown[]) => ({ getAllowedWebViewHosts: () => JSON.stringify(hosts) });

test('there is none without an app, or for a host that the app does not name', () => {
  for (const native of [
    undefined,
    {},
    allowing(),
    allowing('other.com', 7, null),
    { getAllowedWebViewHosts: () => 'no JSON' },
    { getAllowedWebViewHosts: () => assert.fail() },
  ]) {
    assert.equal(open(native).bridge, undefined);
  }
});

test('hosts are matched as by the official SDK', () => {
  const part = fc.constantFrom('shop', 'example', 'com', '*', '.', 'a');
  const entry = fc.array(part, { maxLength: 5 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(entry, entry, (host, pattern) => {
      const expected = matchesHostEntry(host, pattern);
      assert.equal(!!open(allowing(pattern), host).bridge, expected);
    }),
    { numRuns: 2000 },
  );
});

test('a pattern with two stars is refused by a message', () => {
  const { messages } = open(allowing('*.example.*'));
  assert.deepEqual(messages, [
    'error: Invalid WebView host pattern "*.example.*": only one wildcard (*) is supported.',
  ]);
});

test('an app that refuses an event does not break the page', () => {
  const { bridge, messages } = open({
    ...allowing(HOST),
    send() {
      throw new Error('app');
    },
  });
  bridge?.send('{}');
  assert.deepEqual(messages, ['error: The event bridge threw an error:']);
});

test("the app's session, credentials and privacy level hold", () => {
  const options = { applicationId: 'mine', clientToken: 'mine', sessionSampleRate: 1, env: 'prod' };
  const { bridge } = open({ ...allowing(HOST), getPrivacyLevel: () => 'mask' });
  assert.deepEqual(bridge?.options(options), {
    applicationId: '00000000-aaaa-0000-aaaa-000000000000',
    clientToken: 'empty',
    sessionSampleRate: 100,
    sessionPersistence: 'memory',
    trackAnonymousUser: false,
    betaEnableViewUpdates: false,
    telemetrySampleRate: 0,
    env: 'prod',
    service: 'mine',
    defaultPrivacyLevel: 'mask',
  });
  const own = { service: 'shop', defaultPrivacyLevel: 'allow' };
  assert.equal(bridge?.options(own).service, 'shop');
  assert.equal(bridge?.options(own).defaultPrivacyLevel, 'allow');
});

test('the app decides about traces, if it wants to', () => {
  const rate = (text: string | undefined) =>
    open({ ...allowing(HOST), getIsTraceSampled: text && (() => text) }).bridge?.options({
      traceSampleRate: 20,
    }).traceSampleRate;
  assert.equal(rate('true'), 100);
  assert.equal(rate('false'), 0);
  for (const answer of ['null', '?', undefined]) assert.equal(rate(answer), 20);
});

test('events go to the app with the version, and the sample rates of the page, whatever the app decided', () => {
  const sent: string[] = [];
  const app = { getIsTraceSampled: () => 'true', send: (message: string) => sent.push(message) };
  const { bridge } = open({ ...allowing(HOST), ...app });
  bridge?.options({ traceSampleRate: 20 });
  bridge?.send('{"type":"view","_dd":{"configuration":{"trace_sample_rate":100},"rule_psr":1}}');
  const configuration = { trace_sample_rate: 20 };
  const _dd = { browser_sdk_version: VERSION, configuration, rule_psr: 0.2 };
  assert.deepEqual(JSON.parse(`${sent[0]}`), { eventType: 'rum', event: { type: 'view', _dd } });
});

test('the session never ends: it is the app that has one', () => {
  const { bridge } = open(allowing(HOST));
  const { id, expire } = Object.fromEntries(new URLSearchParams(`${bridge?.session()}`));
  assert.ok(Number(expire) > Date.now());
  assert.equal(new URLSearchParams(`${bridge?.session()}`).get('id'), id);
});

test('at every look the session has 15 minutes to go, as one that the page was just used in', (t) => {
  const { bridge } = open(allowing(HOST));
  for (const now of [1_756_200_000_000, 1_756_300_000_000]) {
    t.mock.method(Date, 'now', () => now);
    const { created, expire } = Object.fromEntries(new URLSearchParams(`${bridge?.session()}`));
    assert.deepEqual([Number(created), Number(expire)], [now, now + 900_000]);
  }
});

test('the session is the app’s however the store is asked, and never grows old', () => {
  const restore = replaceGlobals({
    location: { hostname: HOST, origin: `https://${HOST}` },
    DatadogEventBridge: allowing(HOST),
  });
  try {
    const stored = `id=of-the-page&created=1&expire=2`;
    const store = { read: () => stored, peek: () => stored, write: () => {} };
    const start = { ...recordDisplay(), options: {}, assembleHooks: new Set() } as never;
    const notLent = undefined as never;
    createExtras(start, notLent, notLent, notLent).watch(store as never);
    for (const text of [store.read(), store.peek()]) {
      const session = new URLSearchParams(text);
      assert.notEqual(session.get('id'), 'of-the-page');
      assert.ok(Number(session.get('expire')) > Date.now());
    }
  } finally {
    restore();
  }
});
