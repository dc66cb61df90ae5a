import assert from 'node:assert/strict';
import test from 'node:test';
import type { Engine } from '../../js/engine-contract.ts';
import type { InitConfiguration } from '../../js/types.ts';
import { fakeEngine, OPTIONS, settle, withFerrum } from './shim-page.ts';

test('bad configurations are refused with a message, and nothing is started', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const cases: [unknown, string][] = [
      [undefined, 'Missing configuration'],
      [null, 'Missing configuration'],
      ['text', 'Configuration must be an object'],
      [{}, '"applicationId" is required'],
      [{ ...OPTIONS, applicationId: '' }, '"applicationId" is required'],
      [{ ...OPTIONS, clientToken: null }, '"clientToken" is required'],
    ];
    for (const [configuration, message] of cases) {
      ferrum.init(configuration as InitConfiguration);
      // The engine's module knows the words; the engine itself is not started.
      await settle();
      assert.equal(page.messages.splice(0)[0], `error: Ferrum: ${message}`);
    }
    await page.goIdle();
    page.hide();
    assert.deepEqual([engine.start, page.sent, page.cookies], [undefined, [], []]);
    assert.equal(ferrum.getInitConfiguration()?.clientToken, null);
  }));

test('the first valid init counts, the second is an error unless it is silent', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init({ clientToken: 'pub123' } as InitConfiguration);
    ferrum.init({ ...OPTIONS, service: 'first' });
    ferrum.init({ ...OPTIONS, service: 'second' });
    ferrum.init({ ...OPTIONS, service: 'third', silentMultipleInit: true });
    await page.goIdle();
    assert.deepEqual(page.messages.slice(1), ['error: Ferrum: ferrum is already initialized.']);
    assert.equal(engine.start?.options.service, 'first');
    assert.equal(ferrum.getInitConfiguration()?.service, 'first');
  }));

test('options are copied when they come and when they are read', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    assert.equal(ferrum.getInitConfiguration(), undefined);
    const beforeSend = () => true;
    const options = { ...OPTIONS, beforeSend };
    ferrum.init(options);
    options.clientToken = 'changed';
    const read = ferrum.getInitConfiguration() as InitConfiguration;
    read.applicationId = 'changed';
    await page.goIdle();
    assert.deepEqual(engine.start?.options, { ...OPTIONS, beforeSend });
  }));

test('the engine is loaded in an idle period, never in init', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await settle();
    assert.deepEqual(engine.loads, []);
    assert.equal(page.idle[0]?.timeout, 1000);
    await page.goIdle();
    assert.equal(engine.loads.length, 1);
  }));

test('the engine waits for the load of the page, once', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.equal(engine.loads.length, 0);
      page.dispatch('load');
      await page.goIdle();
      assert.equal(engine.loads.length, 1);
      await page.elapse();
      await page.goIdle();
      assert.equal(engine.loads.length, 1);
    },
    { readyState: 'interactive' },
  ));

test('a load that does not come is waited for 5 s', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      assert.deepEqual(
        page.timers.map(({ delay }) => delay),
        [5000],
      );
      await page.elapse();
      await page.goIdle();
      assert.equal(engine.loads.length, 1);
    },
    { readyState: 'loading' },
  ));

test('without requestIdleCallback a timer does', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      await settle();
      assert.equal(engine.loads.length, 0);
      await page.elapse();
      assert.equal(engine.loads.length, 1);
    },
    { hasIdleCallback: false },
  ));

test('a module that cannot be had is tried once more after a second, then never', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    engine.loadResult = () => Promise.reject(new Error('offline'));
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.deepEqual(
      page.timers.map(({ delay }) => delay),
      [1000],
    );
    await page.elapse();
    await page.elapse();
    assert.deepEqual(engine.loads, [undefined, true]);
    ferrum.addAction('still harmless');
    assert.deepEqual([page.messages, page.sent], [[], []]);
    page.hide();
    assert.equal(page.sent[0]?.api, 'beacon');
  }));

test('the second attempt starts the engine', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const { loadResult } = engine;
    engine.loadResult = () => Promise.reject(new Error('offline'));
    ferrum.addAction('kept');
    ferrum.init(OPTIONS);
    await page.goIdle();
    engine.loadResult = loadResult;
    await page.elapse();
    assert.deepEqual(engine.args('addAction'), [['kept', '']]);
  }));

test('without consent nothing is loaded, stored or sent, and calls are kept', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init({ ...OPTIONS, trackingConsent: 'not-granted' });
    ferrum.addAction('early');
    await page.goIdle();
    page.hide();
    page.show();
    assert.deepEqual([engine.loads, page.sent, page.cookies], [[], [], []]);
    page.now = 5000;
    ferrum.setTrackingConsent('granted');
    assert.equal(engine.loads.length, 0);
    await page.goIdle();
    assert.deepEqual(engine.calls, [['addAction', 100, 'early', '']]);
  }));

test('consent given before init beats the option, and what is no consent is none', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.setTrackingConsent('denied' as never);
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.equal(engine.loads.length, 0);
    ferrum.setTrackingConsent('granted');
    await page.goIdle();
    assert.equal(engine.loads.length, 1);
  }));

test('consent withdrawn while the engine is loading keeps it from starting until it is back', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    ferrum.setTrackingConsent('not-granted');
    await page.goIdle();
    assert.equal(engine.loads.length, 0);
    ferrum.setTrackingConsent('granted');
    for (const { run } of page.idle.splice(0)) run();
    ferrum.setTrackingConsent('not-granted');
    await settle();
    assert.equal(engine.start, undefined);
    ferrum.setTrackingConsent('granted');
    await page.goIdle();
    assert.ok(engine.start);
  }));

test('consent withdrawn while the engine is starting is the first thing it hears', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    let ready: (engine: Engine) => void = () => {};
    engine.startResult = () => new Promise((resolve) => (ready = resolve));
    ferrum.init(OPTIONS);
    ferrum.addAction('a');
    await page.goIdle();
    ferrum.setTrackingConsent('not-granted');
    ready(engine.engine);
    await settle();
    ferrum.setTrackingConsent('granted');
    assert.deepEqual(
      engine.calls.map(([method, , argument]) => [method, argument]),
      [
        ['setTrackingConsent', false],
        ['addAction', 'a'],
        ['setTrackingConsent', true],
      ],
    );
    await page.goIdle();
    assert.equal(engine.loads.length, 1);
  }));

test('interactions and resources are observed from init until the engine takes them', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    assert.equal(page.observers.length, 0);
    ferrum.init(OPTIONS);
    const [observer] = page.observers;
    const options = { durationThreshold: 40, buffered: true };
    assert.deepEqual(observer?.inits, [
      { type: 'event', ...options },
      { type: 'resource', ...options },
    ]);
    observer?.deliver([{ startTime: 7, entryType: 'resource' }]);
    observer?.deliver([{ startTime: 3, interactionId: 1 }]);
    observer?.records.push({ startTime: 5, interactionId: 2 });
    await page.goIdle();
    const taken = engine.start?.takeEntries().map(({ startTime }) => startTime);
    assert.deepEqual([taken, observer?.isConnected], [[3, 5, 7], false]);
  }));

test('of what the browser told before the engine the first 1,000 are kept', async () => {
  for (const [seen, kept] of [
    [1000, 1000],
    [1001, 1000],
  ] as const) {
    await withFerrum(async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      for (let i = 1; i <= seen; i++) page.observers[0]?.deliver([{ startTime: i }]);
      await page.goIdle();
      const taken = engine.start?.takeEntries() ?? [];
      assert.deepEqual([taken.length, taken.at(-1)?.startTime], [kept, 1000]);
    });
  }
});

test('the engine learns when the page was first hidden', async () => {
  await withFerrum(async ({ page, ferrum, engine }) => {
    page.now = 70;
    page.hide();
    page.now = 80;
    page.show();
    page.hide();
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.equal(engine.start?.hiddenAt, 70);
  });
  await withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.equal(engine.start?.hiddenAt, 0);
    },
    { visibilityState: 'hidden' },
  );
  await withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.equal(engine.start?.hiddenAt, undefined);
    },
    { visibilityState: 'hidden', prerendering: true },
  );
});

test('after options that the engine refuses nothing is sent, and the next init counts', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const { startResult } = engine;
    engine.startResult = () => Promise.resolve(undefined);
    const fetchBefore = window.fetch;
    ferrum.addAction('kept');
    ferrum.init({ ...OPTIONS, trackingConsent: 'granted', allowedTracingUrls: ['https://a'] });
    await page.goIdle();
    page.hide();
    assert.deepEqual(page.sent, []);
    assert.equal(page.observers[0]?.isConnected, false);
    assert.equal(window.fetch, fetchBefore);

    engine.startResult = startResult;
    ferrum.init({ ...OPTIONS, service: 'right' });
    await page.goIdle();
    assert.equal(engine.start?.options.service, 'right');
    assert.deepEqual(engine.args('addAction'), [['kept', '']]);
    assert.deepEqual(page.messages, []);
  }));

test('an init that came while the options before it were looked at counts when they are refused', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const { startResult } = engine;
    engine.startResult = () => Promise.resolve(undefined);
    ferrum.init({ ...OPTIONS, service: 'wrong' });
    ferrum.init({ ...OPTIONS, service: 'right' });
    ferrum.init({ ...OPTIONS, service: 'third' });
    await page.goIdle();
    engine.startResult = startResult;
    await page.goIdle();
    assert.equal(ferrum.getInitConfiguration()?.service, 'right');
    assert.deepEqual(page.messages, ['error: Ferrum: ferrum is already initialized.']);
  }));

test('the consent of options that are refused is forgotten, that of a call is not', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    engine.startResult = () => Promise.resolve(undefined);
    ferrum.init(OPTIONS);
    await page.goIdle();
    engine.loads.length = 0;
    ferrum.init({ ...OPTIONS, trackingConsent: 'not-granted' });
    await page.goIdle();
    assert.deepEqual(engine.loads, []);
    ferrum.setTrackingConsent('granted');
    await page.goIdle();
    assert.equal(engine.loads.length, 1);
    ferrum.init({ ...OPTIONS, trackingConsent: 'not-granted' });
    await page.goIdle();
    assert.equal(engine.loads.length, 2);
  }));

test('a consent that is none of the two is told of, though nothing else happens', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init({ ...OPTIONS, trackingConsent: 'maybe' as never });
    await settle();
    assert.match(page.messages[0] as string, /"trackingConsent" must be one of/);
    page.hide();
    assert.deepEqual([engine.start, page.sent], [undefined, []]);
  }));

test('a consent of undefined says nothing before init, and refuses after it', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.setTrackingConsent(undefined as never);
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.ok(engine.start);
    ferrum.setTrackingConsent(undefined as never);
    assert.deepEqual(engine.args('setTrackingConsent'), [[false]]);
  }));

test('plugins see and change the options within init, and say whether it goes on', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    let isWanted = false;
    const seen: unknown[] = [];
    const hook = () => 'SKIPPED';
    const plugin = {
      name: 'router',
      onInit({ initConfiguration, publicApi, registerAssembleEventHook }: never) {
        seen.push(publicApi);
        (initConfiguration as InitConfiguration).trackViewsManually = true;
        (registerAssembleEventHook as (hook: unknown) => void)(hook);
        return isWanted as false;
      },
    };
    ferrum.init({ ...OPTIONS, plugins: [plugin] });
    await page.goIdle();
    assert.deepEqual(engine.loads, []);
    isWanted = true;
    ferrum.init({ ...OPTIONS, plugins: [plugin] });
    assert.equal(ferrum.getInitConfiguration()?.trackViewsManually, true);
    await page.goIdle();
    assert.equal(engine.start?.options.trackViewsManually, true);
    assert.deepEqual([...(engine.start?.assembleHooks ?? [])], [hook]);
    assert.deepEqual(seen, [ferrum, ferrum]);
  }));

test('what one does to the options that are read is not seen, however deep', () =>
  withFerrum(({ ferrum }) => {
    ferrum.init({ ...OPTIONS, excludedActivityUrls: ['a'] });
    ferrum.getInitConfiguration()?.excludedActivityUrls?.push('b');
    assert.deepEqual(ferrum.getInitConfiguration()?.excludedActivityUrls, ['a']);
  }));

test('the options that are read are those that hold', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    (engine.start as { options: InitConfiguration }).options = { ...OPTIONS, service: 'remote' };
    assert.equal(ferrum.getInitConfiguration()?.service, 'remote');
  }));

test('stop lets the engine finish, removes every listener and ends all', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    ferrum.setUser({ id: 'u' });
    await page.goIdle();
    ferrum.stop();
    ferrum.stop();
    assert.equal(engine.stops, 1);
    assert.deepEqual(page.listeners, []);
    const before = engine.calls.length;
    ferrum.addAction('late');
    ferrum.setUser({ id: 'late' });
    ferrum.init({} as InitConfiguration);
    page.hide();
    assert.equal(engine.calls.length, before);
    assert.deepEqual([ferrum.getUser(), page.sent, page.messages], [{}, [], []]);
  }));

test('stop before the engine: it is not loaded, and one that is starting is stopped', async () => {
  await withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    ferrum.stop();
    await page.goIdle();
    assert.equal(engine.loads.length, 0);
  });
  const engine = fakeEngine();
  let ready: (engine: Engine) => void = () => {};
  engine.startResult = () => new Promise((resolve) => (ready = resolve));
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      ferrum.stop();
      ready(engine.engine);
      await settle();
      assert.deepEqual([engine.stops, engine.calls], [1, []]);
    },
    {},
    engine,
  );
});
