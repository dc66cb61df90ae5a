import assert from 'node:assert/strict';
import test from 'node:test';
import { OWN_FRAMES } from '../../js/engine-contract.ts';
import type { Ferrum } from '../../js/types.ts';
import { fakeEngine, NOW, OPTIONS, type Page, withFerrum } from './shim-page.ts';

/** What the engine is told of calls before it is there, and of the same calls later. */
const withCalls = (
  run: (ferrum: Ferrum) => void,
  expect: (calls: unknown[][], page: Page) => void,
  options = {},
) =>
  withFerrum(async ({ page, ferrum, engine }) => {
    page.now = 20;
    run(ferrum);
    ferrum.init({ ...OPTIONS, ...options });
    page.now = 900;
    await page.goIdle();
    expect(engine.calls.splice(0), page);
    page.messages.length = 0;
    page.now = 20;
    run(ferrum);
    expect(engine.calls, page);
  });

test('timed actions and resources carry their time, their key and their options', () =>
  withCalls(
    (ferrum) => {
      ferrum.startAction('checkout', { type: 'tap', context: { step: 1 }, actionKey: 'k' });
      ferrum.stopAction('checkout');
      ferrum.startResource('/api', { type: 'fetch', method: 'POST', resourceKey: 'r' });
      ferrum.stopResource('/api', { statusCode: 201, size: 12 });
    },
    (calls) =>
      assert.deepEqual(calls, [
        ['startAction', 20, 'checkout', '{"type":"tap","context":{"step":1},"actionKey":"k"}'],
        ['stopAction', 20, 'checkout', ''],
        ['startResource', 20, '/api', '{"type":"fetch","method":"POST","resourceKey":"r"}'],
        ['stopResource', 20, '/api', '{"statusCode":201,"size":12}'],
      ]),
  ));

test('duration vitals carry theirs', () =>
  withCalls(
    (ferrum) => {
      ferrum.addDurationVital('render', { startTime: NOW, duration: 15, description: 'd' });
      ferrum.startDurationVital('v', { vitalKey: 'k' });
      ferrum.stopDurationVital('v', { context: { a: 1 } });
    },
    (calls) =>
      assert.deepEqual(calls, [
        ['addDurationVital', 20, 'render', `{"startTime":${NOW},"duration":15,"description":"d"}`],
        ['startDurationVital', 20, 'v', '{"vitalKey":"k"}'],
        ['stopDurationVital', 20, 'v', '{"context":{"a":1}}'],
      ]),
  ));

test('an operation begins and ends with the time of its calls, under its old names too', () =>
  withCalls(
    (ferrum) => {
      ferrum.startOperation('login', { operationKey: 'k' });
      ferrum.succeedOperation('login', { context: { a: 1 } });
      ferrum.failOperation('login', 'abandoned', { description: 'd' });
      ferrum.startFeatureOperation('login');
      ferrum.succeedFeatureOperation('login');
      ferrum.failFeatureOperation('login', 'error');
    },
    (calls) =>
      assert.deepEqual(
        calls,
        [
          '{"step_type":"start","operationKey":"k"}',
          '{"step_type":"end","context":{"a":1}}',
          '{"step_type":"end","failure_reason":"abandoned","description":"d"}',
          '{"step_type":"start"}',
          '{"step_type":"end"}',
          '{"step_type":"end","failure_reason":"error"}',
        ].map((json) => ['addOperationStep', 20, 'login', json]),
      ),
  ));

test('the loading time is the time of the call', () =>
  withCalls(
    (ferrum) => ferrum.setViewLoadingTime(),
    (calls) => assert.deepEqual(calls, [['setViewLoadingTime', 20]]),
  ));

test('there is no session to stop before the engine is there', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.stopSession();
    ferrum.init(OPTIONS);
    ferrum.stopSession();
    await page.goIdle();
    assert.deepEqual(engine.args('stopSession'), []);
    ferrum.stopSession();
    assert.deepEqual(engine.args('stopSession'), [[]]);
  }));

test('a timing that could be no facet is renamed, and the developer told', () =>
  withCalls(
    (ferrum) => {
      ferrum.addTiming('hero visible\u{1f525}!');
      ferrum.addTiming('ok-_.@$9', 5);
    },
    (calls, page) => {
      assert.deepEqual(
        calls.map(([method, , name]) => [method, name]),
        [
          ['addTiming', 'hero_visible___'],
          ['addTiming', 'ok-_.@$9'],
        ],
      );
      assert.deepEqual(page.messages, [
        'warn: Ferrum: Invalid timing name: hero visible\u{1f525}!, sanitized to: hero_visible___',
      ]);
    },
  ));

test('names that are no string are refused, options that are no object count as none', () =>
  withCalls(
    (ferrum) => {
      const api = ferrum as unknown as Record<string, (...args: unknown[]) => void>;
      api.startAction?.(null);
      api.startResource?.(new URL('https://a'));
      api.addDurationVital?.();
      api.startOperation?.(null);
      api.stopAction?.('a', 'text');
      api.stopAction?.('a', { context: 'text' });
    },
    (calls, page) => {
      const refused = (label: string, type: string) =>
        `warn: Ferrum: Invalid ${label} provided (expected a string, got ${type}). Ignoring.`;
      assert.deepEqual(page.messages, [
        refused('action name', 'object'),
        refused('resource URL', 'object'),
        refused('vital name', 'undefined'),
        refused('operation name', 'object'),
        'error: Ferrum: Unsupported context:',
      ]);
      assert.deepEqual(calls, [
        ['stopAction', 20, 'a', ''],
        ['stopAction', 20, 'a', '{"context":{}}'],
      ]);
    },
  ));

test('numbers are names as in the official SDK, but not of views; an absent one is not told of', () =>
  withCalls(
    (ferrum) => {
      const api = ferrum as unknown as Record<string, (...args: unknown[]) => void>;
      api.addAction?.(9);
      api.addFeatureFlagEvaluation?.(7, 1);
      api.setViewName?.(undefined);
      api.setViewName?.(5);
    },
    (calls, page) => {
      assert.deepEqual(calls, [
        ['addAction', 20, '9', ''],
        ['addFeatureFlagEvaluation', 20, '7', '1'],
      ]);
      assert.deepEqual(page.messages, [
        'warn: Ferrum: Invalid view name provided (expected a string, got number). Ignoring.',
      ]);
    },
  ));

test('where a call was made goes along when somebody could read it', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init({ ...OPTIONS, beforeSend: () => true });
    const checkout = () => ferrum.addAction('pay');
    const navigate = () => ferrum.startView('home');
    checkout();
    navigate();
    await page.goIdle();
    for (const [method, caller] of [
      ['addAction', /checkout/],
      ['startView', /navigate/],
    ] as const) {
      const stack = engine.args(method)[0]?.at(-1) as Error;
      assert.match(stack.stack?.split('\n')[1 + OWN_FRAMES] as string, caller);
    }
  }));

test('or when a build has told apart the sources of the page', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    (window as { DD_SOURCE_CODE_CONTEXT?: object }).DD_SOURCE_CODE_CONTEXT = {};
    ferrum.init(OPTIONS);
    ferrum.startDurationVital('v');
    await page.goIdle();
    assert.ok(engine.args('startDurationVital')[0]?.[2] instanceof Error);
  }));

test('replay methods do nothing, and say so once', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.startSessionReplayRecording({ force: true });
    ferrum.init(OPTIONS);
    await page.goIdle();
    ferrum.stopSessionReplayRecording();
    ferrum.startSessionReplayRecording();
    assert.deepEqual(page.messages, ['warn: Ferrum: Session replay is not recorded by Ferrum.']);
    assert.deepEqual(engine.calls, []);
  }));

test('the replay link is that of the session and its view, on the site', async () => {
  const internal = '{"session_id":"s","view":{"id":"v"}}';
  const engine = fakeEngine((method) => (method === 'internalContext' ? internal : undefined));
  for (const [options, host] of [
    [{}, 'app.datadoghq.com'],
    [{ site: 'datadoghq.eu' }, 'app.datadoghq.eu'],
    [{ site: 'us5.datadoghq.com' }, 'us5.datadoghq.com'],
    [{ subdomain: 'acme' }, 'acme.datadoghq.com'],
  ] as const) {
    await withFerrum(
      async ({ page, ferrum }) => {
        assert.equal(ferrum.getSessionReplayLink(), undefined);
        ferrum.init({ ...OPTIONS, ...options });
        await page.goIdle();
        assert.equal(
          ferrum.getSessionReplayLink(),
          `https://${host}/rum/replay/sessions/s?error-type=slim-package&seed=v`,
        );
      },
      {},
      engine,
    );
  }
});

test('plain arguments are copied however deep, the rest is read when the engine is there', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const plain = { list: [{ deep: 1 }], none: undefined };
    const date = new Date(0);
    const cycle: Record<string, unknown> = { a: 1 };
    cycle.self = cycle;
    let shared: unknown = 1;
    for (let i = 0; i < 60; i++) shared = [shared, shared];
    ferrum.addAction('plain', plain);
    ferrum.addAction('odd', { date, map: new Map(), run() {}, big: 1n });
    ferrum.addAction('cycle', cycle);
    ferrum.addAction('shared', { shared });
    (plain.list[0] as { deep: number }).deep = 2;
    ferrum.init(OPTIONS);
    await page.goIdle();
    const json = engine.args('addAction').map(([, text]) => text as string);
    assert.equal(json[0], '{"list":[{"deep":1}]}');
    assert.equal(
      json[1],
      '{"date":"1970-01-01T00:00:00.000Z","map":"[Map]","run":"[Function] run","big":"[BigInt] 1"}',
    );
    assert.equal(json[2], '{"a":1,"self":"[Reference seen at $]"}');
    assert.ok((json[3] as string).length < 230_000);
  }));
