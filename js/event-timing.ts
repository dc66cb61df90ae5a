/**
 * Interactions before the engine observes them itself. The browser's own buffer only keeps events of
 * 104 ms and more (https://w3c.github.io/event-timing/#sec-should-add-performanceeventtiming), and an
 * observer with a lower threshold is not told what was before it.
 */

/** ms; INP's threshold (web-vitals 6, `onINP.ts`). */
const DURATION_THRESHOLD = 40;

const ENTRY_LIMIT = 200;

/** What TypeScript's DOM does not know yet. */
interface EventEntry extends PerformanceEntry {
  interactionId?: number;
}
interface EventObserverInit extends PerformanceObserverInit {
  durationThreshold: number;
}

/** Observes from now on. The result takes what was seen, and ends it. */
export function observeEvents(): () => PerformanceEntry[] {
  const entries: PerformanceEntry[] = [];
  let observer: PerformanceObserver | undefined;
  const keep = (list: PerformanceEntryList) => {
    entries.push(...list.filter((entry) => (entry as EventEntry).interactionId));
    if (entries.length > ENTRY_LIMIT) {
      entries.sort((a, b) => b.duration - a.duration).length = ENTRY_LIMIT;
    }
  };
  if (globalThis.PerformanceObserver?.supportedEntryTypes?.includes('event')) {
    observer = new PerformanceObserver((list) => keep(list.getEntries()));
    const init: EventObserverInit = {
      type: 'event',
      durationThreshold: DURATION_THRESHOLD,
      buffered: true,
    };
    observer.observe(init);
  }
  return () => {
    if (observer) {
      keep(observer.takeRecords());
      observer.disconnect();
      observer = undefined;
    }
    return entries;
  };
}
