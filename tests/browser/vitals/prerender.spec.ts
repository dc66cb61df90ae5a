/** Pages that were loaded before their visitor asked for them: what counts is what the visitor waited for. */

import { engineIsReady, entriesOf, interactionOf, largestPaintIs, type Tab } from '../fixture.ts';
import type { Site } from '../site.ts';
import {
  type Case,
  compare,
  type ExpectedView,
  LOADED,
  loaded,
  makeSlow,
  measured,
  showPicture,
  used,
} from './harness.ts';

/** Follows the link to a page that was prepared. */
const openPrepared: Case['open'] = async (tab, site, _other, findTab) => {
  await tab.goto(site.page('speculate'));
  await site.request('/prepared');
  return follow(tab, site, findTab);
};

async function follow(tab: Tab, site: Site, findTab: (address: string) => Promise<Tab>) {
  // The tab is lost to Puppeteer before it hears of the end of its click.
  tab.click('#link').catch(() => {});
  // What is found before is lost, too.
  await site.request('/shown');
  return findTab(site.page('play'));
}

const prerendered = (view: ExpectedView): ExpectedView => ({ ...view, navigation: 'prerender' });

compare('prerendered pages', [
  {
    title: 'a page that was there before it was asked for',
    views: [prerendered(loaded())],
    open: openPrepared,
  },
  {
    title: 'a page that still loads when it is asked for',
    views: [prerendered(loaded())],
    async open(tab, site, _other, findTab) {
      const release = site.hold('/play.js');
      await tab.goto(site.page('speculate'));
      await site.request('/play.js');
      const shown = await follow(tab, site, findTab);
      release();
      await engineIsReady(shown);
      return shown;
    },
  },
  {
    title: 'a picture after a prepared page was asked for',
    views: [prerendered(loaded())],
    open: openPrepared,
    async act(tab) {
      await showPicture(tab, { id: 'large', width: 800, height: 450 });
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a shift after a prepared page was asked for',
    views: [prerendered(loaded())],
    open: openPrepared,
    async act(tab) {
      await tab.evaluate(() => window.play.push(150));
      await entriesOf(tab, 'layout-shift', 1);
    },
  },
  {
    title: 'a click on a prepared page',
    views: [prerendered(used())],
    open: openPrepared,
    async act(tab) {
      await makeSlow(tab, 'click', 150);
      await tab.click('#go');
      await interactionOf(tab, 150);
    },
  },
  {
    title: 'a prepared page that is hidden for a while',
    views: [prerendered(measured([...LOADED, 'INP']))],
    open: openPrepared,
    async act(tab, other) {
      await other.bringToFront();
      await tab.bringToFront();
      await showPicture(tab, { id: 'large', width: 800, height: 450 });
      await makeSlow(tab, 'click', 150);
      await tab.click('#go');
      await interactionOf(tab, 150);
    },
  },
]);
