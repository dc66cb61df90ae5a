/**
 * What the first byte waited for: `context.ferrum.ttfb` (web-vitals 6.2.3, `attribution/onTTFB`). The
 * reference's five parts, `waiting` to `request`, are one after the other and all of it; the others are
 * within them, and absent where there was none.
 */

import { navigationEntry } from './document.ts';
import { explain, ns, type Part } from './view.ts';

export const explainTtfb: Part = (event) => {
  const entry = event.view.loading_type === 'initial_load' && navigationEntry();
  if (!entry) return;
  const { activationStart = 0, workerStart, fetchStart, redirectStart } = entry;
  // Of a prerendered page, only what its visitor waited for.
  const after = (time = 0) => Math.max(0, time - activationStart);
  const between = (start: number, end: number) => ns(after(end) - after(start));
  const waited = workerStart || fetchStart;
  explain(event, 'ttfb', {
    waiting: ns(after(waited)),
    cache: between(waited, entry.domainLookupStart),
    dns: between(entry.domainLookupStart, entry.connectStart),
    connection: between(entry.connectStart, entry.connectEnd),
    request: between(entry.connectEnd, entry.responseStart),
    redirect: redirectStart ? between(redirectStart, entry.redirectEnd) : undefined,
    worker: workerStart ? between(workerStart, fetchStart) : undefined,
    early_hints: arrival(entry.firstInterimResponseStart, after),
    final_headers: arrival(entry.finalResponseHeadersStart, after),
  });
};

function arrival(time: number | undefined, after: (time: number) => number): number | undefined {
  return time ? ns(after(time)) : undefined;
}
