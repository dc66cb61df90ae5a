/**
 * How good the vitals of a view are. `context.ferrum.ratings`: `good`, `needs-improvement` or `poor` for each
 * of `lcp`, `cls`, `inp`, `fcp`, `ttfb` and `fid` that the view has, as of now: later ones may be worse.
 * `context.ferrum.over_budget`: the names of those over the budget, sorted; absent where there is none. From the
 * values of the event itself.
 */

import { explain, type Part, type ViewEvent } from './view.ts';

/** Milliseconds; `cls` has no unit. */
export type Budgets = Partial<Record<BudgetName, number>>;

type BudgetName = 'lcp' | 'fid' | 'cls' | 'inp';
type VitalName = BudgetName | 'fcp' | 'ttfb';

/** What is worse than the first is not good, than the second poor (web-vitals 6.2.3, 4.2.4 for FID). */
const THRESHOLDS: Record<VitalName, [good: number, poor: number]> = {
  cls: [0.1, 0.25],
  fcp: [1800, 3000],
  fid: [100, 300],
  inp: [200, 500],
  lcp: [2500, 4000],
  ttfb: [800, 1800],
};

/** The options; the other vitals are rated only. */
export const BUDGETS: BudgetName[] = ['lcp', 'fid', 'cls', 'inp'];

/**
 * A customer's budget is what is good to that customer; what is poor stays so, unless it is within the
 * budget.
 */
export function rateVitals(given: Budgets = {}): Part {
  return (event) => {
    const ratings: Record<string, string> = {};
    const over: string[] = [];
    for (const [name, value] of Object.entries(valuesOf(event))) {
      if (value === undefined) continue;
      const [official, poor] = THRESHOLDS[name as VitalName];
      const good = given[name as BudgetName] ?? official;
      ratings[name] = rate(value, good, poor);
      if (value > good && BUDGETS.includes(name as BudgetName)) over.push(name);
    }
    explain(event, 'ratings', ratings);
    explain(event, 'over_budget', over);
  };
}

function rate(value: number, good: number, poor: number): string {
  if (value <= good) return 'good';
  return value <= poor ? 'needs-improvement' : 'poor';
}

/** In alphabetical order. */
function valuesOf({ view }: ViewEvent): Record<VitalName, number | undefined> {
  const { cls, fcp, fid, inp, lcp } = view.performance ?? {};
  return {
    cls: cls?.score,
    fcp: ms(fcp?.timestamp),
    fid: ms(fid?.duration),
    inp: ms(inp?.duration),
    lcp: ms(lcp?.timestamp),
    ttfb: ms(view.first_byte),
  };
}

function ms(span: number | undefined): number | undefined {
  return span === undefined ? undefined : span / 1e6;
}
