/** Pages in pages: neither counts to the other, save for the first paint. */

import type { Frame } from 'puppeteer-core';
import { pageIsIdle, type Tab } from '../fixture.ts';
import { compare, loaded } from './harness.ts';

const frameOf = async (tab: Tab) => (await (await tab.$('#frame'))?.contentFrame()) as Frame;

compare('frames', [
  {
    title: 'larger words in a frame',
    page: 'frames',
    views: [loaded()],
  },
  {
    title: 'a shift in a frame',
    page: 'frames',
    views: [loaded()],
    async act(tab) {
      const frame = await frameOf(tab);
      await frame.evaluate(
        () =>
          new Promise<void>((resolve) => {
            new PerformanceObserver(() => resolve()).observe({ type: 'layout-shift' });
            window.play.push(150);
          }),
      );
    },
  },
  {
    title: 'a slow click in a frame',
    page: 'frames',
    views: [loaded()],
    async act(tab) {
      const frame = await frameOf(tab);
      await frame.evaluate(() => {
        document.querySelector('#go')?.addEventListener('click', () => window.play.block(150));
      });
      await (await frame.$('#go'))?.click();
      await pageIsIdle(tab);
    },
  },
]);
