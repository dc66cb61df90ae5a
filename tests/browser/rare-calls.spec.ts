/** What few pages call is loaded with the first such call, of which nothing is lost. */

import type { Intake } from '../../js/intake/index.ts';
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
import type { Entry, Site } from './site.ts';

const CHUNK = '/cdn/ferrum-exceptions.js';

const asked = (site: Site) => site.requests.filter(({ path }) => /exceptions/.test(path)).length;

const names = (intake: Intake) =>
  eventsOf(intake, 'vital').map((event) => at(event, 'vital.name') as string);

/** Resolves when the page has taken what it was sent of the chunk. */
async function chunkIsThere(page: Page, site: Site): Promise<void> {
  const path = site.entry === 'npm' ? '/esm/exceptions.js' : CHUNK;
  await site.request(path);
  await page.evaluate((path) => import(path), path);
}

for (const entry of ['ferrum', 'npm'] as Entry[]) {
  test(`the first vital of a page with ${entry} loads the chunk, and an action does not`, async ({
    page,
    site,
    intake,
  }) => {
    site.entry = entry;
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(() => window.ferrum.addAction('pay'));
    await pageIsIdle(page);
    expect(asked(site)).toBe(0);
    await page.evaluate(() => {
      window.ferrum.startDurationVital('first');
      window.ferrum.stopDurationVital('first');
    });
    await chunkIsThere(page, site);
    await page.evaluate(() => window.ferrum.startOperation('second'));
    await leave(page, intake);
    expect(names(intake)).toEqual(['first', 'second']);
    expect(asked(site)).toBe(1);
  });
}

test('what waits for the chunk keeps its time, its order, its view and its contexts', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const given = await page.evaluate(() => {
    const { ferrum } = window;
    const context = { items: [1] };
    ferrum.setGlobalContext({ step: 'pay' });
    ferrum.setUser({ id: 'u' });
    const now = () => performance.timeOrigin + performance.now();
    const before = now();
    ferrum.startDurationVital('timed', { context });
    ferrum.startResource('/of-no-browser', { method: 'PUT' });
    ferrum.stopResource('/of-no-browser', { statusCode: 201 });
    ferrum.stopDurationVital('timed');
    ferrum.failOperation('checkout', 'abandoned', { context });
    const after = now();
    context.items.push(2);
    ferrum.setGlobalContext({ step: 'thanks' });
    ferrum.clearUser();
    history.pushState(null, '', '/thanks');
    return { before, after };
  });
  release();
  await chunkIsThere(page, site);
  await page.evaluate(() => window.ferrum.startOperation('later'));
  await leave(page, intake);
  expect(names(intake)).toEqual(['timed', 'checkout', 'later']);
  const [timed, checkout, later] = eventsOf(intake, 'vital');
  const resource = eventsOf(intake, 'resource').find((event) =>
    `${at(event, 'resource.url')}`.endsWith('/of-no-browser'),
  );
  expect(resource).toMatchObject({ resource: { method: 'PUT', status_code: 201 } });
  for (const event of [timed, checkout, resource]) {
    expect(at(event, 'context.step')).toBe('pay');
    expect(at(event, 'usr.id')).toBe('u');
    expect(at(event, 'view.url')).toBe(site.page('text'));
    expect(at(event, 'date')).toBeGreaterThanOrEqual(Math.floor(given.before));
    expect(at(event, 'date')).toBeLessThanOrEqual(Math.ceil(given.after));
  }
  expect(at(timed, 'context.items')).toEqual([1]);
  expect(at(timed, 'vital.duration')).toBeLessThanOrEqual((given.after - given.before) * 1e6 + 1e6);
  expect(checkout).toMatchObject({
    vital: { failure_reason: 'abandoned' },
    context: { items: [1] },
  });
  expect(later).toMatchObject({ context: { step: 'thanks' } });
  expect(at(later, 'usr.id')).toBeUndefined();
  expect(seen).toEqual({ errors: [], console: [] });
});

test('a page that was hidden meanwhile sends them when the chunk comes', async ({
  site,
  intake,
  openTab,
}) => {
  const [other, tab] = [await openTab(), await openTab()];
  const release = site.hold(CHUNK);
  await tab.goto(site.page('text'));
  await engineIsReady(tab);
  await tab.evaluate(() => window.ferrum.startOperation('checkout'));
  await other.bringToFront();
  await intake.waitFor(({ event }) => event.type === 'view');
  release();
  await intake.waitFor(({ event }) => event.type === 'vital');
  expect(names(intake)).toEqual(['checkout']);
});

test('before the engine is there they wait with all other calls', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      window.ferrum.startOperation('early');
      window.ferrum.addAction('between');
      window.ferrum.succeedOperation('early');
    });
  });
  await page.goto(site.page('text'));
  await site.request(CHUNK);
  release();
  await engineIsReady(page);
  await leave(page, intake);
  const order = intake.received.flatMap((message) => {
    if (message.kind === 'rejected') return [];
    const { event } = message;
    return at(event, 'vital.step_type') ?? at(event, 'action.target.name') ?? [];
  });
  expect(order).toEqual(['start', 'between', 'end']);
});

test('where the chunk is missing the rest is collected, without a word', async ({
  page,
  site,
  intake,
}) => {
  site.answer(CHUNK, { status: 404, type: 'text/html', body: 'nothing here' });
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.startOperation('lost'));
  await site.request(CHUNK);
  await pageIsIdle(page);
  await page.evaluate(() => {
    window.ferrum.startOperation('lost too');
    window.ferrum.addAction('kept');
  });
  await leave(page, intake);
  expect(names(intake)).toEqual([]);
  expect(eventsOf(intake, 'action')).toHaveLength(1);
  expect(seen.errors).toEqual([]);
});
