/** Pages that are hidden, kept, restored, and within others. */

import type { Journey } from '../journey.ts';

export const journeys: Journey[] = [
  {
    name: 'a page that is restored',
    alone: true,
    run: async (driver) => {
      await driver.run(() => {
        addEventListener('pageshow', ({ persisted }) => {
          Object.assign(window, { isRestored: persisted });
        });
        window.DD_RUM.addAction('before');
      });
      await driver.leaving();
      await driver.page.goto(`${driver.site.url}/left`);
      await driver.page.goBack();
      await driver.wait('restored page', () => (window as { isRestored?: boolean }).isRestored);
      await driver.session();
      await driver.activity();
      await driver.run(() => window.DD_RUM.addAction('after'));
    },
  },
  {
    name: 'a page that is hidden for a while',
    alone: true,
    run: async (driver) => {
      await driver.run(() => window.DD_RUM.addAction('before'));
      const other = await driver.page.browserContext().newPage();
      await driver.wait('hidden page', () => document.visibilityState === 'hidden');
      await driver.run(() => {
        window.DD_RUM.addError(new Error('while hidden'));
      });
      await other.close();
      await driver.page.bringToFront();
      await driver.wait('shown page', () => document.hasFocus());
      await driver.run(() => window.DD_RUM.addAction('after'));
    },
  },
  {
    name: 'a page in a frame',
    body: '<div id="place" class="box"></div>',
    run: async (driver) => {
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            const frame = document.createElement('iframe');
            frame.src = '/framed';
            frame.onload = () => resolve();
            Object.assign(frame.style, { position: 'absolute', top: '300px', left: '0' });
            document.body.append(frame);
          }),
      );
      const frame = await driver.page.waitForFrame((frame) => frame.url().endsWith('/framed'));
      const isReady = () =>
        performance.getEntriesByType('paint').length > 1 && window.DD_RUM?.getSessionReplayLink?.();
      await frame.waitForFunction(isReady, { timeout: 20_000 });
      await driver.activity();
      await frame.evaluate(() => window.DD_RUM.addAction('in the frame'));
      await driver.run(() => window.DD_RUM.addAction('around the frame'));
      // A click before the frame is shown is lost.
      await frame.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      await frame.evaluate(() => window.focus());
      await frame.waitForFunction(() => document.hasFocus(), { timeout: 20_000 });
      await frame.hover('#plain');
      await frame.click('#plain');
      const isClicked = () => document.getElementById('out')?.textContent === '1';
      await frame.waitForFunction(isClicked, { timeout: 20_000 });
      await driver.settle(frame);
    },
  },
];
