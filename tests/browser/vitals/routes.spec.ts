/** Routes of a page: soft navigations to the reference. */

import { entriesOf, interactionOf, pageIsIdle, type Tab } from '../fixture.ts';
import { compare, type ExpectedView, loaded, route, used } from './harness.ts';

const painted = (tab: Tab, count: number) => entriesOf(tab, 'soft-navigation', count);

/** A click that leads to another route, and paints it. */
async function visit(tab: Tab, name: string): Promise<void> {
  await tab.evaluate((name) => {
    const go = document.querySelector('#go') as HTMLElement;
    go.onclick = () => {
      window.play.block(90);
      window.play.visit(`/${name}`, `The route ${name}`);
    };
  }, name);
  await tab.click('#go');
}

const OURS: ExpectedView = {
  type: 'route_change',
  measures: [],
  isOurs: 'a route is one to Datadog whatever the visitor did, and sees of it',
  differs: { CLS: 'the reference counts it to the page before' },
};

const THEIRS: ExpectedView = {
  type: 'route_change',
  measures: ['LCP', 'FCP', 'TTFB', 'CLS'],
  isTheirs: 'a new query is no route to Datadog: the view goes on',
  differs: {
    LCP: 'a part of the view that goes on',
    FCP: 'a part of the view that goes on',
    TTFB: 'a part of the view that goes on',
    CLS: 'counted to the view that goes on',
  },
};

compare('routes', [
  {
    title: 'a route',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await visit(tab, 'first');
      await painted(tab, 1);
    },
  },
  {
    title: 'two routes',
    views: [used(), route(['CLS', 'INP']), route(['CLS'])],
    async act(tab) {
      await visit(tab, 'first');
      await painted(tab, 1);
      await pageIsIdle(tab);
      await visit(tab, 'second');
      await painted(tab, 2);
    },
  },
  {
    title: 'a route whose address comes after it is painted',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go') as HTMLElement;
        go.onclick = () => {
          (document.querySelector('#place') as HTMLElement).innerHTML = '<h2>Painted first</h2>';
          const isPainted = () => setTimeout(() => history.pushState({}, '', '/later'));
          requestAnimationFrame(() => requestAnimationFrame(isPainted));
        };
      });
      await tab.click('#go');
      await painted(tab, 1);
    },
  },
  {
    title: 'a route that replaces the page',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go') as HTMLElement;
        go.onclick = () => {
          history.replaceState({}, '', '/instead');
          (document.querySelector('#place') as HTMLElement).innerHTML = '<h2>Instead of it</h2>';
        };
      });
      await tab.click('#go');
      await painted(tab, 1);
    },
  },
  {
    title: 'a click on the new route',
    views: [used(), route(['CLS', 'INP'])],
    async act(tab) {
      await visit(tab, 'first');
      await painted(tab, 1);
      await pageIsIdle(tab);
      await tab.evaluate(() => {
        const quick = document.querySelector('#quick') as HTMLElement;
        quick.onclick = () => window.play.block(210);
      });
      await tab.click('#quick');
      await interactionOf(tab, 210);
    },
  },
  {
    title: 'a shift on the new route',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await visit(tab, 'first');
      await painted(tab, 1);
      await pageIsIdle(tab);
      await tab.evaluate(() => setTimeout(window.play.push, 600, 140));
      await shiftWithoutInput(tab);
    },
  },
  {
    title: 'shifts on both routes',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await tab.evaluate(() => window.play.push(70));
      await shiftWithoutInput(tab);
      await visit(tab, 'first');
      await painted(tab, 1);
      await tab.evaluate(() => setTimeout(window.play.push, 600, 140));
      await tab.waitForFunction(() => document.querySelectorAll('#top div').length === 2);
    },
  },
  {
    title: 'a slow picture on the new route',
    views: [used(), route(['CLS'])],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go') as HTMLElement;
        go.onclick = () => {
          window.play.visit('/picture', 'A picture');
          const address = '/picture.svg?width=700&height=400&delay=200';
          window.play.show('large', address, 700, 400);
        };
      });
      await tab.click('#go');
      await painted(tab, 1);
      await tab.waitForFunction(() => document.querySelector<HTMLImageElement>('#large')?.complete);
    },
  },
  {
    title: 'a way back to the page',
    views: [used(), route(['CLS', 'INP']), route(['CLS'])],
    async act(tab) {
      await tab.evaluate(() => {
        addEventListener('popstate', () => {
          (document.querySelector('#place') as HTMLElement).innerHTML = '<h2>Back</h2>';
        });
        const quick = document.querySelector('#quick') as HTMLElement;
        quick.onclick = () => {
          window.play.block(80);
          history.back();
        };
      });
      await visit(tab, 'first');
      await painted(tab, 1);
      await pageIsIdle(tab);
      await tab.click('#quick');
      await painted(tab, 2);
    },
  },
  {
    title: 'a new address that nobody asked for',
    views: [loaded(), OURS],
    async act(tab) {
      await tab.evaluate(() => window.play.visit('/by-itself', 'By itself'));
    },
  },
  {
    title: 'a new address without anything new to see',
    views: [used(), OURS],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go') as HTMLElement;
        go.onclick = () => history.pushState({}, '', '/unseen');
      });
      await tab.click('#go');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'a new query',
    views: [used(), THEIRS],
    async act(tab) {
      await visit(tab, 'play.html?query');
      await painted(tab, 1);
    },
  },
]);

/** Resolves when something has moved that no input excuses. */
function shiftWithoutInput(tab: Tab): Promise<void> {
  return tab.evaluate(
    () =>
      new Promise<void>((resolve) => {
        new PerformanceObserver((list, observer) => {
          const entries = list.getEntries() as (PerformanceEntry & { hadRecentInput: boolean })[];
          if (entries.every(({ hadRecentInput }) => hadRecentInput)) return;
          observer.disconnect();
          resolve();
        }).observe({ type: 'layout-shift', buffered: true });
      }),
  );
}
