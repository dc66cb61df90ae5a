/** What happens on a page becomes events. */

import {
  at,
  engineIsReady,
  errorsAreDescribed,
  eventsOf,
  expect,
  leave,
  pageIsIdle,
  test,
} from './fixture.ts';

test('an uncaught error has its type, message and stack', async ({ page, site, intake }) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.click('#throw');
  await errorsAreDescribed(page, site);
  const view = await leave(page, intake);
  const [error, ...others] = eventsOf(intake, 'error');
  expect(others).toEqual([]);
  expect(error).toMatchObject({
    view: { id: view.id, url: site.page('errors') },
    error: { type: 'TypeError', source: 'source', handling: 'unhandled' },
  });
  expect(at(error, 'error.message')).toContain("reading 'length'");
  expect(at(error, 'error.stack')).toMatch(/inner @ .*errors\.html:\d+:\d+[\s\S]*outer @ /);
  expect(at(view.event, 'view.error.count')).toBe(1);
});

test('an error before the engine is ready is reported with its own time', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold('/cdn/ferrum-engine.js');
  await page.goto(site.page('errors'));
  await page.click('#throw');
  const thrownBy = await page.evaluate(() => Date.now());
  await site.request('/cdn/ferrum-engine.js');
  release();
  await engineIsReady(page);
  await leave(page, intake);
  const [error] = eventsOf(intake, 'error');
  expect(at(error, 'error.type')).toBe('TypeError');
  expect(error?.date).toBeLessThanOrEqual(thrownBy + 1);
});

test('a rejection that nobody handles is an error', async ({ page, site, intake }) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.click('#reject');
  await leave(page, intake);
  expect(eventsOf(intake, 'error')).toEqual([
    expect.objectContaining({
      error: expect.objectContaining({
        type: 'RangeError',
        message: 'nobody caught this',
        handling: 'unhandled',
      }),
    }),
  ]);
});

test('an error that the page reports has its context and its cause', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.click('#report');
  await errorsAreDescribed(page, site);
  await leave(page, intake);
  const [error] = eventsOf(intake, 'error');
  expect(error).toMatchObject({
    error: { type: 'SyntaxError', message: 'handled', handling: 'handled', source: 'custom' },
    context: { order: 7 },
  });
  expect(at(error, 'error.causes')).toEqual([expect.objectContaining({ message: 'the cause' })]);
});

test('a variant is on its view, and on the errors after its evaluation only', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.click('#reject');
  await page.evaluate(() => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'red');
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.addFeatureFlagEvaluation('layout', { columns: 2 });
  });
  await page.click('#report');
  const view = await leave(page, intake);
  const flags = { colour: 'green', layout: { columns: 2 } };
  expect(view.event.feature_flags).toEqual(flags);
  const [before, after] = eventsOf(intake, 'error');
  expect(before).not.toHaveProperty('feature_flags');
  expect(after?.feature_flags).toEqual(flags);
});

test('user, account and contexts are on all events', async ({ page, site, intake }) => {
  await page.goto(site.page('errors'));
  await page.evaluate(() => {
    window.ferrum.setUser({ id: 'u1', plan: 'paid' });
    window.ferrum.setAccount({ id: 'a1', name: 'Acme' });
    window.ferrum.setGlobalContext({ shop: { id: 3 } });
    window.ferrum.setViewContext({ step: 'first' });
  });
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.addAction('pay', { amount: 12.5 }));
  const { event: view } = await leave(page, intake);
  const [action] = eventsOf(intake, 'action');
  for (const event of [view, action]) {
    expect(event).toMatchObject({
      usr: { id: 'u1', plan: 'paid' },
      account: { id: 'a1', name: 'Acme' },
      context: { shop: { id: 3 }, step: 'first' },
    });
  }
  expect(action).toMatchObject({
    action: { type: 'custom', target: { name: 'pay' } },
    context: { amount: 12.5 },
  });
});

test('an account without id is not sent', async ({ page, site, intake }) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.setAccount({ name: 'Acme' } as never));
  const { event } = await leave(page, intake);
  expect(event).not.toHaveProperty('account');
});

test('a view with an address that is none has the address of the page', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => {
    window.ferrum.startView({ name: 'virtual', url: '/virtual' });
    window.ferrum.startView({ name: 'none', url: 'http://' });
  });
  await leave(page, intake);
  const views = intake.views().map(({ event }) => [at(event, 'view.name'), at(event, 'view.url')]);
  expect(views).toContainEqual(['virtual', `${site.url}/virtual`]);
  expect(views).toContainEqual(['none', site.page('errors')]);
});

test('a change of the route is a new view, with the old address as referrer', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => history.pushState(null, '', '/basket?step=1'));
  await page.click('#report');
  await page.evaluate(() => history.replaceState(null, '', '/basket?step=2'));
  const last = await leave(page, intake);
  const [first, second, ...others] = intake.views().map(({ event }) => event);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    view: { url: site.page('errors'), loading_type: 'initial_load', is_active: false },
  });
  expect(second).toMatchObject({
    view: {
      id: last.id,
      url: `${site.url}/basket?step=1`,
      referrer: site.page('errors'),
      loading_type: 'route_change',
      is_active: false,
      error: { count: 1 },
    },
  });
  expect(at(eventsOf(intake, 'error')[0], 'view.id')).toBe(last.id);
});

test('a jump within the page is no new view', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    location.hash = 'headline';
  });
  await leave(page, intake);
  expect(intake.views()).toHaveLength(1);
});

test('a request of the page is a resource, with its status and sizes', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('picture'));
  await engineIsReady(page);
  await page.evaluate(() => fetch('/data').then((response) => response.text()));
  await page.evaluate(() => fetch('/nothing').then((response) => response.text()));
  const view = await leave(page, intake);
  const resources = eventsOf(intake, 'resource');
  const resource = (url: string) =>
    resources.find((event) => at(event, 'resource.url') === site.url + url);
  expect(resource('/data')).toMatchObject({
    view: { id: view.id },
    resource: { status_code: 200, decoded_body_size: 13, type: expect.stringMatching(/fetch|xhr/) },
  });
  expect(resource('/nothing')).toMatchObject({ resource: { status_code: 404 } });
  expect(resource('/picture.svg?delay=250')).toMatchObject({ resource: { type: 'image' } });
  expect(resource('/picture.html')).toMatchObject({ resource: { type: 'document' } });
  expect(at(view.event, 'view.resource.count')).toBe(resources.length);
});

test('what the browser has not delivered yet is not lost at the end', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(async () => {
    const made = new Promise<void>((resolve) => {
      const { length } = performance.getEntriesByType('resource');
      const look = () => {
        if (performance.getEntriesByType('resource').length > length) resolve();
        else queueMicrotask(look);
      };
      fetch('/data').then((response) => response.text().then(look));
    });
    await made;
    window.ferrum.stop();
  });
  await intake.waitFor(({ event }) => event.type === 'view');
  const urls = eventsOf(intake, 'resource').map((event) => at(event, 'resource.url'));
  expect(urls).toContain(`${site.url}/data`);
});

test('what Ferrum sends is no resource of the page', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    for (let count = 0; count < 60; count++) window.ferrum.addAction(`action ${count}`);
  });
  await intake.waitFor(({ request }) => request.api === 'fetch');
  await page.evaluate(() => fetch('/data').then((response) => response.text()));
  await pageIsIdle(page);
  await leave(page, intake);
  const urls = eventsOf(intake, 'resource').map((event) => String(at(event, 'resource.url')));
  expect(urls).toContain(`${site.url}/data`);
  expect(urls.filter((url) => url.startsWith(intake.url))).toEqual([]);
});

test('a timing of the page is on its view', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const [before, after] = await page.evaluate(() => {
    const start = performance.now();
    window.ferrum.addTiming('ready to pay');
    return [start * 1e6, performance.now() * 1e6] as const;
  });
  const { event } = await leave(page, intake);
  const timing = at(event, 'view.custom_timings.ready_to_pay') as number;
  // Whole nanoseconds: rounded by half of one at most.
  expect(timing).toBeGreaterThanOrEqual(before - 1);
  expect(timing).toBeLessThanOrEqual(after + 1);
});

test('all views of a visitor belong to one session', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const first = await leave(page, intake);
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  const second = await leave(page, intake);
  expect(second.id).not.toBe(first.id);
  expect(at(second.event, 'session.id')).toBe(at(first.event, 'session.id'));
  expect(at(second.event, 'usr.anonymous_id')).toBe(at(first.event, 'usr.anonymous_id'));
});

test('a route is loaded when what it requested has come, though no request is patched', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(
    async (url) => {
      history.pushState({}, '', '/route');
      document.body.append('Loading');
      await (await fetch(url)).text();
      document.body.append('Loaded');
      await new Promise((resolve) => {
        const look = (list: PerformanceObserverEntryList) =>
          list.getEntriesByName(url).forEach(resolve);
        new PerformanceObserver(look).observe({ type: 'resource', buffered: true });
      });
    },
    `${site.page('text')}?delay=400`,
  );
  await pageIsIdle(page);
  // Timers fire in the order of their time: the engine's, 100 ms after the request, before this one.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 150)));
  const { event } = await leave(page, intake);
  expect(at(event, 'view.loading_time')).toBeGreaterThanOrEqual(400e6);
  expect(at(event, 'context.ferrum.loading_time_end')).toBe('idle');
});
