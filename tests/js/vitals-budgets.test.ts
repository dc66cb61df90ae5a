/** How good the vitals of a view are; thresholds of web-vitals 6.2.3, of FID 4.2.4. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vitals } from './vitals-fixture.ts';

const MS = 1e6;

/** Values in milliseconds, of `cls` as it is. */
function view({ lcp, fcp, inp, fid, cls, ttfb }: Record<string, number>) {
  const timed = (name: string, value: number | undefined) =>
    value === undefined ? undefined : { [name]: value * MS };
  return {
    first_byte: ttfb === undefined ? undefined : ttfb * MS,
    performance: {
      lcp: timed('timestamp', lcp),
      fcp: timed('timestamp', fcp),
      inp: timed('duration', inp),
      fid: timed('duration', fid),
      cls: cls === undefined ? undefined : { score: cls },
    },
  };
}

const rated = (values: Record<string, number>, budgets?: object) =>
  vitals({}, { budgets, trackVitalCauses: false }).context(view(values))?.ferrum;

const LIMITS: [name: string, good: number, poor: number, hasBudget?: true][] = [
  ['lcp', 2500, 4000, true],
  ['fcp', 1800, 3000],
  ['inp', 200, 500, true],
  ['cls', 0.1, 0.25, true],
  ['ttfb', 800, 1800],
  ['fid', 100, 300, true],
];

for (const [name, good, poor, hasBudget] of LIMITS) {
  test(`${name}: what is exactly at a limit belongs to the better side`, () => {
    const over = hasBudget && { over_budget: [name] };
    const step = 0.001;
    assert.deepEqual(rated({ [name]: 0 }), { ratings: { [name]: 'good' } });
    assert.deepEqual(rated({ [name]: good }), { ratings: { [name]: 'good' } });
    const middling = { ratings: { [name]: 'needs-improvement' }, ...over };
    assert.deepEqual(rated({ [name]: good + step }), middling);
    assert.deepEqual(rated({ [name]: poor }), middling);
    assert.deepEqual(rated({ [name]: poor + step }), { ratings: { [name]: 'poor' }, ...over });
  });
}

test('a view without vitals has no ratings', () => {
  assert.equal(rated({}), undefined);
});

test('those over their budgets are listed by name', () => {
  const values = { lcp: 2600, fcp: 9000, inp: 250, cls: 0.2, ttfb: 9000, fid: 120 };
  assert.deepEqual(rated(values)?.over_budget, ['cls', 'fid', 'inp', 'lcp']);
});

test('a budget that the customer gives is what is good, in place of the default', () => {
  const budgets = { lcp: 2000, cls: 0.01 };
  const { ratings, over_budget } = rated({ lcp: 2100, cls: 0.02, inp: 190 }, budgets);
  assert.deepEqual(ratings, { lcp: 'needs-improvement', cls: 'needs-improvement', inp: 'good' });
  assert.deepEqual(over_budget, ['cls', 'lcp']);
  assert.equal(rated({ lcp: 4001 }, budgets).ratings.lcp, 'poor');
});

test('within a budget above the official limits nothing is poor', () => {
  const lcp = (value: number) => rated({ lcp: value }, { lcp: 6000 });
  assert.deepEqual(lcp(6000), { ratings: { lcp: 'good' } });
  assert.deepEqual(lcp(6001), { ratings: { lcp: 'poor' }, over_budget: ['lcp'] });
});

test('what was measured of a route is rated too', () => {
  const soft = { startTime: 10, name: '/a', navigationId: 7, presentationTime: 2010 };
  const page = vitals({ entries: { 'soft-navigation': [soft] } }, { trackVitalCauses: false });
  const { ferrum } = page.context({ loading_type: 'route_change', url: '/a' }, 20);
  assert.deepEqual(ferrum, { ratings: { fcp: 'needs-improvement' } });
});
