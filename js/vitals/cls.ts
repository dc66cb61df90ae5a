/**
 * Why things moved: `context.ferrum.cls`, of the `layout-shift` entry that was the largest one (web-vitals 6.2.3,
 * `attribution/onCLS`). Absent where nothing moved without input, and where the browser has no such
 * entries.
 *
 * - `largest_shift`: its value, which has no unit; absent of an entry that is forgotten
 * - `load_state`: how far the document was then (`document.ts`)
 */

import { loadStateAt } from './document.ts';
import type { Observe } from './observe.ts';
import { explain, type Part, timeOf } from './view.ts';

/** A page that moves things in every frame has as many in 16 s. */
const LIMIT = 1000;

/** Which shift was the largest the engine knows. */
export function explainCls(observe: Observe): Part {
  const shifts = observe('layout-shift', LIMIT, ({ startTime, value, hadRecentInput }) =>
    hadRecentInput ? undefined : { startTime, value: value as number },
  );
  return (event, view) => {
    const { timestamp } = event.view.performance?.cls ?? {};
    if (timestamp === undefined) return;
    const time = timeOf(view, timestamp);
    const shift = shifts.at(time);
    explain(event, 'cls', {
      // With four decimals, as the score.
      largest_shift: shift && Math.round(shift.value * 1e4) / 1e4,
      load_state: loadStateAt(time),
    });
  };
}
