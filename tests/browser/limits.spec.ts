/** What is read of the page at most so often: the page's clock is stopped for it. */

import { at, engineIsReady, eventsOf, expect, leave, type Page, test } from './fixture.ts';
import type { Site } from './site.ts';

/** From then on the page's time passes by `page.clock.runFor`, its frames included. */
async function stopTheClock(page: Page, site: Site): Promise<void> {
  // It runs until then, and no timer is left with another clock.
  await page.clock.install();
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    document.body.style.height = '5000px';
  });
  await page.clock.pauseAt(new Date(Date.now() + 60_000));
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

/** ms of a frame of that clock. */
const FRAME = 16;

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
  await page.clock.runFor(1 + FRAME);
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
  await page.clock.runFor(1 + FRAME);
  await act('after');
  await leave(page, intake);
  const widths = eventsOf(intake, 'action').map((event) => at(event, 'display.viewport.width'));
  expect(widths).toEqual([1280, 800]);
});
