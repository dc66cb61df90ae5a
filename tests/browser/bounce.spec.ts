/** The page is gone, or hidden, before the engine is there: the visit counts all the same. */

import type { Intake } from '../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  entriesOf,
  eventsOf,
  expect,
  leave,
  type Page,
  test,
} from './fixture.ts';
import type { Site } from './site.ts';

const ENGINE = '/cdn/ferrum-engine.js';

/** Leaves, and waits until later requests have arrived, so that nothing can come any more. */
async function bounce(page: Page, site: Site): Promise<void> {
  await page.goto('about:blank');
  await page.goto(site.page('empty'));
}

function expectOneMinimalView(intake: Intake): void {
  expect(intake.received).toHaveLength(1);
  const [view] = eventsOf(intake, 'view');
  expect(view).toMatchObject({
    _dd: { document_version: 1 },
    view: { loading_type: 'initial_load', is_active: true },
  });
}

test('a page that is left while the engine is loading is one view, with its variants', async ({
  page,
  site,
  intake,
}) => {
  site.hold(ENGINE);
  await page.goto(site.page('text'));
  await page.evaluate(() => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.setUser({ id: 'u1' });
  });
  await site.request(ENGINE);
  await entriesOf(page, 'paint', 1);
  await bounce(page, site);
  await intake.waitFor(({ event }) => event.type === 'view');
  expectOneMinimalView(intake);
  expect(eventsOf(intake, 'view')[0]).toMatchObject({
    feature_flags: { colour: 'green' },
    usr: { id: 'u1', anonymous_id: expect.any(String) },
    view: {
      url: site.page('text'),
      first_contentful_paint: expect.any(Number),
    },
  });
});

test('a page that is left before its own load is one view', async ({ page, site, intake }) => {
  site.hold('/picture.svg');
  await page.goto(site.page('picture'), { waitUntil: 'domcontentloaded' });
  await bounce(page, site);
  await intake.waitFor(({ event }) => event.type === 'view');
  expectOneMinimalView(intake);
  expect(site.requests.filter(({ path }) => path.startsWith(ENGINE))).toEqual([]);
});

test('a bounce and the next page belong to one session', async ({ page, site, intake }) => {
  site.hold('/picture.svg');
  await page.goto(site.page('picture'), { waitUntil: 'domcontentloaded' });
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const next = await leave(page, intake);
  const [first] = intake.views();
  expect(first?.id).not.toBe(next.id);
  expect(at(first?.event, 'session.id')).toBe(at(next.event, 'session.id'));
  expect(at(first?.event, 'usr.anonymous_id')).toBe(at(next.event, 'usr.anonymous_id'));
});

test('a tab that comes back goes on with the view that it sent while it was hidden', async ({
  site,
  intake,
  openTab,
}) => {
  const [other, tab] = [await openTab(), await openTab()];
  const release = site.hold(ENGINE);
  await tab.goto(site.page('text'));
  await tab.evaluate(() => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.addAction('early');
  });
  await site.request(ENGINE);
  await other.bringToFront();
  const { event: first } = await intake.waitFor(({ event }) => event.type === 'view');
  expectOneMinimalView(intake);

  await tab.bringToFront();
  await other.bringToFront();
  await tab.bringToFront();
  release();
  await engineIsReady(tab);
  const view = await leave(tab, intake);
  expect(intake.views()).toHaveLength(1);
  expect(view.id).toBe(at(first, 'view.id'));
  expect(view.version).toBeGreaterThan(1);
  expect(view.event).toMatchObject({
    session: { id: at(first, 'session.id') },
    feature_flags: { colour: 'green' },
    view: { action: { count: 1 }, is_active: false },
  });
  expect(eventsOf(intake, 'action')).toHaveLength(1);
  expect(eventsOf(intake, 'view').filter((event) => at(event, '_dd.document_version') === 1)) //
    .toHaveLength(1);
});

test('a page without consent is not counted', async ({ page, site, intake }) => {
  site.options.trackingConsent = 'not-granted';
  site.hold('/picture.svg');
  await page.goto(site.page('picture'), { waitUntil: 'domcontentloaded' });
  await bounce(page, site);
  expect(intake.received).toEqual([]);
});
