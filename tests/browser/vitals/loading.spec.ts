/** What is painted while a page loads. */

import { at, entriesOf, expect, largestPaintIs, pageIsIdle, type Tab } from '../fixture.ts';
import { compare, loaded, measured, showPicture } from './harness.ts';

const LARGE = { id: 'large', width: 800, height: 450 };

const pictureIsThere = (tab: Tab) =>
  tab.waitForFunction(() => document.querySelector<HTMLImageElement>('#large')?.complete);

compare('loading', [
  {
    title: 'a text is the largest thing',
    page: 'text',
    views: [loaded()],
  },
  {
    title: 'a late picture is the largest thing',
    page: 'picture',
    views: [loaded()],
    act: (tab) => largestPaintIs(tab, 'hero'),
  },
  {
    title: 'a slow server behind a redirect',
    page: 'text',
    views: [loaded()],
    open: (tab, site) =>
      tab.goto(`${site.url}/redirect?delay=150&to=${encodeURIComponent('/text.html?delay=200')}`),
  },
  {
    title: 'a service worker that gets the page',
    page: 'text',
    views: [loaded()],
    async open(tab, site) {
      // Of all else it keeps out: beacons that wait for a worker when the page ends are lost.
      const body = `
        oninstall = (event) =>
          event.addRoutes({ condition: { not: { requestMode: 'navigate' } }, source: 'network' });
        onactivate = (event) => event.waitUntil(clients.claim());
        onfetch = (event) => event.respondWith(fetch(event.request));`;
      site.answer('/worker.js', { type: 'text/javascript', body });
      await tab.goto(`${site.url}/worker.js`);
      await tab.evaluate(async () => {
        const { serviceWorker } = navigator;
        await serviceWorker.register('/worker.js');
        const isControlled = () => serviceWorker.controller !== null;
        if (!isControlled()) {
          await new Promise((resolve) => {
            serviceWorker.addEventListener('controllerchange', resolve, { once: true });
            if (isControlled()) resolve(undefined);
          });
        }
      });
      return tab.goto(`${site.page('text')}?delay=100`);
    },
    check([view]) {
      expect(at(view?.event, 'context.ferrum.ttfb.worker')).toEqual(expect.any(Number));
    },
  },
  {
    title: 'early hints long before the page',
    views: [loaded()],
    open: (tab, site) => tab.goto(`${site.page('play')}?hints=200`),
  },
  {
    title: 'early hints behind a redirect',
    views: [loaded()],
    open: (tab, site) =>
      tab.goto(`${site.url}/redirect?delay=50&to=${encodeURIComponent('/play.html?hints=150')}`),
  },
  {
    title: 'a picture instead of a smaller one',
    views: [loaded()],
    async act(tab) {
      await showPicture(tab, { id: 'small', width: 500, height: 300 });
      await largestPaintIs(tab, 'small');
      await tab.evaluate(() => document.querySelector('#small')?.remove());
      await showPicture(tab, LARGE);
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a picture that the browser has already',
    views: [loaded()],
    async open(tab, site) {
      const headers = { 'cache-control': 'max-age=600' };
      const body =
        '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="450"><circle r="300" fill="teal"/><!-- ' +
        'detail '.repeat(4000) +
        ' --></svg>';
      site.answer('/kept.svg', { type: 'image/svg+xml', headers, body });
      await tab.goto(site.page('empty'));
      await tab.evaluate(() => fetch('/kept.svg').then((response) => response.text()));
      await tab.goto(site.page('play'));
    },
    async act(tab) {
      await showPicture(tab, { ...LARGE, address: '/kept.svg' });
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a large picture that cannot be seen',
    views: [loaded()],
    async act(tab) {
      await showPicture(tab, { ...LARGE, style: 'opacity: 0' });
      await pictureIsThere(tab);
    },
  },
  {
    title: 'a small picture that is shown large',
    views: [loaded()],
    async act(tab) {
      const address = '/picture.svg?width=60&height=40';
      await showPicture(tab, { ...LARGE, address });
      await pictureIsThere(tab);
    },
  },
  {
    title: 'the picture before a video',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        const video = document.createElement('video');
        Object.assign(video, { id: 'film', width: 800, height: 450 });
        video.poster = '/picture.svg?width=800&height=450&delay=60';
        document.querySelector('#place')?.append(video);
      });
      await largestPaintIs(tab, 'film');
    },
  },
  {
    title: 'a picture behind an element',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        const place = document.querySelector('#place') as HTMLElement;
        place.style.cssText = 'width: 800px; height: 450px';
        place.style.backgroundImage = 'url("/picture.svg?width=800&height=450&delay=60")';
      });
      await largestPaintIs(tab, 'place');
    },
  },
  {
    title: 'a picture of another site',
    views: [loaded()],
    async act(tab, _other, { url }) {
      const elsewhere = url.replace('127.0.0.1', 'localhost');
      const address = `${elsewhere}/picture.svg?width=800&height=450&delay=80`;
      await showPicture(tab, { ...LARGE, address });
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a picture after more resources than the browser keeps',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => performance.setResourceTimingBufferSize(1));
      const address = '/picture.svg?width=800&height=450&delay=80';
      await showPicture(tab, { ...LARGE, address });
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a page that is left while it loads',
    views: [
      measured(['LCP', 'FCP', 'CLS'], { TTFB: 'the reference waits for the end of loading' }),
    ],
    async open(tab, site) {
      site.hold('/never.svg');
      await tab.goto(site.page('unfinished'), { waitUntil: 'domcontentloaded' });
    },
    async act(tab) {
      await entriesOf(tab, 'largest-contentful-paint', 1);
      await pageIsIdle(tab);
    },
  },
]);
