/**
 * The vitals of each browser against Google's reference implementation on the same load of the same page. What a
 * browser does not measure is absent in both.
 */

import { at, engineIsReady, expect } from '../fixture.ts';
import type { Site } from '../site.ts';
import { METRICS, type Metric, make, NEEDS } from './engines.ts';
import { asPage, entryOf, hide, isShown, test } from './fixture.ts';
import type { Tab } from './tab.ts';

/** Where our events have it, what 1 ms of it is there, and by how much the two may differ (ms, but for CLS). */
const FIELDS: Record<Metric, { path: string; unit: number; tolerance: number }> = {
  LCP: { path: 'view.performance.lcp.timestamp', unit: 1e6, tolerance: 1 },
  FCP: { path: 'view.performance.fcp.timestamp', unit: 1e6, tolerance: 1 },
  TTFB: { path: 'view.first_byte', unit: 1e6, tolerance: 1 },
  CLS: { path: 'view.performance.cls.score', unit: 1, tolerance: 0.0001 },
  INP: { path: 'view.performance.inp.duration', unit: 1e6, tolerance: 8 },
  FID: { path: 'view.performance.fid.duration', unit: 1e6, tolerance: 1 },
};

type Values = Partial<Record<Metric, number>>;

interface Situation {
  title: string;
  page: string;
  /** What the reference measures where the browser can. */
  measures: readonly Metric[];
  /** How often the page is hidden before it is read. */
  hides?: number;
  open?(tab: Tab, site: Site): Promise<void>;
  act?(tab: Tab): Promise<void>;
}

const LOADED = ['LCP', 'FCP', 'TTFB', 'CLS'] as const;

const situations: Situation[] = [
  { title: 'a text', page: 'text', measures: LOADED },
  {
    title: 'a late picture',
    page: 'picture',
    measures: LOADED,
    act: (tab) => entryOf(tab, 'largest-contentful-paint', { id: 'hero' }),
  },
  {
    title: 'a slow server behind a redirect',
    page: 'text',
    measures: LOADED,
    open: (tab, site) =>
      tab.open(`${site.url}/redirect?delay=150&to=${encodeURIComponent('/text.html?delay=200')}`),
  },
  {
    title: 'a slow click after a quick one',
    page: 'clicks',
    measures: METRICS,
    async act(tab) {
      await tab.click('#quick');
      await tab.click('#slow');
      await entryOf(tab, 'event', { duration: 200 });
    },
  },
  {
    title: 'slow keys',
    page: 'clicks',
    measures: METRICS,
    async act(tab) {
      await tab.click('#field');
      await tab.press('a');
      await tab.press('b');
      await entryOf(tab, 'event', { duration: 130 });
    },
  },
  {
    title: 'a page that was hidden for a while',
    page: 'clicks',
    measures: METRICS,
    hides: 1,
    async act(tab) {
      await tab.click('#medium');
      await entryOf(tab, 'event', { duration: 128 });
      await tab.hide();
      await tab.show();
      await isShown(tab);
      await tab.click('#slow');
      await entryOf(tab, 'event', { duration: 200 });
    },
  },
];

test.describe(`in ${make.name}${without()} the vitals are those of web-vitals`, () => {
  for (const { title, page, measures, hides = 0, open, act } of situations) {
    test(`for ${title}`, async ({ tab, site, intake }) => {
      await (open?.(tab, site) ?? tab.open(site.page(page)));
      await engineIsReady(asPage(tab));
      await isShown(tab);
      await act?.(tab);
      await isShown(tab);
      const view = await hide(tab, intake, hides + 1);
      await expect.poll(() => site.reports.length).toBe(hides + 1);
      const expected = site.reports.at(-1) as Values;
      const measured = METRICS.filter((name) => expected[name] !== undefined);
      expect(measured).toEqual(
        METRICS.filter((name) => measures.includes(name) && !make.lacks.includes(name)),
      );
      for (const name of METRICS) expectSame(name, view, expected[name]);
    });
  }

  test('and it has no other entries', async ({ tab }) => {
    const types = await tab.evaluate(() => PerformanceObserver.supportedEntryTypes);
    expect(METRICS.filter((name) => !types.includes(NEEDS[name]))).toEqual(make.lacks);
  });
});

/** Says why some are missing. */
function without(): string {
  const entries = make.lacks.map((name) => NEEDS[name]).join(', ');
  return entries && ` (no ${make.lacks.join(', ')}: it has no ${entries} entries)`;
}

function expectSame(name: Metric, view: object, expected: number | undefined): void {
  const { path, unit, tolerance } = FIELDS[name];
  const value = at(view, path) as number | undefined;
  const actual = value === undefined ? undefined : value / unit;
  const message = `${name}: ${actual} for the reference's ${expected}`;
  if (expected === undefined) expect(actual, message).toBeUndefined();
  else expect(Math.abs((actual ?? Number.NaN) - expected), message).toBeLessThanOrEqual(tolerance);
}
