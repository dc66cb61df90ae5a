import assert from 'node:assert/strict';
import test from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import type { Ferrum } from '../../js/types.ts';
import { VERSION } from '../../js/version.ts';
import { fakeEngine, OPTIONS, settle, withFerrum } from './shim-page.ts';

const METHODS = (
  'onReady init getInitConfiguration addAction addError addTiming setUser getUser setUserProperty ' +
  'removeUserProperty clearUser setAccount getAccount setAccountProperty removeAccountProperty clearAccount ' +
  'setGlobalContext getGlobalContext setGlobalContextProperty removeGlobalContextProperty clearGlobalContext ' +
  'startView setViewName setViewContext setViewContextProperty getViewContext removeViewContextProperty ' +
  'clearViewContext addFeatureFlagEvaluation setTrackingConsent getInternalContext stop ' +
  'startAction stopAction startResource stopResource addDurationVital startDurationVital stopDurationVital ' +
  'startOperation succeedOperation failOperation startFeatureOperation succeedFeatureOperation ' +
  'failFeatureOperation setViewLoadingTime stopSession getSessionReplayLink startSessionReplayRecording ' +
  'stopSessionReplayRecording _setDebug'
).split(' ');

const unsafe = (ferrum: Ferrum) =>
  ferrum as unknown as Record<string, (...args: unknown[]) => unknown>;

test('the API is complete', () =>
  withFerrum(({ ferrum }) => {
    assert.deepEqual(Object.keys(ferrum).sort(), [...METHODS, 'version'].sort());
    assert.equal(ferrum.version, VERSION);
  }));

test('calls before the engine keep their order and their time, later ones go straight to it', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    page.now = 10;
    ferrum.addAction('a', { step: 1 });
    page.now = 20;
    ferrum.addTiming('hero');
    ferrum.addTiming('hero', 15);
    ferrum.init(OPTIONS);
    page.now = 30;
    ferrum.addFeatureFlagEvaluation('new-checkout', { variant: 'b' });
    ferrum.setViewName('home');
    page.now = 900;
    await page.goIdle();
    page.now = 1000;
    ferrum.addAction('b');
    assert.deepEqual(engine.calls, [
      ['addAction', 10, 'a', '{"step":1}'],
      ['addTiming', 20, 'hero', Number.NaN],
      ['addTiming', 20, 'hero', 15],
      ['addFeatureFlagEvaluation', 30, 'new-checkout', '{"variant":"b"}'],
      ['setViewName', 30, 'home'],
      ['addAction', 1000, 'b', ''],
    ]);
    assert.deepEqual(engine.start?.room, [495, 500]);
  }));

test('what the page changes later is not seen', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const context = { list: [1] };
    const user = { id: 'u' };
    ferrum.addAction('a', context);
    ferrum.setUser(user);
    context.list.push(2);
    user.id = 'v';
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.deepEqual(engine.args('addAction'), [['a', '{"list":[1]}']]);
    assert.deepEqual(ferrum.getUser(), { id: 'u' });
    ferrum.getUser().id = 'w';
    assert.deepEqual(ferrum.getUser(), { id: 'u' });
  }));

test('the queue keeps the first 500 calls and the first 500 errors, and the last contexts', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    for (let i = 0; i < 600; i++) ferrum.addAction(`${i}`);
    for (let i = 0; i < 510; i++) page.dispatch('unhandledrejection', { reason: `${i}` });
    ferrum.setUser({ id: 'late' });
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.equal(engine.args('addAction').length, 500);
    assert.equal(engine.args('addAction').at(-1)?.[0], '499');
    assert.equal(engine.args('addError').length, 500);
    assert.deepEqual(engine.start?.room, [-101, -10]);
    await page.elapse();
    assert.deepEqual(engine.args('setContext'), [
      [0, '{}'],
      [1, '{"id":"late"}'],
      [2, '{}'],
      [3, '{}'],
    ]);
  }));

test('each context is set, read, changed and cleared, and the whole of it handed over', async () => {
  let viewContext = '';
  const engine = fakeEngine((method, [kind, json]) => {
    if (method === 'setContext' && kind === 3) viewContext = json as string;
    return method === 'viewContext' ? viewContext : undefined;
  });
  await withFerrum(
    async ({ page, ferrum }) => {
      const api = unsafe(ferrum);
      ferrum.init(OPTIONS);
      await page.goIdle();
      ['GlobalContext', 'User', 'Account', 'ViewContext'].forEach((what, kind) => {
        const methods = ['set', 'get'].map((verb) => api[verb + what]);
        const [set, get] = methods as ((...args: unknown[]) => unknown)[];
        engine.calls.length = 0;
        set?.({ id: 'i', a: { b: 1 } });
        assert.deepEqual(get?.(), { id: 'i', a: { b: 1 } });
        api[`set${what}Property`]?.('c', [2]);
        api[`remove${what}Property`]?.('a');
        assert.deepEqual(get?.(), { id: 'i', c: [2] });
        api[`clear${what}`]?.();
        assert.deepEqual(get?.(), {});
        assert.deepEqual(engine.args('setContext'), [
          [kind, '{"id":"i","a":{"b":1}}'],
          [kind, '{"id":"i","a":{"b":1},"c":[2]}'],
          [kind, '{"id":"i","c":[2]}'],
          [kind, '{}'],
        ]);
      });
      assert.deepEqual(page.messages, []);
    },
    {},
    engine,
  );
});

test('before the engine too, each context is set, read, changed and cleared', () =>
  withFerrum(({ ferrum }) => {
    const api = unsafe(ferrum);
    for (const what of ['GlobalContext', 'User', 'Account', 'ViewContext']) {
      const get = () => api[`get${what}`]?.();
      api[`set${what}`]?.({ id: 'i', a: { b: 1 } });
      api[`set${what}Property`]?.('c', [2]);
      api[`remove${what}Property`]?.('a');
      assert.deepEqual(get(), { id: 'i', c: [2] });
      api[`set${what}`]?.('no object');
      assert.deepEqual(get(), {});
      api[`set${what}`]?.({ id: 'i' });
      api[`clear${what}`]?.();
      assert.deepEqual(get(), {});
    }
  }));

test('id, name and email of users and accounts are strings; those of other contexts stay', () =>
  withFerrum(async ({ page, ferrum }) => {
    const check = (id: unknown) => {
      unsafe(ferrum).setUser?.({ id, name: 0, email: null, age: 5 });
      assert.deepEqual(ferrum.getUser(), { id: '12', name: '0', email: null, age: 5 });
      unsafe(ferrum).setAccount?.({ id: 7 });
      assert.deepEqual(ferrum.getAccount(), { id: '7' });
      ferrum.setGlobalContext({ id: 7 });
      assert.deepEqual(ferrum.getGlobalContext(), { id: 7 });
    };
    check(12);
    ferrum.init(OPTIONS);
    await page.goIdle();
    check(12n);
  }));

test('an account without id is warned about', () =>
  withFerrum(async ({ page, ferrum }) => {
    unsafe(ferrum).setAccount?.({ name: 'Acme' });
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.deepEqual(page.messages, [
      'warn: Ferrum: The property id of account is required; context will not be sent to the intake.',
    ]);
    ferrum.clearAccount();
    assert.equal(page.messages.length, 1);
  }));

test('a context that is no object clears, and is shown', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    for (const value of ['text', 5, null, undefined, [1], () => {}, new Map()]) {
      ferrum.setUser({ id: 'u' });
      unsafe(ferrum).setUser?.(value);
      assert.deepEqual(ferrum.getUser(), {});
      assert.equal(page.messages.pop(), 'error: Ferrum: Unsupported context:');
      assert.deepEqual(page.details.pop(), [value]);
    }
  }));

test('names that are no string are refused', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const api = unsafe(ferrum);
    api.addAction?.(null);
    api.addTiming?.(undefined);
    api.setViewName?.({});
    api.addFeatureFlagEvaluation?.(null, true);
    api.startView?.({ name: 5, service: 's', version: null });
    ferrum.init(OPTIONS);
    await page.goIdle();
    const refused = (label: string, type: string) =>
      `warn: Ferrum: Invalid ${label} provided (expected a string, got ${type}). Ignoring.`;
    assert.deepEqual(page.messages, [
      refused('action name', 'object'),
      refused('timing name', 'undefined'),
      refused('view name', 'object'),
      refused('feature flag key', 'object'),
      refused('view name', 'number'),
      refused('view version', 'object'),
    ]);
    assert.deepEqual(engine.calls, [['startView', 100, '{"service":"s","context":{}}']]);
  }));

test('a view is started by its name or its options, and has a context of its own', async () => {
  const engine = fakeEngine((method) => (method === 'viewContext' ? '{"items":3}' : undefined));
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.setViewContext({ a: 1 });
      assert.deepEqual(ferrum.getViewContext(), { a: 1 });
      ferrum.startView();
      assert.deepEqual(ferrum.getViewContext(), {});
      ferrum.startView('home');
      ferrum.startView({ name: 'cart', url: '/cart', version: '2', context: { items: 3 } });
      ferrum.setViewContextProperty('vip', true);
      assert.deepEqual(ferrum.getViewContext(), { items: 3, vip: true });
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.deepEqual(
        engine.args('startView').map(([json]) => JSON.parse(json as string)),
        [
          { context: {} },
          { name: 'home', context: {} },
          { name: 'cart', url: '/cart', version: '2', context: { items: 3 } },
        ],
      );
      assert.deepEqual(engine.args('setContext').at(-1), [3, '{"items":3,"vip":true}']);
    },
    {},
    engine,
  );
});

test('once there is an engine, it knows the context of the current view', async () => {
  const engine = fakeEngine((method) => (method === 'viewContext' ? '{"of":"engine"}' : undefined));
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.deepEqual(ferrum.getViewContext(), { of: 'engine' });
      ferrum.setViewContextProperty('b', 2);
      assert.deepEqual(engine.args('setContext'), [[3, '{"of":"engine","b":2}']]);
    },
    {},
    engine,
  );
});

test('the internal context is asked of the engine, and undefined without one', async () => {
  const engine = fakeEngine((method, [time]) =>
    method === 'internalContext' && time !== 5 ? JSON.stringify({ application_id: 'a', time }) : '',
  );
  await withFerrum(
    async ({ page, ferrum }) => {
      assert.equal(ferrum.getInternalContext(), undefined);
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.deepEqual(ferrum.getInternalContext(), { application_id: 'a', time: null });
      assert.deepEqual(ferrum.getInternalContext(7), { application_id: 'a', time: 7 });
      assert.equal(ferrum.getInternalContext(5), undefined);
      assert.equal(engine.calls.length, 3);
    },
    {},
    engine,
  );
});

test('large data is cut and said', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const context = { text: 'x'.repeat(5_000_000) };
    ferrum.addAction('a', context);
    ferrum.addAction('n'.repeat(5_000_000));
    ferrum.init(OPTIONS);
    await page.goIdle();
    for (const call of engine.calls) assert.ok(JSON.stringify(call).length < 230_000);
    const message =
      'warn: Ferrum: The data provided has been truncated as it is over the limit of 225280 characters:';
    assert.deepEqual(page.messages, [message, message]);
    assert.ok(isDeepStrictEqual(page.details[0]?.[0], context));
  }));

test('no method throws, whatever it is given, at any time', async () => {
  const hostile = new Proxy(() => {}, {
    get() {
      throw new Error('get');
    },
    ownKeys() {
      throw new Error('ownKeys');
    },
    apply() {
      throw new Error('apply');
    },
  });
  const values = [undefined, null, 0, '', 1n, Symbol('s'), [], {}, hostile, Object.create(null)];
  await withFerrum(async ({ page, ferrum }) => {
    const callAll = () => {
      for (const method of METHODS.filter((name) => !/^(stop|onReady)$/.test(name))) {
        for (const value of values) {
          unsafe(ferrum)[method]?.(value, value);
          unsafe(ferrum)[method]?.('name', value);
        }
      }
    };
    callAll();
    ferrum.setTrackingConsent('granted');
    ferrum.init(OPTIONS);
    callAll();
    ferrum.setTrackingConsent('granted');
    await page.goIdle();
    callAll();
    ferrum.stop();
    callAll();
    for (const get of ['getUser', 'getAccount', 'getGlobalContext', 'getViewContext']) {
      assert.deepEqual(unsafe(ferrum)[get]?.(), {});
    }
  });
});

test('onReady calls at once, and what the callback throws is the page’s', () =>
  withFerrum(({ page, ferrum }) => {
    const error = new Error('mine');
    let calls = 0;
    ferrum.onReady(() => calls++);
    const broken = () =>
      ferrum.onReady(() => {
        throw error;
      });
    assert.throws(broken, error);
    assert.equal(calls, 1);
    assert.deepEqual(page.messages, []);
  }));

test('the console is the one of the import', () =>
  withFerrum(async ({ page, ferrum }) => {
    console.error = () => assert.fail('patched later');
    ferrum.init(undefined as never);
    await settle();
    assert.deepEqual(page.messages, ['error: Ferrum: Missing configuration']);
  }));
