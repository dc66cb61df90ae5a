/** Pages that come back from each browser's back/forward cache: the vitals of the view that begins then. */

import { engineIsReady, expect, type Json } from '../fixture.ts';
import type { Site } from '../site.ts';
import { compareView, type TheirView, tell } from '../vitals/compare.ts';
import { restored } from '../vitals/harness.ts';
import { METRICS, make } from './engines.ts';
import { hide, test } from './fixture.ts';
import { asPage, comeBack, entryOf, isShown, type Tab, viewsAreCompleted } from './tab.ts';

async function openRestorable(tab: Tab, site: Site): Promise<void> {
  site.reference = 'view-reference';
  await tab.open(`${site.page('clicks')}?restorable`);
  await engineIsReady(asPage(tab));
  await viewsAreCompleted(tab, site);
}

interface Report {
  isLeft: boolean;
  origin: number;
  views: TheirView[];
}

/** When the page was hidden after it had come back. */
async function lastReport({ reports }: Site): Promise<Report> {
  const find = () => reports.find(({ isLeft }) => !isLeft);
  await expect.poll(find).toBeTruthy();
  return find() as unknown as Report;
}

function isSameElement(tab: Tab, ours: string, theirs: string): Promise<boolean> {
  return tab.evaluate(
    (ours, theirs) => document.querySelector(ours) === document.querySelector(theirs),
    ours,
    theirs,
  );
}

test.describe(`in ${make.name}`, () => {
  test('a page that comes back is a view with the vitals that web-vitals measures then', async ({
    tab,
    site,
    intake,
  }) => {
    await openRestorable(tab, site);
    await comeBack(tab, site.page('empty'));
    const restores = await tab.evaluate(() => performance.getEntriesByName('restored').length);
    expect(restores, 'restores (pageshow.persisted)').toBe(1);
    await tab.click('#slow');
    await entryOf(tab, 'event', { duration: 200 });
    await isShown(tab);
    const event: Json = await hide(tab, intake);
    expect(event).toMatchObject({ view: { loading_type: 'bf_cache' } });
    const { origin, views } = await lastReport(site);
    const theirs = views.find(({ type }) => type === 'back-forward-cache') as TheirView;
    const measured = METRICS.filter((metric) => theirs.metrics[metric]);
    expect(measured).toEqual(METRICS.filter((metric) => !make.lacks.includes(metric)));
    const cells = await compareView({
      event,
      theirs,
      origin,
      differs: restored([]).differs ?? {},
      isSameElement: (a, b) => isSameElement(tab, a, b),
    });
    const different = cells.filter(({ verdict }) => verdict === 'different');
    expect(different.map(tell)).toEqual([]);
    const values = cells.filter(({ field, metric }) => field === metric && metric !== 'TTFB');
    const equal = values.filter(({ verdict }) => verdict === 'equal');
    expect(equal.map(({ metric }) => metric)).toEqual(measured.filter((name) => name !== 'TTFB'));
  });
});
