/**
 * When the first paint came: `context.ferrum.fcp` (web-vitals 6.2.3, `attribution/onFCP`), absent where there
 * was none. `load_state`: how far the document was, of a route when the view began, for which the reference says
 * `complete` even when it is not; `first_byte_to_paint`, in nanoseconds, absent where the navigation has no
 * sensible times.
 */

import { loadStateAt, navigationEntry } from './document.ts';
import { explain, ns, type Part, timeOf } from './view.ts';

/** Restored pages and routes have their first byte already, prerendered pages perhaps. */
export const explainFcp: Part = (event, view) => {
  const { loading_type: type, performance } = event.view;
  const paint = performance?.fcp?.timestamp;
  if (paint === undefined) return;
  if (type !== 'initial_load') {
    explain(event, 'fcp', { load_state: loadStateAt(view.start), first_byte_to_paint: paint });
  } else {
    const entry = navigationEntry();
    const time = timeOf(view, paint);
    explain(event, 'fcp', {
      load_state: loadStateAt(time),
      first_byte_to_paint:
        entry && ns(time - Math.max(entry.responseStart, entry.activationStart ?? 0)),
    });
  }
};
