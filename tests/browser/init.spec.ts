/** The ways in which a page gets Ferrum and starts it. */

import { at, engineIsReady, eventsOf, expect, leave, test, watch } from './fixture.ts';

test('calls in the async snippet wait for the script', async ({ page, site, intake }) => {
  const seen = watch(page);
  const release = site.hold('/cdn/ferrum.js');
  const opened = page.goto(site.page('snippet'));
  await site.request('/cdn/ferrum.js');
  release();
  await opened;
  await engineIsReady(page);
  await leave(page, intake);
  expect(eventsOf(intake, 'action')).toEqual([
    expect.objectContaining({
      action: expect.objectContaining({ target: { name: 'early' } }),
    }),
  ]);
  expect(seen).toEqual({ errors: [], console: [] });
});

test('the npm form works in a page that is bundled with code splitting', async ({
  page,
  site,
  intake,
}) => {
  const seen = watch(page);
  await page.goto(site.page('npm'));
  await page.evaluate(async (path) => {
    const { ferrum } = (await import(path)) as Pick<Window, 'ferrum'>;
    while (!ferrum.getSessionReplayLink()) await new Promise((resolve) => setTimeout(resolve, 10));
  }, '/application/main.js');
  const view = await leave(page, intake);
  expect(at(view.event, 'view.action.count')).toBe(1);
  expect(at(eventsOf(intake, 'action')[0], 'action.target.name')).toBe('from a module');
  const chunks = site.requests.filter(({ path }) => /^\/application\/(?!main)/.test(path));
  expect(chunks.length).toBeGreaterThan(0);
  expect(seen).toEqual({ errors: [], console: [] });
});

test('a second script tag is told of by a warning', async ({ page, site, intake }) => {
  const seen = watch(page);
  await page.goto(site.page('twice'));
  await engineIsReady(page);
  // Each waits for a file of its own.
  await expect
    .poll(() => [...seen.console].sort())
    .toEqual([
      // The page's second `init` is that of the first copy.
      'error: Ferrum: ferrum is already initialized.',
      'warning: Ferrum: SDK is loaded more than once. This is unsupported and might have unexpected behavior.',
    ]);
  await leave(page, intake);
  expect(seen.errors).toEqual([]);
});

test('with two script tags everything still happens once', async ({ page, site, intake }) => {
  await page.goto(site.page('twice'));
  await engineIsReady(page);
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error('thrown once');
    });
    return fetch('/data').then((response) => response.text());
  });
  await leave(page, intake);
  const urls = eventsOf(intake, 'resource').map((event) => at(event, 'resource.url'));
  expect(intake.views()).toHaveLength(1);
  expect(eventsOf(intake, 'error')).toHaveLength(1);
  expect(urls.filter((url) => url === `${site.url}/data`)).toHaveLength(1);
});

test('a second `init` says that it does nothing', async ({ page, site, intake }) => {
  const seen = watch(page);
  await page.goto(site.page('text'));
  await page.evaluate((options) => window.ferrum.init(options as never), site.options);
  await engineIsReady(page);
  await leave(page, intake);
  expect(seen.console).toEqual(['error: Ferrum: ferrum is already initialized.']);
  expect(intake.views()).toHaveLength(1);
});

for (const [options, message] of [
  [{ applicationId: '' }, '"applicationId" is required'],
  [{ clientToken: 12 }, '"clientToken" must be a non-empty string'],
  [{ site: 'evil.example' }, /"site" must be a valid Datadog site/],
  [{ sessionSampleRate: 'all' }, /"sessionSampleRate" must be a number /],
] as const) {
  test(`${JSON.stringify(options)} is refused, with its name and value`, async ({
    page,
    site,
    intake,
  }) => {
    Object.assign(site.options, options);
    const seen = watch(page);
    await page.goto(site.page('text'));
    await expect.poll(() => seen.console.at(0)).toMatch(message);
    await page.goto('about:blank');
    await page.goto(site.page('empty'));
    expect(seen.errors).toEqual([]);
    for (const text of seen.console) expect(text).toMatch(/^error: Ferrum: "/);
    // Of what is missing there is no value to show.
    const [value] = Object.values(options);
    expect(seen.console.slice(1).join()).toMatch(
      value ? new RegExp(`was given as ${value}$`) : /^$/,
    );
    expect(intake.received).toEqual([]);
  });
}

test('without consent nothing is loaded, stored or sent, and with it all of it', async ({
  page,
  site,
  intake,
}) => {
  site.options.trackingConsent = 'not-granted';
  await page.goto(site.page('errors'));
  await page.evaluate(() => window.ferrum.addAction('before'));
  await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  expect(await page.context().cookies()).toEqual([]);
  expect(await page.evaluate(() => sessionStorage.length + localStorage.length)).toBe(0);
  const engineRequests = () => site.requests.filter(({ path }) => path.includes('engine'));
  expect(engineRequests()).toEqual([]);

  await page.evaluate(() => window.ferrum.setTrackingConsent('granted'));
  await engineIsReady(page);
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['_dd_s_v2']);
  const view = await leave(page, intake);
  expect(at(view.event, 'view.url')).toBe(site.page('errors'));
});

test('consent that is withdrawn ends the session, and nothing is collected any more', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => {
    window.ferrum.addAction('with consent');
    window.ferrum.setTrackingConsent('not-granted');
    window.ferrum.addAction('without consent');
  });
  await page.click('#reject');
  await page.goto('about:blank');
  await page.goto(site.page('empty'));
  expect(eventsOf(intake, 'error')).toEqual([]);
  const actions = eventsOf(intake, 'action').map((event) => at(event, 'action.target.name'));
  expect(actions).not.toContain('without consent');
  const [cookie] = await page.context().cookies(site.url);
  expect(cookie?.value).toContain('isExpired=1');
});

for (const [trackAnonymousUser, lifetime] of [
  [true, 365 * 86_400],
  [false, 4 * 3_600],
] as const) {
  test(`the cookie of ${trackAnonymousUser ? 'a visitor lasts a year' : 'nobody lasts as long as a session'}`, async ({
    page,
    site,
  }) => {
    Object.assign(site.options, { trackAnonymousUser });
    await page.goto(site.page('text'));
    await engineIsReady(page);
    const now = await page.evaluate(() => Date.now());
    const [cookie] = await page.context().cookies();
    // Set in the minute before `now`, however slow the machine.
    expect(cookie?.expires).toBeGreaterThan(now / 1000 + lifetime - 60);
    expect(cookie?.expires).toBeLessThan(now / 1000 + lifetime + 1);
  });
}

test('the session is kept in a first-party cookie that Datadog’s SDKs read', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const [cookie] = await page.context().cookies();
  const view = await leave(page, intake);
  const fields = new URLSearchParams(cookie?.value);
  expect(cookie).toMatchObject({ name: '_dd_s_v2', path: '/', sameSite: 'Strict' });
  expect(fields.get('id')).toBe(at(view.event, 'session.id'));
  expect(fields.get('aid')).toBe(at(view.event, 'usr.anonymous_id'));
});
