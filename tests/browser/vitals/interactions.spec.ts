/** How long interactions take to be seen. */

import { at, expect, interactionOf } from '../fixture.ts';
import { centreOf, compare, makeSlow, measured, used } from './harness.ts';

compare('interactions', [
  {
    title: 'a slow click',
    page: 'clicks',
    views: [used()],
    async act(tab) {
      await tab.click('#slow');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a quick click',
    page: 'clicks',
    views: [used()],
    async act(tab) {
      await tab.click('#quick');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'slow keys after a quick click',
    page: 'clicks',
    views: [used()],
    async act(tab) {
      await tab.click('#quick');
      await tab.focus('#field');
      await tab.keyboard.press('a');
      await tab.keyboard.press('b');
      await interactionOf(tab, 130, 2);
    },
  },
  {
    title: 'more than fifty clicks, two of them slow',
    page: 'clicks',
    views: [used()],
    async act(tab) {
      await tab.click('#slow');
      await tab.click('#medium');
      for (let clicks = 0; clicks < 50; clicks++) await tab.click('#quick');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a hundred keys, three of them slow',
    views: [used()],
    async act(tab) {
      await tab.evaluate(() => {
        const times: Record<string, number> = { x: 600, y: 350, z: 140 };
        document.querySelector('#field')?.addEventListener('keydown', (event) => {
          window.play.block(times[(event as KeyboardEvent).key] ?? 0);
        });
      });
      await tab.focus('#field');
      await tab.keyboard.type('xyz');
      await tab.keyboard.type('a'.repeat(97));
      await interactionOf(tab, 140);
    },
  },
  {
    title: 'a slow key',
    views: [used()],
    async act(tab) {
      await makeSlow(tab, 'keydown', 160, '#field');
      await tab.focus('#field');
      await tab.keyboard.press('a');
      await interactionOf(tab, 160);
    },
  },
  {
    title: 'a pointer that is slow to go down',
    views: [used()],
    async act(tab) {
      await makeSlow(tab, 'pointerdown', 180);
      await tab.click('#go');
      await interactionOf(tab, 180);
    },
  },
  {
    title: 'a slow tap',
    views: [used()],
    async act(tab) {
      await makeSlow(tab, 'click', 170);
      await (await tab.$('#go'))?.tap();
      await interactionOf(tab, 170);
    },
  },
  {
    title: 'a click that waits for what runs already',
    views: [used()],
    async act(tab, _other, site) {
      await makeSlow(tab, 'click', 20);
      const { x, y } = await centreOf(tab, '#go');
      await tab.mouse.move(x, y);
      await tab.evaluate(() => setTimeout(window.play.keepWaiting, 0, 200));
      await site.request('/waiting');
      await tab.mouse.click(x, y);
      await interactionOf(tab, 100);
    },
  },
  {
    title: 'a pointer that comes over slowly, and a click at once',
    views: [used()],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go');
        go?.addEventListener('pointerover', () => window.play.keepWaiting(150));
      });
      await makeSlow(tab, 'click', 40);
      const { x, y } = await centreOf(tab, '#go');
      await Promise.all([tab.mouse.move(x, y), tab.mouse.down()]);
      await tab.mouse.up();
      await interactionOf(tab, 100);
    },
  },
  {
    title: 'a dialog that holds a click up',
    views: [used()],
    async act(tab) {
      tab.on('dialog', (dialog) => setTimeout(() => dialog.accept(), 200));
      await tab.evaluate(() => {
        document.querySelector('#go')?.addEventListener('click', () => alert('wait'));
      });
      await tab.click('#go');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'two keys for one frame',
    views: [used()],
    async act(tab) {
      await makeSlow(tab, 'keydown', 120, '#field');
      await tab.focus('#field');
      await Promise.all([tab.keyboard.press('a'), tab.keyboard.press('b')]);
      await interactionOf(tab, 120);
    },
  },
  {
    title: 'a button that is gone after its click',
    views: [used({ 'INP.target': 'the reference does not know what is gone' })],
    async act(tab) {
      await tab.evaluate(() => {
        const go = document.querySelector('#go');
        go?.addEventListener('click', () => {
          window.play.block(150);
          go.remove();
        });
      });
      await tab.click('#go');
      await interactionOf(tab, 150);
    },
    check([view]) {
      expect(at(view?.event, 'view.performance.inp.target_selector')).toBe('#go');
      expect(at(view?.event, 'view.performance.fid.target_selector')).toBe('#go');
    },
  },
  {
    title: 'a button in a shadow tree',
    views: [used()],
    async act(tab) {
      await tab.evaluate(() => {
        const button = document.createElement('button');
        button.textContent = 'Inside';
        button.onclick = () => window.play.block(150);
        document.querySelector('#place')?.attachShadow({ mode: 'open' }).append(button);
      });
      await tab.click('#place >>> button');
      await interactionOf(tab, 150);
    },
  },
  {
    title: 'what is no interaction',
    views: [measured(['LCP', 'FCP', 'TTFB', 'CLS'])],
    async act(tab) {
      await tab.mouse.move(50, 50);
      await tab.mouse.move(300, 300);
      await tab.evaluate(() => document.querySelector<HTMLElement>('#go')?.click());
    },
  },
]);
