/** Pages and what is done on them, in browsers of any make: tests compare their vitals, recordings keep them. */

import { engineIsReady } from '../fixture.ts';
import type { Site } from '../site.ts';
import { METRICS, type Metric } from './engines.ts';
import { asPage, entryOf, isShown, type Tab } from './tab.ts';

export interface Situation {
  title: string;
  page: string;
  /** What the reference measures where the browser can. */
  measures: readonly Metric[];
  /** How often the page is hidden before it is read. */
  hides?: number;
  open?(tab: Tab, site: Site): Promise<void>;
  act?(tab: Tab): Promise<void>;
}

const LOADED = ['LCP', 'FCP', 'TTFB', 'CLS'] as const;

export const situations: Situation[] = [
  { title: 'a text', page: 'text', measures: LOADED },
  {
    title: 'a late picture',
    page: 'picture',
    measures: LOADED,
    act: (tab) => entryOf(tab, 'largest-contentful-paint', { id: 'hero' }),
  },
  {
    title: 'a slow server behind a redirect',
    page: 'text',
    measures: LOADED,
    open: (tab, site) =>
      tab.open(`${site.url}/redirect?delay=150&to=${encodeURIComponent('/text.html?delay=200')}`),
  },
  {
    title: 'layout shifts in two windows',
    page: 'shifts',
    measures: LOADED,
    act: (tab) => entryOf(tab, 'layout-shift', { count: 3 }),
  },
  {
    title: 'a slow click after a quick one',
    page: 'clicks',
    measures: METRICS,
    async act(tab) {
      await tab.click('#quick');
      await tab.click('#slow');
      await entryOf(tab, 'event', { duration: 200 });
    },
  },
  {
    title: 'slow keys',
    page: 'clicks',
    measures: METRICS,
    async act(tab) {
      await tab.click('#field');
      await tab.press('a');
      await tab.press('b');
      await entryOf(tab, 'event', { duration: 130 });
    },
  },
  {
    title: 'a page that was hidden for a while',
    page: 'clicks',
    measures: METRICS,
    hides: 1,
    async act(tab) {
      await tab.click('#medium');
      await entryOf(tab, 'event', { duration: 128 });
      await tab.hide();
      await tab.show();
      await isShown(tab);
      await tab.click('#slow');
      await entryOf(tab, 'event', { duration: 200 });
    },
  },
  {
    title: 'a page that was loaded in the background',
    page: 'clicks',
    measures: ['TTFB', 'INP'],
    async open(tab, site) {
      await tab.hide();
      await tab.open(site.page('clicks'));
      await engineIsReady(asPage(tab));
      await tab.show();
    },
    async act(tab) {
      await tab.click('#slow');
      await entryOf(tab, 'event', { duration: 200 });
    },
  },
];

/** Resolves when all is done and shown, and the page can be read. */
export async function visit({ page, open, act }: Situation, tab: Tab, site: Site): Promise<void> {
  await (open?.(tab, site) ?? tab.open(site.page(page)));
  await engineIsReady(asPage(tab));
  await isShown(tab);
  await act?.(tab);
  await isShown(tab);
}
