/** One session for all tabs and SDKs of a visit, wherever it can be kept. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  at,
  engineIsReady,
  eventsOf,
  expect,
  leave,
  type Page,
  pageIsIdle,
  test,
  watch,
} from './fixture.ts';
import { root, type Site } from './site.ts';

declare global {
  interface Window {
    DD_LOGS: {
      init(options: object): void;
      getInternalContext(): { session_id?: string } | undefined;
    };
  }
}

const OTHER_ID = '171787ce-8bad-4b17-a196-700640722e42';
const EXPIRED = 'isExpired=1&c=0';

const sessionId = (page: Page) =>
  page.evaluate(() => window.ferrum.getInternalContext()?.session_id);

const logsSessionId = (page: Page) =>
  page.evaluate(() => window.DD_LOGS.getInternalContext()?.session_id);

async function open(page: Page, site: Site): Promise<void> {
  await page.goto(site.page('text'));
  await engineIsReady(page);
}

function storeCookie(page: Page, value: string): Promise<void> {
  return page.evaluate((value) => {
    // biome-ignore lint/suspicious/noDocumentCookie: what other tabs do
    document.cookie = `_dd_s_v2=${value};path=/;samesite=strict`;
  }, value);
}

/** With the real Logs SDK on the page, started before ours. */
async function openWithLogs(page: Page, site: Site): Promise<void> {
  const body = await readFile(
    join(root, 'node_modules/@datadog/browser-logs/bundle/datadog-logs.js'),
  );
  site.answer('/datadog-logs.js', { type: 'text/javascript', body });
  site.answer('/logs', { status: 202 });
  site.answer('/with-logs.html', {
    type: 'text/html',
    body: `<h1>Logs</h1><script src="/datadog-logs.js"></script>
<script>DD_LOGS.init({ clientToken: 'pub', proxy: '/logs' })</script>
<script src="/cdn/ferrum.js"></script>
<script>ferrum.init(${JSON.stringify(site.options)})</script>`,
  });
  await page.goto(`${site.url}/with-logs.html`);
  await engineIsReady(page);
  await page.waitForFunction(() => window.DD_LOGS.getInternalContext()?.session_id);
}

test('two tabs share a session', async ({ page, site, intake }) => {
  const other = await page.context().newPage();
  for (const tab of [page, other]) await openWithLogs(tab, site);
  expect(await sessionId(other)).toBe(await sessionId(page));
  await leave(page, intake);
});

test('a session that another tab ends is over, and activity begins the next', async ({
  page,
  site,
}) => {
  await openWithLogs(page, site);
  const before = await sessionId(page);
  await storeCookie(page, EXPIRED);
  await page.waitForFunction(() => !window.ferrum.getInternalContext());
  await page.click('h1');
  await page.waitForFunction(() => window.ferrum.getInternalContext());
  expect(await sessionId(page)).not.toBe(before);
});

test('the click that begins a session is no interaction of the view that begins with it', async ({
  page,
  site,
  intake,
}) => {
  await open(page, site);
  await page.click('h1');
  // The session is prolonged by then.
  await pageIsIdle(page);
  await storeCookie(page, EXPIRED);
  await page.waitForFunction(() => !window.ferrum.getInternalContext());
  // A click within a second of the other is no news.
  const clicked = await page.evaluate(() => performance.now());
  await page.waitForFunction((clicked) => performance.now() - clicked > 1100, clicked);
  await page.click('h1');
  await page.waitForFunction(() => window.ferrum.getInternalContext());
  const { event } = await leave(page, intake);
  expect(at(event, 'view.is_active')).toBe(false);
  expect(at(event, 'view.interaction_to_next_paint')).toBeUndefined();
});

test('the official Logs SDK has the same session, also after the same click renewed it', async ({
  page,
  site,
}) => {
  await openWithLogs(page, site);
  expect(await logsSessionId(page)).toBe(await sessionId(page));
  const seen = new Set([await sessionId(page)]);
  for (let renewal = 1; renewal <= 5; renewal++) {
    await storeCookie(page, EXPIRED);
    await page.waitForFunction(() => !window.ferrum.getInternalContext());
    await page.waitForFunction(() => !window.DD_LOGS.getInternalContext()?.session_id);
    // Both look at most once a second: a click that one of them skips is none that both answer.
    await page.waitForFunction(
      (clicked) => performance.now() - (clicked ?? 0) > 1100,
      await page.evaluate(() => (window as { clicked?: number }).clicked),
    );
    await page.click('h1');
    await page.evaluate(() => {
      (window as { clicked?: number }).clicked = performance.now();
    });
    await page.waitForFunction(() => window.ferrum.getInternalContext());
    await page.waitForFunction(() => window.DD_LOGS.getInternalContext()?.session_id);
    // Nothing is under way any more.
    await page.evaluate(() => navigator.locks.request('_dd_s_v2', () => {}));
    expect(await logsSessionId(page)).toBe(await sessionId(page));
    seen.add(await sessionId(page));
    expect(seen.size, 'every renewal is one').toBe(renewal + 1);
  }
});

test('a session that somebody is beginning is waited for, and joined', async ({
  page,
  site,
  intake,
}) => {
  // The click below is made by a script, in the middle of a change.
  site.options.allowUntrustedEvents = true;
  await open(page, site);
  await storeCookie(page, EXPIRED);
  await page.waitForFunction(() => !window.ferrum.getInternalContext());
  // As the official SDK does: under the lock it reads, waits and writes.
  await page.evaluate(
    (id) =>
      navigator.locks.request('_dd_s_v2', async () => {
        document.body.click();
        await new Promise((resolve) => setTimeout(resolve, 200));
        const [now, session] = [Date.now(), `id=${id}`];
        // biome-ignore lint/suspicious/noDocumentCookie: what other SDKs do
        document.cookie = `_dd_s_v2=${session}&created=${now}&expire=${now + 900_000}&c=0;path=/`;
      }),
    OTHER_ID,
  );
  await page.waitForFunction(() => window.ferrum.getInternalContext());
  expect(await sessionId(page)).toBe(OTHER_ID);
  await leave(page, intake);
  const sessions = new Set(eventsOf(intake, 'view').map((event) => at(event, 'session.id')));
  expect(sessions.size).toBe(2);
});

test('only the user begins another session, no script that clicks', async ({ page, site }) => {
  await open(page, site);
  await storeCookie(page, EXPIRED);
  await page.waitForFunction(() => !window.ferrum.getInternalContext());
  const hasSession = await page.evaluate(async () => {
    document.body.click();
    // Whoever looked at the session because of this click has had the lock before.
    await navigator.locks.request('_dd_s_v2', () => {});
    return !!window.ferrum.getInternalContext();
  });
  expect(hasSession).toBe(false);
  await page.mouse.click(1, 1);
  await page.waitForFunction(() => window.ferrum.getInternalContext());
});

test('where cookies are blocked the session goes on in localStorage', async ({
  page,
  site,
  intake,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set() {} });
  });
  const { console, errors } = watch(page);
  await open(page, site);
  const first = await sessionId(page);
  await leave(page, intake);
  await open(page, site);
  expect(await sessionId(page)).toBe(first);
  expect(errors).toEqual([]);
  const warning = 'warning: Ferrum: no cookie here: the session is kept in local-storage.';
  expect(console).toEqual([warning, warning]);
  await leave(page, intake);
  expect(eventsOf(intake, 'view').length).toBeGreaterThan(1);
});

for (const options of [
  { sessionPersistence: 'local-storage' },
  { sessionPersistence: 'memory' },
  { trackSessionAcrossSubdomains: true },
] as const) {
  test(`requests before the engine are traced in the session it goes on with: ${JSON.stringify(options)}`, async ({
    page,
    site,
    intake,
  }) => {
    Object.assign(site.options, options, { allowedTracingUrls: [site.url] });
    const release = site.hold('/cdn/ferrum-engine.js');
    await page.goto(site.page('text'));
    for (const path of ['/data?1', '/data?2']) await page.evaluate((path) => fetch(path), path);
    release();
    await engineIsReady(page);
    await page.evaluate(() => fetch('/data?3'));
    const known = await sessionId(page);
    const traced = site.requests
      .filter(({ path }) => path.startsWith('/data?'))
      .map(({ headers }) => headers.baggage);
    expect(traced).toEqual(Array(3).fill(`session.id=${known}`));
    await leave(page, intake);
    await open(page, site);
    const isKept = !('sessionPersistence' in options && options.sessionPersistence === 'memory');
    expect((await sessionId(page)) === known).toBe(isKept);
  });
}

test('a sandboxed frame, which has no storage at all, collects too', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/cdn/ferrum.js', {
    type: 'text/javascript',
    headers: { 'access-control-allow-origin': '*' },
    body: await readFile(join(root, 'dist/cdn/ferrum.js')),
  });
  for (const [name, type] of [
    ['ferrum-engine.js', 'text/javascript'],
    ['ferrum-exceptions.js', 'text/javascript'],
    ['ferrum.wasm', 'application/wasm'],
  ] as const) {
    site.answer(`/cdn/${name}`, {
      type,
      headers: { 'access-control-allow-origin': '*' },
      body: await readFile(join(root, 'dist/cdn', name)),
    });
  }
  site.answer('/sandboxed.html', {
    type: 'text/html',
    body: `<iframe sandbox="allow-scripts" src="${site.page('text')}"></iframe>`,
  });
  await page.goto(`${site.url}/sandboxed.html`);
  const frame = page.frames()[1] as unknown as Page;
  await engineIsReady(frame);
  expect(await sessionId(frame)).toBeTruthy();
  await page.goto('about:blank');
  await intake.waitFor(({ event }) => event.type === 'view');
});
