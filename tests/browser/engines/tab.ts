/** A browser of whatever make, as far as all of them can be steered. */

import type { AnyPage } from '../fixture.ts';
import type { Site } from '../site.ts';

export interface Engine {
  /** A tab that is seen. */
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Tab {
  /** Resolves when the page has been loaded. */
  open(url: string): Promise<void>;
  /** Resolves when the page before is shown. */
  back(): Promise<void>;
  /** Presses where the element is, as a user does. */
  click(selector: string): Promise<void>;
  /** A key that makes a character. */
  press(key: string): Promise<void>;
  /** Runs a function of its own in the page, which knows nothing but its arguments; waits for what it promises. */
  evaluate<Args extends unknown[], T>(
    work: (...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** By showing another tab, or as a window that is made an icon. */
  hide(): Promise<void>;
  show(): Promise<void>;
  close(): Promise<void>;
}

/** As an expression that promises what the function does. `tsx` has functions call `__name`. */
export function expression(work: (...args: never[]) => unknown, args: unknown[]): string {
  return `(async () => {
    const __name = (target) => target;
    return (${work})(${args.map((arg) => JSON.stringify(arg)).join()});
  })()`;
}

/**
 * Resolves when the browser has made so many entries of a type that lasted so many ms, of an element with
 * this id; at once where it makes none of the type.
 */
export function entryOf(
  tab: Tab,
  type: string,
  { duration = 0, id = '', count = 1 } = {},
): Promise<void> {
  return tab.evaluate(
    (type, duration, id, count) =>
      new Promise<void>((resolve) => {
        if (!PerformanceObserver.supportedEntryTypes.includes(type)) return resolve();
        const isIt = (entry: PerformanceEntry & { id?: string }) =>
          entry.duration >= duration && (!id || entry.id === id);
        let seen = 0;
        const observer = new PerformanceObserver((list) => {
          seen += list.getEntries().filter(isIt).length;
          if (seen < count) return;
          observer.disconnect();
          resolve();
        });
        observer.observe({ type, buffered: true });
      }),
    type,
    duration,
    id,
    count,
  );
}

/** Resolves when the page has been shown as it is now. */
export function isShown(tab: Tab): Promise<void> {
  return tab.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve)));
      }),
  );
}

/** When the page made the mark, on everybody's clock; resolves when it has. */
export function timeOf(tab: Tab, name: string): Promise<number> {
  return tab.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        new PerformanceObserver(() => {
          const [mark] = performance.getEntriesByName(name);
          if (mark) resolve(performance.timeOrigin + mark.startTime);
        }).observe({ type: 'mark', buffered: true });
      }),
    name,
  );
}

/** Resolves when the chunk that completes views has run. */
export async function viewsAreCompleted(tab: Tab, site: Site): Promise<void> {
  await site.request('/cdn/ferrum-vitals.js');
  await tab.evaluate(async (path) => void (await import(path)), '/cdn/ferrum-vitals.js');
  await isShown(tab);
}

/** For what is written for the pages of Playwright and Puppeteer. */
export function asPage(tab: Tab): AnyPage {
  return { evaluate: tab.evaluate, goto: tab.open } as unknown as AnyPage;
}

/** Leaves the page for another one, and goes back to it. Resolves when it has been shown again, if the browser kept it. */
export async function comeBack(tab: Tab, other: string): Promise<void> {
  // Its listener is the last one.
  await tab.evaluate(() => {
    const mark = () => performance.mark('shown');
    const afterFrame = () => requestAnimationFrame(() => requestAnimationFrame(mark));
    addEventListener('pageshow', afterFrame, { once: true });
  });
  await tab.open(other);
  await tab.back();
  await timeOf(tab, 'shown');
}
