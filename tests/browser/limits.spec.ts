/** What is read of the page how often, and how much of it is kept. */

import {
  at,
  engineIsReady,
  eventsOf,
  expect,
  type Json,
  leave,
  type Page,
  test,
  vitalsAreExplained,
} from './fixture.ts';
import type { Site } from './site.ts';

/** From then on the page's time passes by `page.clock.runFor`, and no frame has to be waited for. */
async function stopTheClock(page: Page, site: Site): Promise<void> {
  // It runs until then, and no timer is left with another clock.
  await page.clock.install();
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await vitalsAreExplained(page, site);
  await page.evaluate(() => {
    document.body.style.height = '5000px';
  });
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
  await page.evaluate(() => {
    window.requestAnimationFrame = (run) => {
      run(performance.now());
      return 0;
    };
  });
}

/** Resolves when the browser has told the page of it. */
async function told(page: Page, type: string, action: () => Promise<unknown>): Promise<void> {
  const event = page.evaluate(
    (type) => new Promise<void>((resolve) => addEventListener(type, () => resolve())),
    type,
  );
  await Promise.all([event, action()]);
}

const scroll = (page: Page, top: number) =>
  told(page, 'scroll', () => page.evaluate((top) => scrollTo(0, top), top));

test('how far the page was scrolled is read a second after it began', async ({
  page,
  site,
  intake,
}) => {
  await stopTheClock(page, site);
  await page.clock.runFor(2000);
  await scroll(page, 3000);
  await page.clock.runFor(999);
  await scroll(page, 1000);
  await page.clock.runFor(1);
  await scroll(page, 2000);
  await page.clock.runFor(999);
  await scroll(page, 0);
  const { event } = await leave(page, intake);
  expect(at(event, 'display.scroll.max_depth')).toBe(1000 + 720);
});

test('the size of the window is read 200 ms after it began to change', async ({
  page,
  site,
  intake,
}) => {
  await stopTheClock(page, site);
  const act = (name: string) => page.evaluate((name) => window.ferrum.addAction(name), name);
  await page.clock.runFor(2000);
  await told(page, 'resize', () => page.setViewportSize({ width: 900, height: 700 }));
  await page.clock.runFor(199);
  await act('before');
  await told(page, 'resize', () => page.setViewportSize({ width: 800, height: 600 }));
  await page.clock.runFor(1);
  await act('after');
  await leave(page, intake);
  const widths = eventsOf(intake, 'action').map((event) => at(event, 'display.viewport.width'));
  expect(widths).toEqual([1280, 800]);
});

/** Idle time comes when the test calls `window.idle`. */
const postponeIdleTime = (page: Page) =>
  page.addInitScript(() => {
    const waiting: (() => void)[] = [];
    const idle = () => {
      for (const run of waiting.splice(0)) run();
    };
    const requestIdleCallback = (run: () => void) => waiting.push(run);
    Object.assign(window, { idle, requestIdleCallback });
  });
const idle = (page: Page) => page.evaluate(() => (window as never as { idle(): void }).idle());

/** Makes two requests, resolves when the browser has told of them, and then so many that it aborts. */
const request = (page: Page, aborted: number) =>
  page.evaluate(async (aborted) => {
    const areTold = new Promise<void>((resolve) => {
      new PerformanceObserver(() => {
        if (performance.getEntriesByName(new URL('/data?1', location.href).href)[0]) resolve();
      }).observe({ type: 'resource' });
    });
    for (const path of ['/data?0', '/data?1']) await (await fetch(path)).text();
    await areTold;
    const signal = AbortSignal.abort();
    for (let i = 0; i < aborted; i++) await fetch('/data', { signal }).catch(() => {});
  }, aborted);

test('of 1,001 requests whose timing was not looked at, what was known of the first is forgotten', async ({
  page,
  site,
  intake,
}) => {
  site.options.trackNetworkErrors = true;
  await postponeIdleTime(page);
  await page.goto(site.page('text'));
  await page.waitForFunction(() => document.readyState === 'complete');
  await idle(page);
  await engineIsReady(page);
  await request(page, 999);
  await idle(page);
  const methodOf = async (path: string) => {
    const isIt = ({ event }: { event: Json }) => at(event, 'resource.url') === `${site.url}${path}`;
    return at((await intake.waitFor(isIt)).event, 'resource.method');
  };
  await leave(page, intake);
  expect(await methodOf('/data?0')).toBeUndefined();
  expect(await methodOf('/data?1')).toBe('GET');
});

test('interactions of 40 ms and more are observed, by the shim and by the engine', async ({
  page,
  site,
}) => {
  await page.addInitScript(() => {
    const thresholds: unknown[] = [];
    const { observe } = PerformanceObserver.prototype;
    PerformanceObserver.prototype.observe = function (options) {
      const { type, durationThreshold } = options as { type: string; durationThreshold?: number };
      if (type === 'event') thresholds.push(durationThreshold);
      observe.call(this, options);
    };
    Object.assign(window, { thresholds });
  });
  await page.goto(site.page('visit'));
  await engineIsReady(page);
  const thresholds = await page.evaluate(
    () => (window as never as { thresholds: unknown[] }).thresholds,
  );
  expect(thresholds).toEqual([40, 40]);
});
