import assert from 'node:assert/strict';
import test from 'node:test';
import { telemetryError } from '../../js/exceptions/telemetry.ts';
import { VERSION } from '../../js/version.ts';
import { APPLICATION_ID, fakeEngine, NOW, OPTIONS, openPage, withFerrum } from './shim-page.ts';

test('the first throw of a call ends everything, reports once and is not seen by the page', async () => {
  const engine = fakeEngine((method) => {
    if (method === 'addAction') throw new WebAssembly.RuntimeError('unreachable');
  });
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.equal(ferrum.addAction('a'), undefined);
      ferrum.addAction('b');
      ferrum.setUser({ id: 'u' });
      page.dispatch('error', { error: new Error('late') });
      page.hide();
      assert.equal(engine.calls.length, 1);
      assert.equal(engine.stops, 1);
      assert.deepEqual(page.listeners, []);
      assert.deepEqual(page.messages, []);
      // Nothing was sent yet, so the shim counts the visit itself.
      const [view, telemetry] = page.events();
      assert.equal(view?.type, 'view');
      assert.deepEqual(telemetry, {
        type: 'telemetry',
        id: APPLICATION_ID,
        message: 'RuntimeError: unreachable',
      });
      assert.equal(page.sent.length, 2);
    },
    {},
    engine,
  );
});

test('a throw while the queue is handed over ends it there', async () => {
  const engine = fakeEngine(() => {
    throw new Error('broken');
  });
  engine.engine.stop = () => {
    throw new Error('cannot even stop');
  };
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.addAction('a');
      ferrum.addAction('b');
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.equal(engine.calls.length, 1);
      assert.deepEqual(
        page.events().map(({ type }) => type),
        ['view', 'telemetry'],
      );
      assert.deepEqual(page.listeners, []);
    },
    {},
    engine,
  );
});

test('the engine can blow it too, once', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    await engine.start?.send('what the engine had');
    engine.start?.fail(new Error('in a timer'));
    engine.start?.fail(new Error('again'));
    ferrum.addAction('a');
    assert.deepEqual([engine.stops, engine.calls], [1, []]);
    // The engine has sent its view: no other one.
    assert.equal(page.sent.length, 2);
    assert.match(page.sent[1]?.body as string, /"type":"telemetry"/);
  }));

test('an engine that does not start is reported, and the visit is still counted', async () => {
  for (const startResult of [
    () => Promise.reject(new Error('no wasm')),
    () => {
      throw new Error('no wasm');
    },
  ]) {
    const engine = fakeEngine();
    engine.startResult = startResult;
    await withFerrum(
      async ({ page, ferrum }) => {
        ferrum.init(OPTIONS);
        await page.goIdle();
        ferrum.addAction('a');
        page.hide();
        const [telemetry, view] = page.events();
        assert.equal(telemetry?.message, 'Error: no wasm');
        assert.equal(view?.type, 'view');
        assert.equal(page.sent.length, 2);
      },
      {},
      engine,
    );
  }
});

test('nothing is reported without consent', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    ferrum.setTrackingConsent('not-granted');
    engine.start?.fail(new Error('x'));
    assert.deepEqual(page.sent, []);
  }));

test('the report has only our own frames, without their addresses', () => {
  const page = openPage();
  try {
    const error = new WebAssembly.RuntimeError('unreachable');
    error.stack = `RuntimeError: unreachable
    at https://cdn.example.com/secret/ferrum.wasm:wasm-function[120]:0x1f2e
    at call (https://cdn.example.com/secret/ferrum-engine.js:12:34)
    at checkout (https://shop.example.com/app.js:1:2)
flush@https://cdn.example.com/secret/ferrum-engine.js:5:6`;
    assert.deepEqual(JSON.parse(telemetryError({ ...OPTIONS, env: 'prod' }, error) as string), {
      type: 'telemetry',
      date: NOW,
      service: 'browser-rum-sdk',
      version: VERSION,
      source: 'browser',
      _dd: { format_version: 2 },
      telemetry: {
        type: 'log',
        status: 'error',
        message: 'unreachable',
        error: {
          kind: 'RuntimeError',
          stack: `    at ferrum.wasm:wasm-function[120]:0x1f2e
    at call (ferrum-engine.js:12:34)
flush@ferrum-engine.js:5:6`,
        },
        sdk_name: 'ferrum',
      },
      ddtags: `sdk_version:${VERSION},env:prod,service:${APPLICATION_ID}`,
      application: { id: APPLICATION_ID },
    });
    assert.equal(telemetryError({ ...OPTIONS, telemetrySampleRate: 0 }, error), undefined);
    assert.equal(telemetryError(OPTIONS, error, 0), undefined);
    assert.ok(telemetryError({ ...OPTIONS, telemetrySampleRate: 100 }, error, 0));
    assert.equal(telemetryError({ ...OPTIONS, site: 'ddog-gov.com' }, error), undefined);
    const message =
      'no https://shop.example.com/me?mail=a@b.example#x and/or http://a.example/f.js';
    assert.match(telemetryError(OPTIONS, message) as string, /"message":"no me and\/or f.js"/);
    assert.match(telemetryError(OPTIONS, 'thrown text') as string, /"message":"thrown text"/);
  } finally {
    page.restore();
  }
});
