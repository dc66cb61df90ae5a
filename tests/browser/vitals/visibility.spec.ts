/** What a page that is not seen measures. */

import { engineIsReady, entriesOf, interactionOf, largestPaintIs, pageIsIdle } from '../fixture.ts';
import { compare, loaded, measured, openHidden, showPicture, used } from './harness.ts';

compare('visibility', [
  {
    title: 'a page that was loaded in the background',
    page: 'picture',
    views: [measured(['TTFB', 'INP'])],
    open: (tab, site, other) => openHidden(tab, other, site.page('picture')),
    async act(tab) {
      await tab.click('#hero');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'a page that was loaded in the background, and moves',
    views: [measured(['TTFB'])],
    open: (tab, site, other) => openHidden(tab, other, site.page('play')),
    async act(tab) {
      await pageIsIdle(tab);
      await tab.evaluate(() => window.play.push(150));
      await entriesOf(tab, 'layout-shift', 1);
    },
  },
  {
    title: 'a page that was hidden before Ferrum came',
    page: 'clicks',
    views: [measured(['TTFB', 'INP'])],
    async open(tab, site, other) {
      await other.bringToFront();
      const release = site.hold('/cdn/ferrum.js');
      const opened = tab.goto(site.page('clicks'));
      await site.request('/cdn/ferrum.js');
      await tab.bringToFront();
      release();
      await opened;
    },
    async act(tab) {
      await tab.click('#quick');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'a page that was hidden before its first paint',
    views: [measured(['TTFB'])],
    async open(tab, site, other) {
      const release = site.hold('/blocking.css');
      site.answer('/blocking.css', { type: 'text/css', body: 'h1 { color: teal }' });
      const opened = tab.goto(site.page('blocked'));
      await site.request('/blocking.css');
      await other.bringToFront();
      await tab.bringToFront();
      release();
      await opened;
      await engineIsReady(tab);
      await entriesOf(tab, 'paint', 1);
    },
  },
  {
    title: 'a page that was hidden between two pictures',
    views: [loaded()],
    async act(tab, other) {
      await showPicture(tab, { id: 'small', width: 500, height: 300 });
      await largestPaintIs(tab, 'small');
      await other.bringToFront();
      await tab.bringToFront();
      await showPicture(tab, { id: 'large', width: 900, height: 500 });
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a page that was hidden for a while',
    page: 'clicks',
    views: [used()],
    async act(tab, other) {
      await tab.click('#medium');
      await interactionOf(tab, 128);
      await pageIsIdle(tab);
      await other.bringToFront();
      await tab.bringToFront();
      await tab.click('#slow');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a page that was hidden twice, and moves in between',
    views: [loaded()],
    async act(tab, other) {
      for (const height of [60, 100]) {
        await other.bringToFront();
        await tab.bringToFront();
        await pageIsIdle(tab);
        await tab.evaluate((height) => window.play.push(height), height);
        await entriesOf(tab, 'layout-shift', height === 60 ? 1 : 2);
      }
    },
  },
  {
    title: 'a page that the browser had thrown away',
    views: [{ ...loaded(), navigation: 'restore' }],
    async open(tab, site) {
      await tab.evaluateOnNewDocument(() => {
        Object.defineProperty(document, 'wasDiscarded', { value: true });
      });
      await tab.goto(site.page('play'));
    },
  },
]);
