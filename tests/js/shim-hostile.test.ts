/** Whatever the page passes to the API: it sees no exception, and collection goes on. */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Ferrum } from '../../js/types.ts';
import { OPTIONS, withFerrum } from './shim-page.ts';

type Method = (...args: unknown[]) => unknown;

const fails = () => {
  throw new Error('hostile');
};

/** Made anew each time: fast-check looks into what it generates. */
const HOSTILE: (() => unknown)[] = [
  () => undefined,
  () => null,
  () => 42,
  () => 10n,
  () => Number.NaN,
  () => Symbol('s'),
  () => fails,
  () => 'text\0',
  () => new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails, has: fails }),
  () => new Proxy(fails, { get: fails, apply: fails }),
  () => {
    const cycle: Record<string, unknown> = { a: 1 };
    cycle.self = cycle;
    return cycle;
  },
  () => Object.defineProperty({ ok: 1 }, 'bad', { enumerable: true, get: fails }),
  () => ({ toJSON: fails, toString: fails, valueOf: fails }),
  () => ({ type: 5, actionKey: 42, vitalKey: {}, context: 7, name: 8, resourceKey: [] }),
  () => ({ type: { toString: 1 }, actionKey: { toString: 1 }, url: 'http://[', service: 1n }),
  () => Object.create(null),
  () => Object.defineProperty(new Error('e'), 'message', { get: fails }),
  () => Object.assign([], { 2: 3 }),
];

/** Those that are meant to end the collection, and those that hand over what is called. */
const EXCEPT = /^(stop|setTrackingConsent|onReady|version)$/;

test('whatever is passed to any method, in whichever order, costs that call at most', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const api = ferrum as Ferrum & Record<string, Method>;
    const methods = Object.keys(api).filter((name) => !EXCEPT.test(name));
    const value = fc.constantFrom(...HOSTILE);
    const call = fc.tuple(fc.constantFrom(...methods), fc.array(value, { maxLength: 3 }));
    const make = (makers: (() => unknown)[]) => makers.map((maker) => maker());
    const run = (calls: [string, (() => unknown)[]][]) => {
      for (const [method, makers] of calls) api[method]?.(...make(makers));
    };
    // Before `init` too, where calls are only written down.
    fc.assert(fc.property(fc.array(call.filter(([name]) => name !== 'init')), run), {
      numRuns: 10,
    });
    ferrum.init(OPTIONS);
    await page.goIdle();
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        run(calls);
        engine.calls.length = 0;
        ferrum.addAction('still here');
        assert.deepEqual(engine.args('addAction'), [['still here', '']]);
      }),
      { numRuns: 500 },
    );
    assert.equal(engine.stops, 0);
  }));

test('what a bad argument broke is reported once, and the fuse does not blow', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    const bad = { toString: fails };
    ferrum.setUserProperty(bad as never, 1);
    ferrum.removeGlobalContextProperty(bad as never);
    ferrum.setUser({ id: 'u' });
    assert.deepEqual(engine.args('setContext'), [[1, '{"id":"u"}']]);
    assert.deepEqual(
      page.events().map(({ type, message }) => [type, message]),
      [['telemetry', 'Error: hostile']],
    );
  }));

test('the reason of a failed operation may be anything', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    await page.goIdle();
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    ferrum.failOperation('login', cycle as never);
    assert.equal(engine.args('addOperationStep').length, 1);
  }));
