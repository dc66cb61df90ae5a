/** What the browser has observed, and not delivered, when the page is left. */

import { at, expect, interactionOf, type Tab } from '../fixture.ts';
import type { Site } from '../site.ts';
import { compare, loaded, makeSlow, showPicture, used } from './harness.ts';

interface Holding {
  Native: typeof PerformanceObserver;
  isHolding?: boolean;
}

/** Opens a page whose observers can be made to wait for what is observed. */
async function open(tab: Tab, site: Site): Promise<void> {
  await tab.evaluateOnNewDocument(() => {
    const Native = PerformanceObserver;
    const page = Object.assign(window, { Native }) as Holding;
    class Observer extends Native {
      held: PerformanceEntry[] = [];
      constructor(deliver: PerformanceObserverCallback) {
        super((list, observer) => {
          const entries = list.getEntries();
          // The reference would take no records of these.
          const isHeld = page.isHolding && entries[0]?.entryType !== 'long-animation-frame';
          if (isHeld) (observer as Observer).held.push(...entries);
          else deliver.call(observer, list, observer);
        });
      }
      override takeRecords() {
        return [...this.held.splice(0), ...super.takeRecords()];
      }
    }
    window.PerformanceObserver = Observer;
  });
  await tab.goto(site.page('play'));
}

const hold = (tab: Tab) => tab.evaluate(() => Object.assign(window, { isHolding: true }));

/** Resolves when the browser would have delivered an entry that takes or is as much as that. */
const isObserved = (tab: Tab, type: string, least: number) =>
  tab.evaluate(
    (type, least) =>
      new Promise<void>((resolve) => {
        const { Native } = window as unknown as Holding;
        const sizeOf = (entry: PerformanceEntry) =>
          type === 'event' ? entry.duration : (Reflect.get(entry, 'size') ?? 1);
        const observer = new Native((list) => {
          if (list.getEntries().some((entry) => sizeOf(entry) >= least)) resolve();
        });
        observer.observe({ type, buffered: true });
      }),
    type,
    least,
  );

compare('pages that are left before entries are delivered', [
  {
    title: 'a slow click that is not delivered',
    views: [used()],
    open: (tab, site) => open(tab, site),
    async act(tab) {
      await tab.click('#quick');
      await interactionOf(tab, 0);
      await hold(tab);
      await makeSlow(tab, 'click', 170);
      await tab.click('#go');
      await isObserved(tab, 'event', 170);
    },
  },
  {
    title: 'a shift that is not delivered',
    views: [loaded()],
    open: (tab, site) => open(tab, site),
    async act(tab) {
      await hold(tab);
      await tab.evaluate(() => window.play.push(80));
      await isObserved(tab, 'layout-shift', 0);
    },
  },
  {
    title: 'a largest paint that is not delivered',
    views: [loaded({ LCP: 'the reference takes no records of it when the page is left' })],
    open: (tab, site) => open(tab, site),
    async act(tab) {
      await hold(tab);
      await showPicture(tab, { id: 'large', width: 900, height: 450 });
      await isObserved(tab, 'largest-contentful-paint', 300_000);
    },
    check([view]) {
      expect(at(view?.event, 'view.performance.lcp.target_selector')).toBe('#large');
    },
  },
]);
