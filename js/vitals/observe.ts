/** Performance entries, those of before included, which are found again by their start. */

import type { AnyEntry } from '../page/entries.ts';
import type { Listening } from '../page/listen.ts';

/** ms: less than any two entries are apart, more than nanoseconds of the engine are rounded by. */
export const SAME = 0.001;

/** Whether two times are of the same entry: the engine rounds them to nanoseconds. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) < SAME;
}

/** ms, of events: shorter ones explain nothing; as the engine observes. */
const THRESHOLD = 40;

/** What is kept of entries. */
export interface Kept<T> {
  /** In the order in which they came. */
  all: T[];
  /** The last one that started then. */
  at(time: number): T | undefined;
}

/** Takes the entries of a type one by one. Nothing comes where the browser has no such entries. */
export type ListenTo = (type: string, take: (entry: AnyEntry) => void) => void;

/**
 * Keeps what `read` takes of the last `limit` entries of a type: numbers rather than nodes, which would
 * outlive their document.
 */
export type Observe = <T extends { startTime: number }>(
  type: string,
  limit: number,
  read: (entry: AnyEntry) => T | undefined,
) => Kept<T>;

type Safely = <A extends unknown[]>(run: (...args: A) => void) => (...args: A) => void;

/** `takeRecords` looks at what the browser has not delivered yet. */
export function createObserve({ undo }: Pick<Listening, 'undo'>, safely: Safely) {
  const deliveries: (() => void)[] = [];

  const listenTo: ListenTo = (type, take) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    const takeAll = (entries: AnyEntry[]) => entries.forEach(safely(take));
    const observer = new PerformanceObserver((list) => takeAll(list.getEntries()));
    const options: object = { type, buffered: true, durationThreshold: THRESHOLD };
    observer.observe(options);
    const deliver = () => takeAll(observer.takeRecords());
    deliveries.push(deliver);
    undo(() => {
      deliver();
      observer.disconnect();
    });
  };

  const observe: Observe = (type, limit, read) => {
    const all: NonNullable<ReturnType<typeof read>>[] = [];
    listenTo(type, (entry) => {
      const kept = read(entry);
      if (kept) all.push(kept);
      all.splice(0, all.length - limit);
    });
    return {
      all,
      at: (time) => all.filter(({ startTime }) => isSame(startTime, time)).pop(),
    };
  };

  const takeRecords = () => {
    for (const deliver of deliveries) deliver();
  };
  return { listenTo, observe, takeRecords };
}
