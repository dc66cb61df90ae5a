/**
 * What the browser tells before the engine observes it itself, and does not keep for later: of
 * interactions only those of 104 ms and more (https://w3c.github.io/event-timing/#sec-should-add-performanceeventtiming),
 * and an observer with a lower threshold is not told what was before it; of resources the first 250
 * (https://w3c.github.io/resource-timing/#dfn-resource-timing-buffer-size-limit).
 */

import { guard } from './guard.ts';

/** ms; INP's threshold (web-vitals 6, `onINP.ts`). */
const DURATION_THRESHOLD = 40;

/** The first are kept: of interactions the browser still has the long ones. */
const LIMIT = 1000;

/** What TypeScript's DOM does not know yet. */
interface EventObserverInit extends PerformanceObserverInit {
  durationThreshold: number;
}

/** Observes from now on; `entries` gets what was seen. `undefined` where there is no such observer. */
export const observeEntries = guard((entries: PerformanceEntry[]): PerformanceObserver => {
  const observer = new PerformanceObserver((list) => {
    entries.push(...list.getEntries());
    entries.splice(LIMIT);
  });
  for (const type of ['event', 'resource']) {
    observer.observe({
      type,
      durationThreshold: DURATION_THRESHOLD,
      buffered: true,
    } as EventObserverInit);
  }
  return observer;
});
