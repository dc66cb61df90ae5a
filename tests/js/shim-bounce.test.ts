import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import fc from 'fast-check';
import { currentSession, isSampled } from '../../js/session.ts';
import type { RumBeforeSend } from '../../js/types.ts';
import { VERSION } from '../../js/version.ts';
import {
  APPLICATION_ID,
  fakeEngine,
  NOW,
  OPTIONS,
  openPage,
  type Page,
  SESSION_ID,
  settle,
  withFerrum,
} from './shim-page.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const AID = 'b8b47727-07ee-4f8f-b494-01e8fd66e6aa';
const HOUR = 3_600_000;
const firstView = (page: Page) =>
  (page.events() as { view: Record<string, unknown> }[])[0]?.view ?? {};
const cookie = (fields: object) => `a=1; _dd_s_v2=${new URLSearchParams(fields as never)}; z=2`;
const ACTIVE = { aid: AID, id: SESSION_ID, created: NOW - HOUR, expire: NOW + 1000, c: 0 };

test('a page that hides before the engine is one minimal view', () =>
  withFerrum(
    ({ page, ferrum }) => {
      ferrum.init({ ...OPTIONS, service: 'shop', version: '1.4,2', env: 'prod' });
      ferrum.setGlobalContext({ tenant: 'acme', step: 1 });
      ferrum.setUser({ id: 'u', name: 'Jane' });
      ferrum.setAccount({ id: 'acc' });
      ferrum.setViewName('home');
      ferrum.setViewContext({ step: 2 });
      ferrum.addFeatureFlagEvaluation('new-checkout', 'a');
      ferrum.addFeatureFlagEvaluation('new-checkout', 'b');
      ferrum.addFeatureFlagEvaluation('max', 25);
      ferrum.addAction('a');
      ferrum.addAction('b');
      page.dispatch('error', { error: new Error('early'), message: 'early', filename: '' });
      page.now = 1234.5678;
      page.hide();
      const [sent] = page.sent;
      assert.equal(sent?.api, 'beacon');
      assert.match(sent?.url as string, /&_dd\.api=beacon$/);
      const event = JSON.parse(sent?.body as string);
      assert.match(event.view.id, UUID);
      assert.deepEqual(event, {
        type: 'view',
        date: NOW - 100,
        application: { id: APPLICATION_ID },
        source: 'browser',
        service: 'shop',
        version: '1.4,2',
        ddtags: `sdk_version:${VERSION},env:prod,service:shop,version:1.4_2`,
        session: { id: SESSION_ID, type: 'user' },
        view: {
          id: event.view.id,
          url: 'https://shop.example.com/products/42?ref=home',
          referrer: 'https://shop.example.com/',
          name: 'home',
          loading_type: 'initial_load',
          is_active: true,
          time_spent: 1_234_567_800,
          action: { count: 2 },
          error: { count: 1 },
          resource: { count: 0 },
          first_byte: 182_400_000,
          first_contentful_paint: 702_000_000,
        },
        context: { tenant: 'acme', step: 2 },
        usr: { id: 'u', name: 'Jane', anonymous_id: AID },
        account: { id: 'acc' },
        feature_flags: { 'new-checkout': 'b', max: 25 },
        _dd: {
          format_version: 2,
          document_version: 1,
          sdk_name: 'ferrum',
          configuration: { session_sample_rate: 100 },
        },
      });
    },
    {
      cookie: cookie(ACTIVE),
      entries: {
        navigation: [{ responseStart: 182.4 }],
        'first-contentful-paint': [{ startTime: 702 }],
      },
    },
  ));

test('what is unknown is left out', () =>
  withFerrum(
    ({ page, ferrum }) => {
      ferrum.init({ ...OPTIONS, trackAnonymousUser: false });
      ferrum.setAccount({ name: 'no id' } as never);
      page.dispatch('pagehide');
      const [event] = page.events() as [Record<string, Record<string, unknown>>];
      for (const key of ['account', 'version']) assert.equal(key in event, false, key);
      for (const key of ['context', 'usr', 'feature_flags']) assert.deepEqual(event[key], {}, key);
      for (const key of ['name', 'first_byte', 'first_contentful_paint']) {
        assert.equal(key in (event.view ?? {}), false, key);
      }
      assert.equal(event.service as unknown, APPLICATION_ID);
    },
    // Painted after the page was hidden: nobody saw it.
    {
      entries: {
        navigation: [{ responseStart: 0 }],
        'first-contentful-paint': [{ startTime: 702 }],
      },
    },
  ));

test('it is sent once, and the engine goes on with it', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(OPTIONS);
    page.hide();
    page.dispatch('pagehide');
    page.show();
    page.hide();
    assert.equal(page.sent.length, 1);
    await page.goIdle();
    const [event] = page.events() as { view: { id: string }; session: { id: string } }[];
    assert.equal(engine.start?.visit?.viewId, event?.view.id);
    assert.equal(engine.start?.visit?.id, event?.session.id);
    page.hide();
    assert.equal(page.sent.length, 1);
  }));

test('an engine that is still starting sees the bounce', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    engine.startResult = () => new Promise(() => {});
    ferrum.init(OPTIONS);
    await page.goIdle();
    assert.equal(engine.start?.hasBounced, undefined);
    page.hide();
    assert.ok(engine.start?.hasBounced);
  }));

test('no view before init, for a page in the background or being prerendered', async () => {
  await withFerrum(({ page }) => {
    page.hide();
    assert.deepEqual([page.sent, page.cookies], [[], []]);
  });
  await withFerrum(
    ({ page, ferrum }) => {
      ferrum.init(OPTIONS);
      page.dispatch('pagehide');
      assert.deepEqual([page.sent, page.cookies], [[], []]);
    },
    { visibilityState: 'hidden', prerendering: true },
  );
});

test('an option that is there but undefined counts as absent', () =>
  withFerrum(({ page, ferrum }) => {
    const options = { ...OPTIONS, beforeSend: undefined };
    ferrum.init(options);
    page.hide();
    assert.equal(page.sent.length, 1);
  }));

test('beforeSend may change it, and cannot discard it', () =>
  withFerrum(({ page, ferrum }) => {
    const beforeSend: RumBeforeSend = (event, context) => {
      event.view.url = (context as { location: Location }).location.href.replace(/\?.*/, '');
      return false;
    };
    ferrum.init({ ...OPTIONS, beforeSend });
    page.hide();
    assert.equal(firstView(page).url, 'https://shop.example.com/products/42');
  }));

test('a beforeSend that throws costs nothing', () =>
  withFerrum(({ page, ferrum }) => {
    const beforeSend = () => {
      throw new Error('mine');
    };
    ferrum.init({ ...OPTIONS, beforeSend });
    page.hide();
    assert.equal(page.sent.length, 1);
  }));

test('its addresses are scrubbed, and by a function of the page as that says', async () => {
  const address = 'https://shop.example.com/products/42';
  for (const [scrubUrl, url] of [
    [true, address],
    [['ref'], address],
    [(url: string) => url.replace('42', 'ID'), 'https://shop.example.com/products/ID?ref=home'],
    [
      () => {
        throw new Error('of the page');
      },
      address,
    ],
    [undefined, `${address}?ref=home`],
    [false, `${address}?ref=home`],
  ] as const) {
    await withFerrum(({ page, ferrum }) => {
      const seen: unknown[] = [];
      const beforeSend = (event: { view: { url: string } }) => seen.push(event.view.url);
      ferrum.init({ ...OPTIONS, scrubUrl: scrubUrl as never, beforeSend: beforeSend as never });
      page.hide();
      assert.deepEqual([firstView(page).url, ...seen], [url, url]);
    });
  }
});

test('the name of the view is the latest, of startView too', () =>
  withFerrum(({ page, ferrum }) => {
    ferrum.init(OPTIONS);
    ferrum.setViewName('first');
    ferrum.startView({ name: 'second' });
    ferrum.startView();
    page.hide();
    assert.equal(firstView(page).name, 'second');
  }));

test("the decision for a session is Datadog's", () => {
  assert.equal(isSampled(SESSION_ID, 20.8), false);
  assert.equal(isSampled(SESSION_ID, 20.9), true);
  assert.equal(isSampled(SESSION_ID, 100), true);
  assert.equal(isSampled(SESSION_ID, 0), false);
});

test("every decision is that of Datadog's own code", () => {
  const datadog = createRequire(import.meta.url)('@datadog/browser-core/cjs/domain/sampler') as {
    isSampled: typeof isSampled;
  };
  fc.assert(
    fc.property(fc.uuid(), fc.double({ min: 0, max: 100, noNaN: true }), (id, rate) => {
      assert.equal(isSampled(id, rate), datadog.isSampled(id, rate));
    }),
    { examples: [[SESSION_ID, 20.8325]] },
  );
});

test('a session that is not sampled sends nothing', async () => {
  for (const [sessionSampleRate, count] of [
    [20.8, 0],
    [20.9, 1],
    [0, 0],
    [Number.NaN, 0],
  ] as const) {
    await withFerrum(
      ({ page, ferrum }) => {
        ferrum.init({ ...OPTIONS, sessionSampleRate });
        page.hide();
        assert.equal(page.sent.length, count, `${sessionSampleRate}`);
      },
      { cookie: cookie(ACTIVE) },
    );
  }
});

const session = (stored: string, options = {}) => {
  const page = openPage({ cookie: stored });
  try {
    return { ...currentSession({ ...OPTIONS, ...options }, NOW), cookies: page.cookies };
  } finally {
    page.restore();
  }
};

test('an active session is taken as it is', () => {
  const { id, aid, cookies } = session(cookie(ACTIVE));
  assert.deepEqual([id, aid, cookies], [SESSION_ID, AID, []]);
});

test('a session is active to the last of its milliseconds', () => {
  for (const fields of [
    { ...ACTIVE, expire: NOW + 1 },
    { ...ACTIVE, created: NOW - 4 * HOUR + 1 },
  ]) {
    assert.equal(session(cookie(fields)).id, SESSION_ID);
  }
});

test('a session that is over or was never is begun, and the visitor keeps the anonymous id', () => {
  const over = [
    { ...ACTIVE, expire: NOW },
    { ...ACTIVE, created: NOW - 4 * HOUR },
    { isExpired: 1, aid: AID, c: 0 },
    { aid: AID, id: SESSION_ID },
  ];
  for (const fields of over) {
    const { id, aid, cookies } = session(cookie(fields));
    assert.match(id, UUID);
    assert.notEqual(id, SESSION_ID);
    assert.equal(aid, AID);
    assert.deepEqual(cookies, [
      `_dd_s_v2=aid=${AID}&id=${id}&created=${NOW}&expire=${NOW + HOUR / 4}&c=0;max-age=31536000;path=/;samesite=strict`,
    ]);
  }
  assert.match(session('').aid as string, UUID);
  assert.match(session('x_dd_s_v2=id=1').id, UUID);
});

test('a new session is not kept where the page wants to keep it otherwise', () => {
  const elsewhere = [
    { trackSessionAcrossSubdomains: true },
    { useSecureSessionCookie: true },
    { usePartitionedCrossSiteSessionCookie: true },
  ];
  for (const options of elsewhere) {
    assert.deepEqual(session('', options).cookies, []);
    assert.equal(session(cookie(ACTIVE), options).id, SESSION_ID);
  }
  assert.equal(session('', { sessionSampleRate: 50, trackViewsManually: true }).cookies.length, 1);
});

test('without an anonymous user the cookie has no id of one, and lives as long as a session', () => {
  const { cookies, aid, id } = session(cookie({ aid: AID }), { trackAnonymousUser: false });
  assert.equal(aid, undefined);
  assert.deepEqual(cookies, [
    `_dd_s_v2=id=${id}&created=${NOW}&expire=${NOW + HOUR / 4}&c=0;max-age=14400;path=/;samesite=strict`,
  ]);
});

test('forbidden cookies or a hostile proxy never reach the page', async () => {
  await withFerrum(({ page, ferrum }) => {
    Object.defineProperty(page.document, 'cookie', {
      get() {
        throw new Error('SecurityError');
      },
    });
    ferrum.init(OPTIONS);
    page.hide();
    assert.deepEqual(page.sent, []);
  });
  await withFerrum(async ({ page, ferrum }) => {
    ferrum.init({
      ...OPTIONS,
      proxy() {
        throw new Error('proxy');
      },
    });
    page.hide();
    await settle();
    assert.deepEqual(page.sent, []);
  });
});

test('what sendBeacon refuses is fetched', async () => {
  const refusals = [
    () => false,
    () => {
      throw new Error('blocked');
    },
  ];
  for (const beacon of refusals) {
    await withFerrum(
      async ({ page, ferrum }) => {
        ferrum.init(OPTIONS);
        page.hide();
        const [sent] = page.sent;
        assert.equal(sent?.api, 'fetch');
        assert.match(sent?.url as string, /&_dd\.api=fetch$/);
        await settle();
      },
      { beacon, fetch: () => Promise.reject(new Error('offline')) },
      fakeEngine(),
    );
  }
});

test('what JSON has no text for of what beforeSend wrote costs only itself', () =>
  withFerrum(({ page, ferrum }) => {
    const beforeSend = (event: Record<string, Record<string, unknown>>) => {
      const cycle: Record<string, unknown> = {};
      cycle.self = cycle;
      event.context = { mine: 1, big: 1n, cycle };
    };
    ferrum.init({ ...OPTIONS, beforeSend: beforeSend as never });
    page.hide();
    const [event] = page.events() as [Record<string, Record<string, unknown>>];
    assert.deepEqual(event.context, { mine: 1 });
  }));

test('what JSON has no text for costs only its own property of a context', () =>
  withFerrum(({ page, ferrum }) => {
    ferrum.init(OPTIONS);
    ferrum.setGlobalContext({ kept: 1 });
    ferrum.setGlobalContextProperty('big', 1n);
    ferrum.setGlobalContextProperty({ toString: () => assert.fail() } as never, 1);
    page.hide();
    assert.deepEqual(page.events()[0]?.context, { kept: 1 });
  }));
