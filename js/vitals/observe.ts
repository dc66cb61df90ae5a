/** Performance entries, those of before included, which are found again by their start. */

import type { AnyEntry } from '../page/entries.ts';
import type { Listening } from '../page/listen.ts';

/** ms: less than any two entries are apart, more than nanoseconds of the engine are rounded by. */
const SAME = 0.001;

/** What is kept of entries. */
export interface Kept<T> {
  /** In the order in which they came. */
  all: T[];
  /** The last one that started then. */
  at(time: number): T | undefined;
}

/**
 * Keeps what `read` takes of the last `limit` entries of a type: numbers rather than nodes, which would
 * outlive their document. Nothing where the browser has no such entries.
 */
export type Observe = <T extends { startTime: number }>(
  type: string,
  limit: number,
  read: (entry: AnyEntry) => T | undefined,
  options?: object,
) => Kept<T>;

type Safely = <A extends unknown[]>(run: (...args: A) => void) => (...args: A) => void;

/** `takeRecords` looks at what the browser has not delivered yet. */
export function createObserve({ undo }: Pick<Listening, 'undo'>, safely: Safely) {
  const deliveries: (() => void)[] = [];

  const observe: Observe = (type, limit, read, options) => {
    const all: NonNullable<ReturnType<typeof read>>[] = [];
    const take = safely((entries: AnyEntry[]) => {
      for (const entry of entries) {
        const kept = read(entry);
        if (kept) all.push(kept);
      }
      all.splice(0, all.length - limit);
    });
    if (PerformanceObserver.supportedEntryTypes.includes(type)) {
      const observer = new PerformanceObserver((list) => take(list.getEntries()));
      observer.observe({ type, buffered: true, ...options });
      const deliver = () => take(observer.takeRecords());
      deliveries.push(deliver);
      undo(() => {
        deliver();
        observer.disconnect();
      });
    }
    return {
      all,
      at: (time) => all.filter(({ startTime }) => Math.abs(startTime - time) < SAME).pop(),
    };
  };

  const takeRecords = () => {
    for (const deliver of deliveries) deliver();
  };
  return { observe, takeRecords };
}
