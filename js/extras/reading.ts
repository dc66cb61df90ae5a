/**
 * Responses that are being read beside the page. Their events wait for that: the browser tells of a
 * request as soon as it has ended (browser-rum-core 7.16, `REQUEST_MATCHING_DELAY`).
 */

/** ms. The official SDK waits 50, after which it knows nothing of the request at all. */
const LIMIT = 1000;

export interface Reading {
  add(url: string, read: Promise<unknown>): void;
  /** Whether a response of this address is being read: then `run` comes later. */
  isAwaited(url: string, run: () => void): boolean;
  /** The page is left: nothing waits any longer, until the end of this task. */
  leave(): void;
}

export function createReading(
  wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
): Reading {
  const pending = new Map<string, Set<Promise<unknown>>>();
  const waiting = new Set<() => void>();
  let isLeaving = false;

  return {
    add(url, read) {
      const reads = pending.get(url) ?? new Set();
      pending.set(url, reads.add(read));
      read.then(() => {
        reads.delete(read);
        if (!reads.size && pending.get(url) === reads) pending.delete(url);
      });
    },
    isAwaited(url, run) {
      const reads = pending.get(url);
      if (!reads || isLeaving) return false;
      const once = () => {
        if (waiting.delete(once)) run();
      };
      waiting.add(once);
      Promise.race([Promise.all(reads), wait(LIMIT)]).then(once);
      return true;
    },
    leave() {
      isLeaving = true;
      for (const once of waiting) once();
      queueMicrotask(() => {
        isLeaving = false;
      });
    },
  };
}
