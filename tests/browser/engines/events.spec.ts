/** What every page needs most, in each of the browsers: `ENGINE=firefox`, `ENGINE=webkit`. */

import { at, engineIsReady, errorsAreDescribed, eventsOf, expect } from '../fixture.ts';
import type { Site } from '../site.ts';
import { make } from './engines.ts';
import { hide, test } from './fixture.ts';
import { asPage, isShown, type Tab } from './tab.ts';

async function open(tab: Tab, site: Site, name: string): Promise<void> {
  await tab.open(site.page(name));
  await engineIsReady(asPage(tab));
}

test.describe(`in ${make.name}`, () => {
  test('a page is a view with its resources, by the engine as WebAssembly', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site, 'picture');
    await isShown(tab);
    const view = await hide(tab, intake);
    expect(view).toMatchObject({
      view: {
        url: site.page('picture'),
        loading_type: 'initial_load',
        dom_complete: expect.any(Number),
        load_event: expect.any(Number),
      },
    });
    const files = site.requests.map(({ path }) => path.replace(/.*\//, ''));
    expect(files).toContain('ferrum.wasm');
    expect(files).not.toContain('ferrum-engine-script.js');
    // What still waited for idle time is sent after the view.
    const picture = `${site.url}/picture.svg?delay=250`;
    await intake.waitFor(({ event }) => at(event, 'resource.url') === picture);
    const resources = eventsOf(intake, 'resource').map((event) => at(event, 'resource.url'));
    expect(resources).not.toContain(`${site.url}/cdn/ferrum.wasm`);
  });

  test('a click is an action with the name of what was clicked', async ({ tab, site, intake }) => {
    await open(tab, site, 'clicks');
    await tab.click('#shift');
    await isShown(tab);
    await hide(tab, intake);
    expect(eventsOf(intake, 'action')[0]).toMatchObject({
      action: { type: 'click', target: { name: 'Shift' }, frustration: { type: [] } },
      _dd: { action: { target: { selector: '#shift' } } },
    });
  });

  test('an error that nobody caught has its frames', async ({ tab, site, intake }) => {
    await open(tab, site, 'errors');
    await tab.click('#throw');
    await errorsAreDescribed(asPage(tab), site);
    const view = await hide(tab, intake);
    const [event] = eventsOf(intake, 'error');
    expect(event).toMatchObject({
      error: { source: 'source', type: 'TypeError', handling: 'unhandled' },
      view: { id: at(view, 'view.id') },
    });
    const place = String.raw`${site.page('errors')}:\d+:\d+`;
    const [, inner, outer] = `${at(event, 'error.stack')}`.split('\n');
    expect(inner).toMatch(new RegExp(`^ {2}at inner @ ${place}$`));
    expect(outer).toMatch(new RegExp(`^ {2}at outer @ ${place}$`));
  });

  test('a reported error has its cause, and where it was reported', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site, 'errors');
    await tab.click('#report');
    await errorsAreDescribed(asPage(tab), site);
    await hide(tab, intake);
    const [event] = eventsOf(intake, 'error');
    expect(event).toMatchObject({
      error: {
        source: 'custom',
        type: 'SyntaxError',
        message: 'handled',
        handling: 'handled',
        causes: [{ message: 'the cause', stack: expect.stringContaining(site.page('errors')) }],
        handling_stack: expect.stringContaining(site.page('errors')),
      },
      context: { order: 7 },
    });
  });

  test('a request of the page is a resource with its times', async ({ tab, site, intake }) => {
    await open(tab, site, 'text');
    const tellsStatus = await tab.evaluate(async () => {
      await (await fetch('/data?delay=60')).json();
      return 'responseStatus' in PerformanceResourceTiming.prototype;
    });
    await hide(tab, intake);
    // What still waited for idle time is sent after the view.
    const isIt = (event: object) => `${at(event, 'resource.url')}`.includes('/data');
    const { event } = await intake.waitFor(({ event }) => isIt(event));
    expect(event).toMatchObject({
      resource: { type: 'fetch', duration: expect.any(Number) },
    });
    // WebKitGTK does not tell it.
    expect(at(event, 'resource.status_code')).toBe(tellsStatus ? 200 : undefined);
    expect(at(event, 'resource.duration')).toBeGreaterThanOrEqual(59e6);
    expect(at(event, 'resource.first_byte.duration')).toBeGreaterThanOrEqual(58e6);
  });

  test('a route is a view of its own, and what happens on it is its', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site, 'text');
    await tab.evaluate(() => {
      history.pushState({}, '', '/cart');
      window.ferrum.addAction('in the cart');
    });
    const view = await hide(tab, intake);
    expect(view).toMatchObject({
      view: { url: `${site.url}/cart`, loading_type: 'route_change', referrer: site.page('text') },
    });
    const [action] = eventsOf(intake, 'action');
    expect(at(action, 'view.id')).toBe(at(view, 'view.id'));
    expect(intake.views()).toHaveLength(2);
  });

  test('a page that is hidden has sent all there is', async ({ tab, site, intake }) => {
    await open(tab, site, 'text');
    await tab.evaluate(() => window.ferrum.addAction('the last'));
    const view = await hide(tab, intake);
    expect(view).toMatchObject({ view: { is_active: true, action: { count: 1 } } });
    expect(eventsOf(intake, 'action')).toHaveLength(1);
  });

  test('the pages of a visit are of one session, kept in a cookie', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site, 'text');
    const { session_id } = (await tab.evaluate(() => window.ferrum.getInternalContext())) ?? {};
    expect(await tab.evaluate(() => document.cookie)).toContain(`id=${session_id}`);
    const first = await hide(tab, intake);
    await tab.show();
    await open(tab, site, 'clicks');
    const second = await hide(tab, intake);
    expect([first, second].map((view) => at(view, 'session.id'))).toEqual([session_id, session_id]);
    expect(at(first, 'usr.anonymous_id')).toBe(at(second, 'usr.anonymous_id'));
  });
});
