/** What moves without having been asked to. */

import { entriesOf, interactionOf, type Tab } from '../fixture.ts';
import { compare, loaded, used } from './harness.ts';

/** Moves things at once, and again after so many ms. */
const pushAt = (tab: Tab, pushes: [at: number, height: number][]) =>
  tab.evaluate((pushes) => {
    for (const [at, height] of pushes) setTimeout(window.play.push, at, height);
  }, pushes);

compare('layout shifts', [
  {
    title: 'layout shifts in two windows',
    page: 'shifts',
    views: [loaded()],
    act: (tab) => entriesOf(tab, 'layout-shift', 3),
  },
  {
    title: 'a layout shift that the user caused',
    page: 'clicks',
    views: [used()],
    async act(tab) {
      await tab.click('#shift');
      await interactionOf(tab, 0);
      await entriesOf(tab, 'layout-shift', 1);
    },
  },
  {
    title: 'shifts that are just within a window',
    views: [loaded()],
    async act(tab) {
      await pushAt(tab, [
        [0, 60],
        [800, 80],
      ]);
      await entriesOf(tab, 'layout-shift', 2);
    },
  },
  {
    title: 'shifts that are just too far apart',
    views: [loaded()],
    async act(tab) {
      await pushAt(tab, [
        [0, 60],
        [1100, 80],
      ]);
      await entriesOf(tab, 'layout-shift', 2);
    },
  },
  {
    title: 'shifts that follow each other for more than five seconds',
    views: [loaded()],
    async act(tab) {
      const times = [0, 700, 1400, 2100, 2800, 3500, 4200, 4900, 5600];
      await pushAt(
        tab,
        times.map((at) => [at, 30 + at / 200]),
      );
      await entriesOf(tab, 'layout-shift', times.length);
    },
  },
  {
    title: 'shifts of the same size',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        document.querySelector('#headline')?.setAttribute('style', 'position: absolute; top: 0');
      });
      await entriesOf(tab, 'layout-shift', 1);
      for (const [index, top] of [100, 0, 100].entries()) {
        await tab.evaluate((top) => {
          document
            .querySelector('#headline')
            ?.setAttribute('style', `position: absolute; top: ${top}px`);
        }, top);
        await entriesOf(tab, 'layout-shift', 2 + index);
      }
    },
  },
  {
    title: 'a shift of words without an element of their own',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        const words = document.createTextNode('Words that stand in the body itself, and move.');
        document.querySelector('#top')?.after(words);
      });
      await entriesOf(tab, 'layout-shift', 1);
      await tab.evaluate(() => window.play.push(150));
      await entriesOf(tab, 'layout-shift', 2);
    },
  },
  {
    title: 'a shift of what is removed at once',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        window.play.push(120);
        const remove = () => document.querySelector('#headline')?.remove();
        requestAnimationFrame(() => requestAnimationFrame(remove));
      });
      await entriesOf(tab, 'layout-shift', 1);
    },
  },
  {
    title: 'a shift of nothing that can be seen',
    views: [loaded()],
    async act(tab) {
      await tab.evaluate(() => {
        const headline = document.querySelector('#headline') as HTMLElement;
        headline.style.transform = 'translateY(200px)';
      });
    },
  },
]);
