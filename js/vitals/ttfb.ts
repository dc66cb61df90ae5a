/**
 * What the first byte waited for: `context.ferrum.ttfb`, of the `navigation` entry (web-vitals 6.2.3,
 * `attribution/onTTFB`). Nanoseconds. Absent of routes and of pages that came back, which had no request, and where the
 * browser gives zeros or times to come.
 *
 * - `waiting`, `cache`, `dns`, `connection`, `request`: one after the other and all of it, as the reference has them
 * - `redirect`, `worker`: within the first two; absent where there was none
 * - `early_hints`, `final_headers`: when they came, after the page was asked for; absent where there were none, or the
 *   browser does not tell
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
