/** Pages that come back from the back/forward cache: each time as another view. */

import { at, entriesOf, expect, interactionOf, pageIsIdle, type Tab } from '../fixture.ts';
import type { Site } from '../site.ts';
import { centreOf, compare, loaded, makeSlow, restored, used } from './harness.ts';

const open = (tab: Tab, site: Site) => tab.goto(`${site.page('play')}?restorable`);

/** Leaves the page, and goes back to it. */
async function comeBack(tab: Tab, times = 1): Promise<void> {
  await pageIsIdle(tab);
  await markShown(tab);
  await tab.goto(new URL('/empty.html', tab.url()).href);
  await tab.goBack();
  const restores = () => performance.getEntriesByName('restored').length;
  expect(await tab.evaluate(restores), 'restored').toBe(times);
  await pageIsIdle(tab);
}

/** Marks the end of the frame in which the page is seen again: its listener is the last one. */
const markShown = (tab: Tab) =>
  tab.evaluate(() => {
    const mark = () => performance.mark('shown');
    const afterFrame = () => requestAnimationFrame(() => requestAnimationFrame(mark));
    addEventListener('pageshow', afterFrame, { once: true });
  });

const click = async (tab: Tab, ms: number) => {
  await makeSlow(tab, 'click', ms);
  await tab.click('#go');
  await interactionOf(tab, ms);
};

compare('pages that come back', [
  {
    title: 'a page that came back',
    views: [loaded(), restored(['CLS'])],
    open,
    act: (tab) => comeBack(tab),
  },
  {
    title: 'a page that came back and was used, each time',
    views: [used(), restored(['CLS', 'INP', 'FID'])],
    open,
    async act(tab) {
      await click(tab, 200);
      await comeBack(tab);
      await click(tab, 130);
    },
  },
  {
    title: 'a page that came back twice',
    views: [loaded(), restored(['CLS']), restored(['CLS', 'INP', 'FID'])],
    open,
    async act(tab) {
      await comeBack(tab);
      await comeBack(tab, 2);
      await click(tab, 150);
    },
  },
  {
    title: 'a page that came back and moved',
    views: [loaded(), restored(['CLS'])],
    open,
    async act(tab) {
      await tab.evaluate(() => window.play.push(60));
      await entriesOf(tab, 'layout-shift', 1);
      await comeBack(tab);
      await tab.evaluate(() => window.play.push(120));
      await entriesOf(tab, 'layout-shift', 2);
    },
  },
  {
    title: 'a page that came back, and was hidden for a while',
    views: [loaded(), restored(['CLS', 'INP'])],
    open,
    async act(tab, other) {
      await comeBack(tab);
      await other.bringToFront();
      await tab.bringToFront();
      await click(tab, 140);
    },
  },
  {
    title: 'a page that came back, and was clicked quickly',
    views: [loaded(), restored(['CLS', 'INP', 'FID'])],
    open,
    async act(tab) {
      await comeBack(tab);
      await tab.click('#quick');
    },
  },
  {
    title: 'a page that came back, and kept its visitor waiting',
    views: [loaded(), restored(['CLS', 'INP', 'FID'])],
    open,
    async act(tab, _, site) {
      await comeBack(tab);
      const { x, y } = await centreOf(tab, '#go');
      await tab.mouse.move(x, y);
      await tab.evaluate(() => setTimeout(window.play.keepWaiting, 0, 200));
      await site.request('/waiting');
      await tab.mouse.click(x, y);
      await interactionOf(tab, 104);
    },
    check: ([, view]) =>
      expect(at(view?.event, 'view.performance.fid.duration')).toBeGreaterThan(100e6),
  },
  {
    title: 'a page that came back, and was typed in',
    views: [loaded(), restored(['CLS', 'INP', 'FID'])],
    open,
    async act(tab) {
      await comeBack(tab);
      await tab.focus('#field');
      await tab.keyboard.press('a');
    },
  },
]);
