/** The session and the view that the shim begins before the engine is there. */

import assert from 'node:assert/strict';
import test from 'node:test';
import type { InitConfiguration, InternalContext } from '../../js/types.ts';
import {
  APPLICATION_ID,
  fakeEngine,
  NOW,
  OPTIONS,
  type openPage,
  SESSION_ID,
  withFerrum,
} from './shim-page.ts';

const AID = 'b8b47727-07ee-4f8f-b494-01e8fd66e6aa';
const STORED = `aid=${AID}&id=${SESSION_ID}&created=${NOW - 1000}&expire=${NOW + 1000}`;
const COOKIE = { cookie: `_dd_s_v2=${STORED}&c=0` };

test('the ids are known from init on, and are those that the engine goes on with', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    assert.equal(ferrum.getInternalContext(5), undefined);
    ferrum.init(OPTIONS);
    const context = ferrum.getInternalContext(5) as InternalContext;
    assert.deepEqual(context, {
      application_id: APPLICATION_ID,
      session_id: SESSION_ID,
      view: {
        id: context.view?.id,
        referrer: 'https://shop.example.com/',
        url: 'https://shop.example.com/products/42?ref=home',
      },
    });
    assert.deepEqual(ferrum.getInternalContext(), context);
    await page.goIdle();
    assert.equal(engine.start?.visit?.viewId, context.view?.id);
    assert.equal(engine.start?.hasBounced, undefined);
  }, COOKIE));

test('the engine is asked as soon as it is there, and nobody after stop', async () => {
  const answer = { session_id: 'of-the-engine' };
  const engine = fakeEngine((method) => method === 'internalContext' && JSON.stringify(answer));
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      assert.deepEqual(ferrum.getInternalContext(), answer);
      assert.deepEqual(ferrum.getInternalContext(5), answer);
      assert.deepEqual(engine.args('internalContext'), [[Number.NaN], [5]]);
      ferrum.stop();
      assert.equal(ferrum.getInternalContext(), undefined);
    },
    COOKIE,
    engine,
  );
});

test('the address is scrubbed as the page wants it', () =>
  withFerrum(({ ferrum }) => {
    ferrum.init({ ...OPTIONS, scrubUrl: (url) => url.replace(/[?].*/, '') });
    assert.equal(ferrum.getInternalContext()?.view?.url, 'https://shop.example.com/products/42');
  }));

test('of a session that is not collected nothing is known, nor without consent', async () => {
  for (const [options, isKnown] of [
    [{ sessionSampleRate: 20.8 }, false],
    [{ sessionSampleRate: 20.9 }, true],
    [{ trackingConsent: 'not-granted' }, false],
  ] as [Partial<InitConfiguration>, boolean][]) {
    await withFerrum(({ page, ferrum }) => {
      ferrum.init({ ...OPTIONS, ...options });
      assert.equal(!!ferrum.getInternalContext(5), isKnown, JSON.stringify(options));
      assert.deepEqual(page.cookies, []);
    }, COOKIE);
  }
});

test('a page that bounces is the view that was asked for', () =>
  withFerrum(({ page, ferrum }) => {
    ferrum.init(OPTIONS);
    const context = ferrum.getInternalContext(5);
    page.hide();
    const [event] = page.events() as { session: { id: string }; view: { id: string } }[];
    assert.deepEqual([event?.session.id, event?.view.id], [context?.session_id, context?.view?.id]);
  }));

const ELSEWHERE: Partial<InitConfiguration>[] = [
  { sessionPersistence: 'local-storage' },
  { sessionPersistence: ['local-storage', 'cookie'] },
  { sessionPersistence: 'memory' },
  { trackSessionAcrossSubdomains: true },
  { usePartitionedCrossSiteSessionCookie: true },
];

for (const options of ELSEWHERE) {
  test(`there is one session before the engine, which stores it: ${JSON.stringify(options)}`, () =>
    withFerrum(async ({ page, ferrum, engine }) => {
      ferrum.init({ ...OPTIONS, ...options, service: 'shop', allowedTracingUrls: ['https://a'] });
      await window.fetch('https://a/1');
      await window.fetch('https://a/2');
      const sessions = page.fetched.map(([, init]) => new Headers(init?.headers).get('baggage'));
      await page.goIdle();
      const { id, created, expire } = engine.start?.visit ?? {};
      assert.deepEqual(sessions, [`session.id=${id}`, `session.id=${id}`]);
      assert.deepEqual([created, expire], [NOW, NOW + 900_000]);
      assert.deepEqual(page.cookies, []);
    }));
}

const idWith = (options: Partial<InitConfiguration>, stored: Parameters<typeof openPage>[0]) => {
  let id: string | undefined;
  return withFerrum(({ ferrum }) => {
    ferrum.init({ ...OPTIONS, ...options });
    id = ferrum.getInternalContext(5)?.session_id;
  }, stored).then(() => id);
};

test('a session goes on that is stored where the page wants it', async () => {
  const inStorage = { storage: { _dd_s_v2: STORED } };
  const [local, memory] = ['local-storage', 'memory'] as const;
  assert.equal(await idWith({ sessionPersistence: local }, inStorage), SESSION_ID);
  assert.equal(await idWith({ sessionPersistence: [local, memory] }, inStorage), SESSION_ID);
  assert.equal(await idWith({ trackSessionAcrossSubdomains: true }, COOKIE), SESSION_ID);
  assert.notEqual(await idWith({}, inStorage), SESSION_ID);
  assert.notEqual(await idWith({ sessionPersistence: local }, COOKIE), SESSION_ID);
  assert.notEqual(await idWith({ sessionPersistence: memory }, COOKIE), SESSION_ID);
});
