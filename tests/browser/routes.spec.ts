/** Routes in browsers without the Navigation API, as Firefox ESR and Safari. */

import { at, engineIsReady, eventsOf, expect, leave, type Page, test } from './fixture.ts';
import type { Entry, Site } from './site.ts';

async function open(page: Page, site: Site, entry: Entry, options = {}): Promise<void> {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'navigation', { value: undefined });
  });
  site.entry = entry;
  Object.assign(site.options, options);
  await page.goto(site.page('text'));
  await engineIsReady(page);
}

const paths = (intake: Parameters<typeof leave>[1]) =>
  intake.views().map(({ event }) => new URL(at(event, 'view.url') as string).pathname);

const isPatched = (page: Page) =>
  page.evaluate(() => {
    const { natives } = window as unknown as { natives: History };
    return (['pushState', 'replaceState'] as const).some(
      (method) => history[method] !== natives[method],
    );
  });

/** Remembers the page's own functions before anything else is there. */
const rememberNatives = (page: Page) =>
  page.addInitScript(() => {
    const { pushState, replaceState } = History.prototype;
    Object.assign(window, { natives: { pushState, replaceState } });
  });

for (const [entry, options] of [
  ['datadog-rum', {}],
  ['ferrum', { trackHistory: true }],
] as const) {
  test(`${entry} ${JSON.stringify(options)}: each route is a view at once, and stop undoes the patch`, async ({
    page,
    site,
    intake,
  }) => {
    await rememberNatives(page);
    await open(page, site, entry, options);
    expect(await isPatched(page)).toBe(true);
    await page.evaluate(() => {
      history.pushState({}, '', '/first');
      history.replaceState({}, '', '/second');
      window.ferrum.addAction('there');
      history.pushState({}, '', '/third');
    });
    await leave(page, intake);
    expect(paths(intake)).toEqual(['/text.html', '/first', '/second', '/third']);
    const [action] = eventsOf(intake, 'action');
    expect(at(action, 'view.url')).toBe(`${site.url}/second`);
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await page.evaluate(() => window.ferrum.stop());
    expect(await isPatched(page)).toBe(false);
  });
}

test('without a patch a route is a view before anything is said of it', async ({
  page,
  site,
  intake,
}) => {
  await rememberNatives(page);
  await open(page, site, 'ferrum');
  expect(await isPatched(page)).toBe(false);
  await page.evaluate(() => {
    history.pushState({}, '', '/cart');
    window.ferrum.addError(new Error('in the cart'));
  });
  // A click that goes somewhere: its view begins with its answer.
  await page.evaluate(() => {
    const heading = document.querySelector('h1') as HTMLElement;
    heading.onclick = () => history.pushState({}, '', '/pay');
  });
  await page.click('h1');
  await page.waitForFunction(() => window.ferrum.getInternalContext()?.view?.url.endsWith('/pay'));
  await page.evaluate(() => history.back());
  await page.waitForFunction(() => window.ferrum.getInternalContext()?.view?.url.endsWith('/cart'));
  await leave(page, intake);
  expect(paths(intake)).toEqual(['/text.html', '/cart', '/pay', '/cart']);
  const [error] = eventsOf(intake, 'error');
  expect(at(error, 'view.url')).toBe(`${site.url}/cart`);
});

test('a patch of the page stays where it is, below ours or on top', async ({
  page,
  site,
  intake,
}) => {
  await page.addInitScript(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const { pushState } = history;
    history.pushState = function (...args) {
      seen.push('below');
      pushState.apply(this, args);
    };
  });
  await open(page, site, 'datadog-rum');
  const seen = await page.evaluate(() => {
    const { seen } = window as unknown as { seen: string[] };
    const { pushState } = history;
    history.pushState = function (...args) {
      seen.push('on top');
      pushState.apply(this, args);
    };
    history.pushState({}, '', '/both');
    window.ferrum.stop();
    history.pushState({}, '', '/after');
    return seen;
  });
  expect(seen).toEqual(['on top', 'below', 'on top', 'below']);
  await intake.waitFor(({ event }) => at(event, 'view.url') === `${site.url}/both`);
  expect(paths(intake)).toEqual(['/text.html', '/both']);
});
