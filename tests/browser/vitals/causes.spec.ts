/** Why interactions are slow: the scripts of the frames that they waited for. */

import { interactionOf, type Tab } from '../fixture.ts';
import type { Site } from '../site.ts';
import { centreOf, compare, used } from './harness.ts';

declare global {
  interface Window {
    /** `pages/handlers.js` */
    handlers: Record<'reactSlowly' | 'forceLayout' | 'paintSlowly' | 'keepBusy', () => void>;
  }
}

/** Has a page load the handlers, from its own or from another site. */
const withHandlers = (tab: Tab, origin = '') =>
  tab.evaluate(
    (address) =>
      new Promise<void>((resolve) => {
        const script = document.createElement('script');
        script.src = address;
        script.onload = () => resolve();
        document.head.append(script);
      }),
    `${origin}/handlers.js`,
  );

async function clickWith(tab: Tab, handler: keyof Window['handlers']): Promise<void> {
  await tab.evaluate((handler) => {
    document.querySelector('#go')?.addEventListener('click', window.handlers[handler]);
  }, handler);
  await tab.click('#go');
  await interactionOf(tab, 104);
}

const elsewhere = ({ url }: Site) => url.replace('127.0.0.1', 'localhost');

compare('causes', [
  {
    title: 'a slow handler',
    views: [used()],
    async act(tab) {
      await withHandlers(tab);
      await clickWith(tab, 'reactSlowly');
    },
  },
  {
    title: 'a handler that asks for the layout',
    views: [used()],
    async act(tab) {
      await withHandlers(tab);
      await clickWith(tab, 'forceLayout');
    },
  },
  {
    title: 'a slow animation frame after a quick handler',
    views: [used()],
    async act(tab) {
      await withHandlers(tab);
      await clickWith(tab, 'paintSlowly');
    },
  },
  {
    title: 'a slow handler of another site',
    views: [used()],
    async act(tab, _other, site) {
      await withHandlers(tab, elsewhere(site));
      await clickWith(tab, 'reactSlowly');
    },
  },
  {
    title: 'a timer that runs when the click comes',
    views: [used()],
    async act(tab, _other, site) {
      await withHandlers(tab);
      await tab.mouse.move(5, 5);
      const { x, y } = await centreOf(tab, '#go');
      await tab.evaluate(() => window.handlers.keepBusy());
      await site.request('/waiting');
      await tab.mouse.click(x, y);
      await interactionOf(tab, 104);
    },
  },
  {
    title: 'several scripts in one frame',
    views: [used()],
    async act(tab) {
      await withHandlers(tab);
      await tab.evaluate(() => {
        const go = document.querySelector('#go');
        for (const type of ['pointerdown', 'pointerup', 'click']) {
          go?.addEventListener(type, () => window.play.block(type === 'pointerup' ? 60 : 30));
        }
        go?.addEventListener('click', window.handlers.paintSlowly);
      });
      await tab.click('#go');
      await interactionOf(tab, 104);
    },
  },
]);
