/** What ends the largest contentful paint, and what does not. */

import { interactionOf, largestPaintIs, type Tab } from '../fixture.ts';
import { compare, loaded, showPicture, used } from './harness.ts';

/** Which nothing on the page is as large as. */
const showLarge = async (tab: Tab) => {
  await showPicture(tab, { id: 'large', width: 900, height: 450 });
  await tab.waitForFunction(() => document.querySelector<HTMLImageElement>('#large')?.complete);
};

const ROOT = "selectors of Datadog's begin within the root element, so that it has none itself";

compare('what ends the largest paint', [
  {
    title: 'a larger picture after the first input',
    page: 'two-pictures',
    views: [used()],
    async act(tab) {
      await largestPaintIs(tab, 'first');
      await tab.click('#quick');
      await interactionOf(tab, 0);
      await tab.waitForFunction(
        () => document.querySelector<HTMLImageElement>('#second')?.complete,
      );
    },
  },
  {
    title: 'a larger picture after a key',
    views: [used()],
    async act(tab) {
      await tab.focus('#field');
      await tab.keyboard.press('a');
      await interactionOf(tab, 0);
      await showLarge(tab);
    },
  },
  {
    title: 'a larger picture after something was dragged',
    views: [used({ 'INP.target': ROOT })],
    async act(tab) {
      await tab.mouse.move(200, 300);
      await tab.mouse.down();
      await tab.mouse.move(300, 320);
      await tab.mouse.up();
      await showLarge(tab);
    },
  },
  {
    title: 'a larger picture after the wheel was turned',
    views: [loaded()],
    async act(tab) {
      await makeScrollable(tab);
      await tab.mouse.move(200, 300);
      await tab.mouse.wheel({ deltaY: 200 });
      await tab.waitForFunction(() => scrollY > 0);
      await showLarge(tab);
    },
  },
  {
    title: 'a larger picture after the page scrolled itself',
    views: [loaded()],
    async act(tab) {
      await makeScrollable(tab);
      await tab.evaluate(() => scrollTo(0, 20));
      await showLarge(tab);
      await largestPaintIs(tab, 'large');
    },
  },
  {
    title: 'a larger picture after a click that nobody made',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => document.querySelector<HTMLElement>('#quick')?.click());
      await showLarge(tab);
      await largestPaintIs(tab, 'large');
    },
  },
]);

function makeScrollable(tab: Tab): Promise<void> {
  return tab.evaluate(() => {
    document.body.style.minHeight = '3000px';
  });
}
