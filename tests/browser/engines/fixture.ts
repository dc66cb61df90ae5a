/** A tab of the browser under test, whichever it is. */

import type { Intake } from '../../../js/intake/index.ts';
import { type AnyPage, at, test as base, type Json } from '../fixture.ts';
import { make } from './engines.ts';
import type { Engine, Tab } from './tab.ts';

export const test = base.extend<{ tab: Tab }, { engine: Engine }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const engine = await make.start();
      await use(engine);
      await engine.close();
    },
    { scope: 'worker' },
  ],

  tab: async ({ engine }, use) => {
    const tab = await engine.newTab();
    await use(tab);
    await tab.close();
  },
});

/** For what is written for the pages of Playwright and Puppeteer. */
export function asPage(tab: Tab): AnyPage {
  return { evaluate: tab.evaluate, goto: tab.open } as unknown as AnyPage;
}

/**
 * Resolves when the browser has made an entry of a type that lasted so many ms, of an element with this id; at
 * once where it makes none of the type.
 */
export function entryOf(tab: Tab, type: string, { duration = 0, id = '' } = {}): Promise<void> {
  return tab.evaluate(
    (type, duration, id) =>
      new Promise<void>((resolve) => {
        if (!PerformanceObserver.supportedEntryTypes.includes(type)) return resolve();
        const isIt = (entry: PerformanceEntry & { id?: string }) =>
          entry.duration >= duration && (!id || entry.id === id);
        const observer = new PerformanceObserver((list) => {
          if (!list.getEntries().some(isIt)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe({ type, buffered: true });
      }),
    type,
    duration,
    id,
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

/**
 * Hides the tab, and resolves with its view as it was sent then: when it is hidden for the first time, or for the
 * given one. Pages are not left: WebKit keeps those for later that `no-store` keeps from others.
 */
export async function hide(tab: Tab, intake: Intake, times = 1): Promise<Json> {
  const before = new Set(intake.events('view').map(({ event }) => event));
  await tab.hide();
  const { event } = await intake.waitFor(({ event }) => {
    if (event.type !== 'view' || before.has(event)) return false;
    const states = (at(event, '_dd.page_states') ?? []) as { state: string }[];
    const hides = states.filter(({ state }) => state === 'hidden').length;
    return hides === times && states.at(-1)?.state === 'hidden';
  });
  return event;
}
