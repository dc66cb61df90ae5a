/** Pages in Chromium, and what is done on them, of which the chunk that completes views has something to say. */

import { comeBack, entryOf, isShown, type Tab } from '../browser/engines/tab.ts';
import type { Json } from '../browser/fixture.ts';
import type { Site } from '../browser/site.ts';

export interface ViewSituation {
  title: string;
  /** By default one that is written on. */
  page?: string;
  act(tab: Tab, site: Site): Promise<unknown>;
}

/** Has a click lead to a route, where a picture is shown. */
async function visit(tab: Tab, name: string, count: number): Promise<void> {
  await tab.evaluate((name) => {
    (document.querySelector('#go') as HTMLElement).onclick = () => {
      window.play.block(60);
      history.pushState({}, '', `/${name}`);
      const place = document.querySelector('#place') as HTMLElement;
      place.innerHTML = `<h2 id="title-${name}">The route ${name}</h2>`;
      window.play.show(`picture-${name}`, `/picture.svg?delay=120&of=${name}`, 500, 300);
    };
  }, name);
  await tab.click('#go');
  await entryOf(tab, 'soft-navigation', { count });
  await tab.evaluate(
    (id) =>
      new Promise<void>((resolve) => {
        new PerformanceObserver((list) => {
          const entries = list.getEntries() as unknown as Json[];
          const isIt = ({ largestContentfulPaint: paint }: Json) =>
            (paint as { id?: string } | undefined)?.id === id;
          if (entries.some(isIt)) resolve();
        }).observe({ type: 'interaction-contentful-paint', buffered: true });
      }),
    `picture-${name}`,
  );
}

/** Has a script of the page do so: the browser knows no others. */
async function handleSlowly(tab: Tab, type: string, handler = 'reactSlowly'): Promise<void> {
  await tab.evaluate(
    (type, handler) =>
      new Promise<void>((resolve) => {
        const script = document.createElement('script');
        script.src = '/handlers.js';
        script.onload = () => {
          document.addEventListener(type, window.handlers[handler as 'reactSlowly']);
          resolve();
        };
        document.head.append(script);
      }),
    type,
    handler,
  );
}

export const viewSituations: ViewSituation[] = [
  {
    title: 'two routes with a picture',
    async act(tab) {
      await visit(tab, 'first', 1);
      await isShown(tab);
      await visit(tab, 'second', 2);
    },
  },
  {
    title: 'a late picture',
    page: 'picture.html',
    act: (tab) => entryOf(tab, 'largest-contentful-paint', { id: 'hero' }),
  },
  {
    title: 'a slow click',
    async act(tab) {
      await handleSlowly(tab, 'click');
      await tab.click('#go');
      await entryOf(tab, 'event', { duration: 104 });
    },
  },
  {
    title: 'a slow key',
    async act(tab) {
      await tab.click('#field');
      await handleSlowly(tab, 'keydown', 'forceLayout');
      await tab.press('a');
      await entryOf(tab, 'event', { duration: 104 });
    },
  },
  {
    title: 'shifts',
    async act(tab) {
      for (const [index, height] of [40, 160, 20].entries()) {
        await tab.evaluate((height) => window.play.push(height), height);
        await entryOf(tab, 'layout-shift', { count: index + 1 });
      }
    },
  },
  {
    title: 'a page that came back',
    page: 'play.html?restorable',
    async act(tab, site) {
      await comeBack(tab, site.page('empty'));
      await handleSlowly(tab, 'click');
      await tab.click('#go');
      await entryOf(tab, 'event', { duration: 104 });
    },
  },
];
