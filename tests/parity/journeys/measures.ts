/** What is measured: vitals, long tasks, and those of the page itself. */

import type { Journey } from '../journey.ts';

/** Of a long animation frame. */
interface Script {
  sourceFunctionName: string;
}

export const journeys: Journey[] = [
  {
    name: 'web vitals',
    measures: ['inp'],
    body: `<img id="hero" class="hero-image" src="/picture.svg?delay=200" width="600" height="400" alt="Hero">
      <button type="button" id="slow" onclick="const until = performance.now() + 200; while (performance.now() < until);">Slow</button>
      <div id="banner"></div><p id="moved">This is moved</p>`,
    run: async (driver) => {
      // What is done now could be of the load, or just not.
      await driver.settle();
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            new PerformanceObserver(() => resolve()).observe({
              type: 'layout-shift',
              buffered: true,
            });
            const banner = document.getElementById('banner') as HTMLElement;
            banner.style.height = '100px';
          }),
      );
      const measured = driver.run(
        () =>
          new Promise<void>((resolve) => {
            new PerformanceObserver((list) => {
              if (list.getEntries().some(({ name }) => name === 'click')) resolve();
            }).observe({ type: 'event', durationThreshold: 40 } as PerformanceObserverInit);
          }),
      );
      await driver.click('#slow');
      await measured;
    },
  },
  {
    name: 'long animation frames',
    options: { trackLongTasks: true },
    body: `<button type="button" id="slow">Slow</button><script src="/slow.js"></script>`,
    site: (site) =>
      site.answer('/slow.js', {
        type: 'text/javascript',
        body: `document.getElementById('slow').onclick = function slowly() {
          const until = performance.now() + 200;
          while (performance.now() < until);
          out.textContent++;
        }`,
      }),
    run: async (driver) => {
      await driver.click('#slow');
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            new PerformanceObserver((list) => {
              const frames = list.getEntries() as (PerformanceEntry & { scripts: Script[] })[];
              const scripts = frames.flatMap(({ scripts }) => scripts);
              if (scripts.some(({ sourceFunctionName }) => sourceFunctionName === 'slowly'))
                resolve();
            }).observe({ type: 'long-animation-frame', buffered: true });
          }),
      );
    },
  },
  {
    name: 'duration vitals',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.addDurationVital('added', {
          startTime: window.__given('added', Date.now() - 1234),
          duration: 1234.5,
          context: { step: 1 },
          description: 'described',
        });
        DD_RUM.startDurationVital('timed', { context: { a: 1 }, description: 'first' });
        DD_RUM.startDurationVital('keyed', { vitalKey: 'one' });
        DD_RUM.stopDurationVital('timed', { context: { b: 2 }, description: 'last' });
      });
      // Two of one name are told apart by when they began.
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.startDurationVital('keyed', { vitalKey: 'two', context: { key: 2 } });
        DD_RUM.stopDurationVital('keyed', { vitalKey: 'two' });
        DD_RUM.stopDurationVital('keyed', { vitalKey: 'one' });
        DD_RUM.stopDurationVital('never started');
      });
    },
  },
  {
    name: 'operations',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.startOperation('checkout', { operationKey: 'cart-1', context: { a: 1 } });
        DD_RUM.succeedOperation('checkout', { operationKey: 'cart-1', description: 'done' });
        DD_RUM.startOperation('login');
        DD_RUM.failOperation('login', 'abandoned', { context: { b: 2 } });
        DD_RUM.startFeatureOperation('old name');
        DD_RUM.failFeatureOperation('old name', 'error');
      });
    },
  },
];
