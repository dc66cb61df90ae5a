/** How events get to the intake, and that none is lost. */

import {
  type AnyPage,
  at,
  engineIsReady,
  eventsOf,
  expect,
  leave,
  type Page,
  pageIsIdle,
  test,
} from './fixture.ts';
import { type Site, startSite } from './site.ts';

/** A first-party proxy on another origin, which hands everything on to the intake. */
async function startProxy(intakeUrl: string): Promise<Site> {
  const proxy = await startSite(intakeUrl);
  proxy.answer('/relay', async ({ path, method, headers, body }) => {
    const { origin = '*' } = headers;
    const response = await fetch(intakeUrl + path, { method, body });
    return {
      status: response.status,
      headers: {
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
      },
    };
  });
  return proxy;
}

const names = (count: number) => Array.from({ length: count }, (_, index) => `action ${index}`);

test('a proxy gets plain NDJSON, without a preflight', async ({ page, site, intake }) => {
  const proxy = await startProxy(intake.url);
  site.options.proxy = `${proxy.url}/relay`;
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate((all) => {
    for (const name of all) window.ferrum.addAction(name);
  }, names(60));
  await intake.waitFor(({ request }) => request.api === 'fetch');
  await leave(page, intake);
  await proxy.close();

  expect(proxy.requests.length).toBeGreaterThan(1);
  for (const { method, path, headers, body } of proxy.requests) {
    expect(method).toBe('POST');
    expect(headers['content-type']).toBe('text/plain;charset=UTF-8');
    const forwarded = new URL(path, proxy.url).searchParams.get('ddforward');
    expect(forwarded).toMatch(/^\/api\/v2\/rum\?ddsource=browser&dd-api-key=pub123&/);
    expect(body.length).toBeLessThanOrEqual(32 * 1024);
    for (const line of body.split('\n')) expect(JSON.parse(line)).toHaveProperty('type');
  }
  const apis = new Set(intake.events().map(({ request }) => request.api));
  expect(apis).toEqual(new Set(['fetch', 'beacon']));
});

for (const compressIntakeRequests of [false, true]) {
  test(`leaving with a full batch and a half loses nothing and repeats nothing, compressed: ${compressIntakeRequests}`, async ({
    page,
    site,
    intake,
  }) => {
    site.options.compressIntakeRequests = compressIntakeRequests;
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(
      ([all, next]) => {
        for (const name of all as string[]) window.ferrum.addAction(name);
        location.href = next as string;
      },
      // No more than the 64 KiB that a page may leave behind, should nothing be compressed in time.
      [names(50), site.page('empty')],
    );
    // A context that is closed in the middle of a navigation may hang.
    await page.waitForURL(site.page('empty'));
    await intake.waitFor(({ event }) => at(event, 'view.is_active') === false);
    await expect.poll(() => eventsOf(intake, 'action').length).toBe(50);
    const sent = eventsOf(intake, 'action').map((event) => at(event, 'action.target.name'));
    expect(new Set(sent)).toEqual(new Set(names(50)));
  });
}

test.describe('with compressed requests', () => {
  test.beforeEach(({ site }) => {
    site.options.compressIntakeRequests = true;
  });

  test('a full batch arrives deflated, and whole', async ({ page, site, intake }) => {
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate((all) => {
      for (const name of all) window.ferrum.addAction(name);
    }, names(60));
    const { request } = await intake.waitFor(({ event }) => event.type === 'action');
    expect(request).toMatchObject({ api: 'fetch', encoding: 'deflate' });
    expect(request.bytes).toBeLessThan(8 * 1024);
    await leave(page, intake);
    const sent = () => eventsOf(intake, 'action').map((event) => at(event, 'action.target.name'));
    await expect.poll(() => sent().sort()).toEqual(names(60).sort());
  });

  test('a batch that is left while it is compressed leaves with the page, once', async ({
    page,
    site,
    intake,
  }) => {
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(() => {
      // One that never ends. All fits into the 64 KiB that a page may leave behind.
      window.CompressionStream = class {
        writable = new WritableStream();
        readable = new ReadableStream();
      } as never;
    });
    await page.evaluate((all) => {
      for (const name of all) window.ferrum.addAction(name);
    }, names(55));
    await leave(page, intake);
    await expect.poll(() => eventsOf(intake, 'action').length).toBe(55);
    const apis = new Set(intake.events('action').map(({ request }) => request.api));
    expect(apis).toEqual(new Set(['beacon']));
  });
});

/** Resources wait for an idle period; after that of those before, none comes before the exit. */
async function requestWithoutRest(page: AnyPage, count: number): Promise<void> {
  await pageIsIdle(page);
  await (page as Page).evaluate((count) => {
    window.requestIdleCallback = () => 0;
    const requests = Array.from({ length: count }, (_, index) => fetch(`/data?${index}`));
    return Promise.all(requests.map((request) => request.then((answer) => answer.text())));
  }, count);
}

test('what is only gathered at the exit leaves by the transport of exits', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await requestWithoutRest(page, 35);
  await leave(page, intake);
  const resources = () =>
    intake
      .events('resource')
      .filter(({ event }) => /data\?\d+$/.test(at(event, 'resource.url') as string));
  await expect.poll(() => resources().length).toBe(35);
  expect(new Set(resources().map(({ request }) => request.api))).toEqual(new Set(['beacon']));
});

test('the view leaves first, whatever else there is', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  // More than the 64 KiB that a page may leave behind.
  await requestWithoutRest(page, 150);
  const { event } = await leave(page, intake);
  expect(at(event, 'view.largest_contentful_paint')).toBeGreaterThan(0);
});

for (const isWithheld of [false, true]) {
  const what = isWithheld ? 'goes as it is when nothing can cut it' : 'is cut, and says so';
  test(`an event that is too large ${what}`, async ({ page, site, intake }) => {
    if (isWithheld) await page.route('**/ferrum-exceptions.js', (route) => route.abort());
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(() => {
      window.ferrum.setGlobalContextProperty('all', 'x'.repeat(100_000));
      window.ferrum.addAction('big', { own: 'y'.repeat(180_000) });
      window.ferrum.addAction('small', { own: 1 });
    });
    const sent = (name: string) =>
      intake.waitFor(({ event }) => at(event, 'action.target.name') === name);
    const { context } = (await sent('big')).event as never as { context: Record<string, object> };
    expect(Object.keys(context)).toEqual(isWithheld ? ['all', 'own'] : ['all', 'ferrum']);
    expect(at(context, 'ferrum.cut')).toEqual(isWithheld ? undefined : ['context.own']);
    expect(at((await sent('small')).event, 'context.own')).toBe(1);
  });
}

test('a tab that is closed sends what it has', async ({ site, intake, openTab }) => {
  const [, tab] = [await openTab(), await openTab()];
  await tab.goto(site.page('text'));
  await engineIsReady(tab);
  await tab.evaluate(() => window.ferrum.addAction('last words'));
  await tab.close();
  await intake.waitFor(({ event }) => at(event, 'action.target.name') === 'last words');
  await intake.waitFor(({ event }) => at(event, 'view.action.count') === 1);
});

test('a tab that is hidden sends what it has, and goes on when it is shown again', async ({
  site,
  intake,
  openTab,
}) => {
  const [other, tab] = [await openTab(), await openTab()];
  await tab.goto(site.page('text'));
  await engineIsReady(tab);
  await tab.evaluate(() => window.ferrum.addAction('before'));
  await other.bringToFront();
  const { event } = await intake.waitFor(({ event }) => event.type === 'view');
  expect(event).toMatchObject({ view: { is_active: true, action: { count: 1 } } });
  expect(eventsOf(intake, 'action')).toHaveLength(1);

  await tab.bringToFront();
  await tab.evaluate(() => window.ferrum.addAction('after'));
  const view = await leave(tab, intake);
  expect(view.id).toBe(at(event, 'view.id'));
  expect(at(view.event, 'view.action.count')).toBe(2);
  expect(view.version).toBeGreaterThan(at(event, '_dd.document_version') as number);
});

test('the engine is asked for after the load event, and only then', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('picture'));
  await engineIsReady(page);
  const { loaded, engine } = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation');
    const resources = performance.getEntriesByType('resource');
    return {
      loaded: (navigation as PerformanceNavigationTiming).loadEventEnd,
      engine: resources
        .filter(({ name }) => /ferrum-engine\.js$|\.wasm$/.test(name))
        .map(({ startTime }) => startTime),
    };
  });
  expect(engine).toHaveLength(2);
  expect(loaded).toBeGreaterThan(0);
  expect(Math.min(...engine)).toBeGreaterThanOrEqual(loaded);
  await leave(page, intake);
});

test.describe('with a broken event', () => {
  test.use({ brokenEvents: 'expected' });

  test('the intake of these tests says what is wrong with it', async ({ page, site, intake }) => {
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(
      (proxy) =>
        fetch(`${proxy}?ddforward=${encodeURIComponent('/api/v2/rum?dd-api-key=pub123')}`, {
          method: 'POST',
          body: '{"type":"view","view":{"id":7}}\nno JSON',
        }),
      site.options.proxy,
    );
    await leave(page, intake);
    const [broken, ...others] = intake.received.filter(
      (message) => message.kind === 'event' && message.violations.length > 0,
    );
    expect(others).toEqual([]);
    expect(broken).toMatchObject({
      violations: expect.arrayContaining([
        expect.objectContaining({ path: '/view/id' }),
        expect.objectContaining({ path: '/date', message: 'is missing' }),
      ]),
    });
    expect(intake.received.filter(({ kind }) => kind === 'rejected')).toHaveLength(1);
  });
});
