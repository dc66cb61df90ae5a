/**
 * Interactions before the engine observes them itself. The browser's own buffer only keeps events of
 * 104 ms and more (https://w3c.github.io/event-timing/#sec-should-add-performanceeventtiming), and an
 * observer with a lower threshold is not told what was before it.
 */

import { guard } from './guard.ts';

/** ms; INP's threshold (web-vitals 6, `onINP.ts`). */
const DURATION_THRESHOLD = 40;

/** The longest are kept. */
const ENTRY_LIMIT = 200;

/** What TypeScript's DOM does not know yet. */
interface EventEntry extends PerformanceEntry {
  interactionId?: number;
}
interface EventObserverInit extends PerformanceObserverInit {
  durationThreshold: number;
}

/** Observes from now on; `entries` gets what was seen. `undefined` where there is no such observer. */
export const observeEvents = guard((entries: PerformanceEntry[]): PerformanceObserver => {
  const observer = new PerformanceObserver((list) => {
    entries.push(...list.getEntries().filter((entry) => (entry as EventEntry).interactionId));
    entries.sort((a, b) => b.duration - a.duration).splice(ENTRY_LIMIT);
  });
  observer.observe({
    type: 'event',
    durationThreshold: DURATION_THRESHOLD,
    buffered: true,
  } as EventObserverInit);
  return observer;
});
