/**
 * The vitals of each browser against Google's reference implementation on the same load of the same page. What a
 * browser does not measure is absent in both.
 */

import { at, expect } from '../fixture.ts';
import { METRICS, type Metric, make, NEEDS } from './engines.ts';
import { hide, test } from './fixture.ts';
import { situations, visit } from './situations.ts';

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

test.describe(`in ${make.name}${without()} the vitals are those of web-vitals`, () => {
  for (const situation of situations) {
    const { title, measures, hides = 0 } = situation;
    test(`for ${title}`, async ({ tab, site, intake }) => {
      await visit(situation, tab, site);
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
