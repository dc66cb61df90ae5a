import assert from 'node:assert/strict';
import test from 'node:test';
import {
  toSessionState,
  toSessionString,
} from '@datadog/browser-core/cjs/domain/session/sessionState.js';
import {
  initMemorySessionStoreStrategy,
  type MemorySession,
} from '@datadog/browser-core/cjs/domain/session/storeStrategies/sessionInMemory.js';
import { exceptions } from '../../js/exceptions.ts';
import { createListen } from '../../js/page/listen.ts';
import { createSessionStore, type SessionStore } from '../../js/page/session-store.ts';
import type { SessionPersistence } from '../../js/types.ts';
import { NAME, type SessionPage, withPage } from './session-page.ts';

const USER = 'b8b47727-07ee-4f8f-b494-01e8fd66e6aa';
const ID = '171787ce-8bad-4b17-a196-700640722e42';
/** As the engine writes them. */
const ACTIVE = `aid=${USER}&id=${ID}&created=1756199000000&expire=1756200900000`;
const FORCED = `${ACTIVE}&forcedReplay=1`;
const EXPIRED = `isExpired=1&aid=${USER}`;

const DEFAULTS = {
  sessionPersistence: ['cookie'] as SessionPersistence[],
  trackAnonymousUser: true,
  trackSessionAcrossSubdomains: false,
  usePartitionedCrossSiteSessionCookie: false,
  useSecureSessionCookie: false,
};

const load = async () => exceptions;
const open = async (page: SessionPage, options: object = {}) =>
  (await createSessionStore({ ...DEFAULTS, ...options }, page.warn, load)) as SessionStore;

function observed(store: SessionStore) {
  const seen: string[] = [];
  const errors: unknown[] = [];
  const listening = createListen((error) => errors.push(error));
  store.onChange(listening, (value) => seen.push(value));
  return { seen, errors, stop: listening.stop };
}

test('the session is kept in a cookie of this host for a year', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    assert.equal(store.read(), '');
    store.write(ACTIVE);
    assert.equal(store.read(), ACTIVE);
    const [cookie] = page.cookies();
    assert.equal(cookie?.value, `${ACTIVE}&c=0`);
    assert.deepEqual(cookie?.attributes, ['path=/', 'max-age=31536000', 'samesite=strict']);
    assert.equal(page.jar.length, 1, 'nothing is left of the trial');
    assert.deepEqual(page.warnings, []);
  }));

test('without anonymous users the cookie lives as long as a session', () =>
  withPage({}, async (page) => {
    (await open(page, { trackAnonymousUser: false })).write(ACTIVE);
    assert.ok(page.cookies()[0]?.attributes.includes('max-age=14400'));
  }));

test('a session that is there shows that cookies work: nothing else is tried', () =>
  withPage({ cookies: { [NAME]: `${ACTIVE}&c=0` } }, async (page) => {
    assert.equal((await open(page)).read(), ACTIVE);
    assert.deepEqual(page.written, []);
  }));

test('the cookie is secure where the page wants it', () =>
  withPage({}, async (page) => {
    (await open(page, { useSecureSessionCookie: true })).write(ACTIVE);
    const [cookie] = page.cookies();
    assert.ok(cookie?.attributes.includes('secure'));
    assert.ok(cookie?.value.endsWith('&c=0'));
  }));

test('a partitioned cookie is secure, for frames of other sites, and says so in `c`', () =>
  withPage({}, async (page) => {
    (await open(page, { usePartitionedCrossSiteSessionCookie: true })).write(ACTIVE);
    const [cookie] = page.cookies();
    for (const attribute of ['samesite=none', 'secure', 'partitioned']) {
      assert.ok(cookie?.attributes.includes(attribute), attribute);
    }
    assert.ok(cookie?.value.endsWith('&c=1'));
  }));

test('across subdomains the cookie is of the shortest domain that takes one', () => {
  const cases = [
    { hostname: 'a.b.shop.example', sites: ['shop.example', 'b.shop.example'], c: '2' },
    { hostname: 'a.shop.co.uk', sites: ['shop.co.uk', 'a.shop.co.uk'], c: '4' },
    { hostname: 'localhost', sites: ['localhost'], c: '0' },
  ];
  return cases.reduce(async (before, { c, ...site }) => {
    await before;
    await withPage(site, async (page) => {
      (await open(page, { trackSessionAcrossSubdomains: true })).write(ACTIVE);
      const [cookie] = page.cookies();
      assert.ok(cookie?.attributes.includes(`domain=${site.sites[0]}`), site.hostname);
      assert.equal(cookie?.value, `${ACTIVE}&c=${c}`);
      assert.equal(page.jar.length, 1, 'nothing is left of the trials');
    });
  }, Promise.resolve());
});

test('of several cookies the one with the same options counts, else the first', () =>
  withPage({ hostname: 'www.shop.example', sites: ['shop.example'] }, async (page) => {
    const options = { trackSessionAcrossSubdomains: true };
    page.change(`${EXPIRED}&c=0`);
    assert.equal((await open(page, options)).read(), EXPIRED);
    const store = await open(page, options);
    store.read();
    store.write(ACTIVE);
    assert.equal(page.cookies().length, 2);
    assert.equal((await open(page, options)).read(), ACTIVE);
    assert.equal((await open(page)).read(), EXPIRED);
  }));

test('our own write is no news, and not read again', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    const { seen } = observed(store);
    store.write(ACTIVE);
    const { reads } = page;
    page.tell();
    assert.equal(page.reads, reads);
    assert.equal(store.peek(), ACTIVE);
    page.change(`${EXPIRED}&c=0`);
    store.write(ACTIVE);
    page.tell();
    assert.deepEqual(seen, [EXPIRED]);
  }));

test('a session of version 6 goes on, once', () =>
  withPage({ cookies: { _dd_s: `${ACTIVE}&rum=1` } }, async (page) => {
    const store = await open(page);
    assert.equal(store.read(), `${ACTIVE}&rum=1`);
    assert.equal(store.read(), `${ACTIVE}&rum=1`, 'until there is one of version 7');
    store.write(ACTIVE);
    page.jar.splice(
      page.jar.findIndex(({ name }) => name === NAME),
      1,
    );
    assert.equal(store.read(), '', 'not when somebody deletes that');
  }));

test('a cookie whose name ends like ours is another', () =>
  withPage({ cookies: { [`my${NAME}`]: ACTIVE, x_dd_s: ACTIVE } }, async (page) => {
    assert.equal((await open(page)).read(), '');
  }));

test('the session is kept in localStorage where the page wants it', () =>
  withPage({ storage: { _dd_s: ACTIVE } }, async (page) => {
    const store = await open(page, { sessionPersistence: ['local-storage'] });
    assert.equal(store.read(), ACTIVE, 'from version 6');
    store.write(EXPIRED);
    assert.equal(store.read(), EXPIRED);
    assert.equal(page.stored.get(NAME), EXPIRED);
    assert.deepEqual([page.stored.size, page.written.length, page.warnings.length], [2, 0, 0]);
  }));

test('of a list the first that works is taken, without a word', () =>
  withPage({ blocks: 'cookies' }, async (page) => {
    (await open(page, { sessionPersistence: ['cookie', 'local-storage'] })).write(ACTIVE);
    assert.equal(page.stored.get(NAME), ACTIVE);
    assert.deepEqual(page.warnings, []);
  }));

test('where cookies are blocked localStorage is taken, and the page is told once', async () => {
  for (const blocks of ['cookies', 'writing cookies'] as const) {
    await withPage({ blocks }, async (page) => {
      const store = await open(page);
      store.write(ACTIVE);
      assert.equal(store.read(), ACTIVE);
      assert.equal(page.stored.get(NAME), ACTIVE, blocks);
      assert.deepEqual(page.warnings, ['no cookie here: the session is kept in local-storage.']);
    });
  }
});

test('where all is blocked the session lives in the memory of the page', async () => {
  for (const blocks of ['cookies and storage', 'cookies and writing to storage'] as const) {
    await withPage({ blocks }, async (page) => {
      const store = await open(page);
      store.write(ACTIVE);
      assert.equal(store.read(), ACTIVE);
      assert.equal((await open(page)).read(), ACTIVE, 'shared within the page');
      assert.equal(page.warnings.length, 2);
    });
  }
});

test('who wants no cookie gets none, even if the rest is blocked', () =>
  withPage({ blocks: 'cookies and storage' }, async (page) => {
    (await open(page, { sessionPersistence: ['local-storage'] })).write(ACTIVE);
    assert.deepEqual(page.written, []);
    assert.deepEqual(page.warnings, ['no local-storage here: the session is kept in memory.']);
  }));

test('who wants no storage at all gets no store, in the words of the official SDK', () =>
  withPage({}, async (page) => {
    assert.equal(await open(page, { sessionPersistence: [] }), undefined);
    assert.deepEqual(page.warnings, [
      'No storage available for session. We will not send any data.',
    ]);
  }));

test('changes of other tabs are told, own ones and those of other cookies are not', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    const { seen, stop } = observed(store);
    store.write(ACTIVE);
    page.tell();
    page.change('1', 'other');
    assert.deepEqual(seen, []);
    page.change(`${EXPIRED}&c=0`);
    page.tell();
    assert.deepEqual(seen, [EXPIRED]);
    stop();
    page.change(`${ACTIVE}&c=0`);
    assert.deepEqual(seen, [EXPIRED]);
  }));

test('where changes are told, what the cookie holds is known without reading it', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    observed(store);
    store.write(ACTIVE);
    page.set(`${EXPIRED}&c=0`);
    assert.equal(store.peek(), ACTIVE);
    page.tell();
    assert.equal(store.peek(), EXPIRED);
  }));

test('where nobody tells, it is read', () =>
  withPage({}, async (page) => {
    const cookie = await open(page);
    page.change(`${EXPIRED}&c=0`);
    assert.equal(cookie.peek(), EXPIRED);
    const storage = await open(page, { sessionPersistence: ['local-storage'] });
    observed(storage);
    page.stored.set(NAME, EXPIRED);
    assert.equal(storage.peek(), EXPIRED);
  }));

test('what somebody else has just written is not overwritten', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    const { seen } = observed(store);
    store.write(EXPIRED);
    page.set(`${ACTIVE}&c=0`);
    store.write(FORCED);
    page.tell();
    assert.deepEqual([store.read(), seen], [ACTIVE, [ACTIVE]]);
  }));

test('what is read just before a write is not read again for it', () =>
  withPage({}, async (page) => {
    const store = await open(page);
    observed(store);
    const readsOf = (run: () => void) => {
      const { reads } = page;
      run();
      return page.reads - reads;
    };
    store.read();
    assert.equal(
      readsOf(() => store.write(EXPIRED)),
      0,
    );
    assert.ok(readsOf(() => store.write(ACTIVE)) > 0, 'a second write');
    store.read();
    store.peek();
    assert.ok(readsOf(() => store.write(EXPIRED)) > 0, 'after what was only known');
    assert.equal(store.read(), EXPIRED);
  }));

test('changes in localStorage are told', () =>
  withPage({}, async (page) => {
    const store = await open(page, { sessionPersistence: ['local-storage'] });
    const { seen } = observed(store);
    store.write(ACTIVE);
    page.window.dispatchEvent(new Event('storage'));
    page.stored.set(NAME, EXPIRED);
    page.window.dispatchEvent(new Event('storage'));
    assert.deepEqual(seen, [EXPIRED]);
  }));

test('what listens to changes and throws ends in the fuse', () =>
  withPage({}, async (page) => {
    const errors: unknown[] = [];
    const store = await open(page, { sessionPersistence: ['memory'] });
    store.onChange(
      createListen((error) => errors.push(error)),
      () => {
        throw new Error('broken');
      },
    );
    const shared = (globalThis as { _DD_SESSION?: MemorySession })._DD_SESSION;
    (shared as { state: unknown }).state = toSessionState(EXPIRED);
    shared?.onChange?.({});
    assert.equal(errors.length, 1);
  }));

test('a change has the lock of the official SDK', () =>
  withPage({ locks: 'held' }, async (page) => {
    const done = (await open(page)).lock(() => page.isLocked);
    assert.deepEqual(page.locked, [NAME]);
    page.giveLock();
    assert.equal(await done, true);
    await Promise.resolve();
    assert.equal(page.isLocked, false);
  }));

test('a lock that is never given back is not waited for', () =>
  withPage({ locks: 'held' }, async (page) => {
    let count = 0;
    const done = (await open(page)).lock(() => ++count);
    const [timer] = page.timers;
    assert.equal(timer?.delay, 1000);
    timer?.run();
    await done;
    page.giveLock();
    await Promise.resolve();
    assert.equal(count, 1);
  }));

test('without locks, and where they are refused, a change comes in a task of its own', async () => {
  for (const locks of ['none', 'refused'] as const) {
    await withPage({ locks }, async (page) => {
      let count = 0;
      const done = (await open(page)).lock(() => ++count);
      assert.equal(count, 0);
      if (locks === 'none') {
        assert.equal(page.timers[0]?.delay, 0);
        page.timers[0]?.run();
      }
      await done;
      assert.equal(count, 1, locks);
    });
  }
});

test('the official SDK reads and writes what the engine does', () => {
  for (const text of [ACTIVE, FORCED, EXPIRED]) {
    assert.equal(toSessionString(toSessionState(`${text}&c=0`)), `${text}&c=0`);
    const { anonymousId } = toSessionState(text);
    assert.equal(anonymousId, USER);
  }
});

test('the memory of the page is shared with the official SDK, both ways', () =>
  withPage({}, async (page) => {
    const store = await open(page, { sessionPersistence: ['memory'] });
    const { seen } = observed(store);
    const official = initMemorySessionStoreStrategy();
    const told: (string | undefined)[] = [];
    official.sessionObservable.subscribe((state) => told.push(state.id));
    for (const text of [FORCED, EXPIRED]) {
      store.write(text);
      await Promise.resolve();
      assert.equal(store.read(), text);
      let state = {};
      await official.setSessionState((current) => {
        state = { ...current };
        return current;
      }, 'updateState');
      assert.deepEqual(state, toSessionState(text));
      assert.equal(store.read(), text);
    }
    assert.deepEqual(seen, []);
    assert.deepEqual(told, [ID, ID, undefined, undefined]);
    const { seen: seenLater } = observed(await open(page, { sessionPersistence: ['memory'] }));
    await official.setSessionState(() => toSessionState(ACTIVE), 'updateState');
    assert.deepEqual([seen, seenLater], [[ACTIVE], [ACTIVE]]);
    assert.equal(told.at(-1), ID, 'who was there first is told too');
  }));
