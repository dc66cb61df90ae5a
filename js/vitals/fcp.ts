/** When the first paint came: `context.ferrum.fcp` (web-vitals 6.2.3, `attribution/onFCP`). */

import { loadStateAt, navigationEntry } from './document.ts';
import { explain, ns, type Part, timeOf } from './view.ts';

/** A page that is restored has its first byte already, one that was prerendered perhaps. */
export const explainFcp: Part = (event, view) => {
  const { loading_type: type, performance } = event.view;
  const paint = performance?.fcp?.timestamp;
  if (paint === undefined) return;
  if (type === 'bf_cache') {
    explain(event, 'fcp', { load_state: loadStateAt(view.start), first_byte_to_paint: paint });
  } else if (type === 'initial_load') {
    const entry = navigationEntry();
    const time = timeOf(view, paint);
    explain(event, 'fcp', {
      load_state: loadStateAt(time),
      first_byte_to_paint:
        entry && ns(time - Math.max(entry.responseStart, entry.activationStart ?? 0)),
    });
  }
};
