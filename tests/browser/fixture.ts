/**
 * What every browser test has: its own intake and its own site. Afterwards the intake must not hold
 * anything that breaks the schema, unless the test says that it will.
 */

import { test as base, expect, type Page } from '@playwright/test';
import puppeteer, { type Browser, type BrowserContext, type Page as Tab } from 'puppeteer-core';
import { type FoldedView, type Intake, startIntake } from '../../js/intake/index.ts';
import { NEXT_PAINT } from '../../js/page/frames.ts';
import type { Ferrum } from '../../js/types.ts';
import { browserArguments, chromium } from './chromium.ts';
import { root, type Site, startSite } from './site.ts';

export type { Page, Tab };
export { expect };

declare global {
  interface Window {
    ferrum: Ferrum;
  }
}

export type Json = Record<string, unknown>;

interface Fixtures {
  /** Set it where broken events are what the test is about, or where the page may break them. */
  brokenEvents: 'forbidden' | 'expected' | 'allowed';
  intake: Intake;
  site: Site;
  /**
   * Opens a tab that can really be hidden: by showing another one, with `bringToFront()`. Playwright
   * makes all of its pages believe that they are seen.
   */
  openTab(): Promise<Tab>;
  /**
   * The tab at an address, from a connection of its own: Puppeteer loses tabs that show a page which was prerendered.
   */
  findTab(address: string): Promise<Tab>;
}

export const test = base.extend<Fixtures, { puppeteerBrowser: Browser }>({
  brokenEvents: ['forbidden', { option: true }],

  intake: async ({ brokenEvents }, use) => {
    const intake = await startIntake({ livePage: `${root}/dist/intake/live` });
    await use(intake);
    const faults = faultsOf(intake);
    await intake.close();
    if (brokenEvents === 'forbidden') expect(faults, 'broken events at the intake').toEqual([]);
    if (brokenEvents === 'expected') expect(faults, 'broken events at the intake').not.toEqual([]);
  },

  site: async ({ intake }, use) => {
    const site = await startSite(intake.url);
    await use(site);
    await site.close();
  },

  puppeteerBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const args = browserArguments;
      const browser = await puppeteer.launch({ executablePath: chromium, args });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  openTab: async ({ puppeteerBrowser }, use) => {
    let context: BrowserContext | undefined;
    await use(async () => {
      context ??= await puppeteerBrowser.createBrowserContext();
      const tab = await context.newPage();
      await tab.setViewport({ width: 1280, height: 720 });
      return tab;
    });
    await context?.close();
  },

  findTab: async ({ puppeteerBrowser }, use) => {
    const connections: Browser[] = [];
    await use(async (address) => {
      const browserWSEndpoint = puppeteerBrowser.wsEndpoint();
      const connection = await puppeteer.connect({ browserWSEndpoint, defaultViewport: null });
      connections.push(connection);
      const isThere = (tab: Tab) => tab.url() === address;
      let found: Tab | undefined;
      await expect
        .poll(async () => (found = (await connection.pages()).find(isThere)))
        .toBeTruthy();
      return found as Tab;
    });
    for (const connection of connections) await connection.disconnect();
  },
});

/** Violations and rejected lines, told apart enough to find them. */
export function faultsOf(intake: Intake): unknown[] {
  return intake.received.flatMap((message): unknown[] => {
    if (message.kind === 'rejected') return [{ rejected: message.reason, line: message.excerpt }];
    const { type } = message.event;
    return message.violations.map((violation) => ({ type, ...violation }));
  });
}

/** Both Playwright's and Puppeteer's pages have what the tests need most. */
export type AnyPage = Pick<Tab, 'evaluate' | 'goto'> | Pick<Page, 'evaluate' | 'goto'>;

/** Resolves when the engine of the page takes calls: before, nothing knows of a replay. */
export async function engineIsReady(page: AnyPage): Promise<void> {
  await (page as Page).evaluate(
    () =>
      new Promise<void>((resolve) => {
        const look = () => {
          if (window.ferrum?.getSessionReplayLink?.()) resolve();
          else setTimeout(look, 10);
        };
        look();
      }),
  );
}

/** Resolves when errors are told in full; the page must have had one. */
export async function errorsAreDescribed(page: AnyPage, site: Site): Promise<void> {
  const path = `/${site.entry === 'npm' ? 'esm/' : 'cdn/ferrum-'}errors.js`;
  await site.request(path);
  // The same module, after Ferrum asked for it.
  await (page as Page).evaluate((path) => import(path), path);
}

/**
 * Resolves when the browser has shown what is there now, what waited for that has run, and there is
 * nothing more to do.
 */
export async function pageIsIdle(page: AnyPage): Promise<void> {
  await (page as Page).evaluate(
    (nextPaint) =>
      new Promise<void>((resolve) => {
        const afterIdle = () => requestIdleCallback(() => resolve());
        // No frames in hidden tabs.
        if (document.visibilityState === 'hidden') return afterIdle();
        // Timers of the same time run in the order in which they were set.
        const afterFrames = () => setTimeout(afterIdle, nextPaint);
        requestAnimationFrame(() => requestAnimationFrame(afterFrames));
      }),
    NEXT_PAINT,
  );
}

/** Resolves when the chunk that completes views has run, if it can. */
export async function vitalsAreExplained(page: AnyPage, site: Site): Promise<void> {
  const path = site.entry === 'npm' ? '/esm/vitals.js' : '/cdn/ferrum-vitals.js';
  await site.request(path);
  await (page as Page).evaluate((path) => import(path).catch(() => {}), path);
  await pageIsIdle(page);
}

/** Resolves when the browser has made that many entries of a type. */
export async function entriesOf(page: AnyPage, type: string, count: number): Promise<void> {
  await (page as Page).evaluate(
    ([type, count]) =>
      new Promise<void>((resolve) => {
        let seen = 0;
        const observer = new PerformanceObserver((list) => {
          seen += list.getEntries().length;
          if (seen < count) return;
          observer.disconnect();
          resolve();
        });
        observer.observe({ type, buffered: true });
      }),
    [type, count] as [string, number],
  );
}

/** Resolves when the browser has measured that many interactions of at least so many ms. */
export async function interactionOf(page: AnyPage, duration: number, count = 1): Promise<void> {
  await (page as Page).evaluate(
    ([duration, count]) =>
      new Promise<void>((resolve) => {
        const seen = new Set<unknown>();
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (entry.duration >= duration) seen.add(Reflect.get(entry, 'interactionId'));
          }
          if (seen.size < count) return;
          observer.disconnect();
          resolve();
        });
        // The buffer of the browser has the first input, and others of 104 ms and more.
        for (const type of ['first-input', 'event']) observer.observe({ type, buffered: true });
      }),
    [duration, count] as [number, number],
  );
}

/**
 * Resolves when the browser has told of all long frames so far, which it does some time after them: makes another one,
 * and waits for that.
 */
export async function longFramesAreTold(page: AnyPage): Promise<void> {
  await (page as Page).evaluate(
    () =>
      new Promise<void>((resolve) => {
        // No frames in hidden tabs.
        if (document.visibilityState === 'hidden') return resolve();
        let end = Number.POSITIVE_INFINITY;
        const observer = new PerformanceObserver((list) => {
          const ends = list.getEntries().map(({ startTime, duration }) => startTime + duration);
          if (!ends.some((time) => time >= end)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe({ type: 'long-animation-frame' });
        requestAnimationFrame(() => {
          // Frames of 50 ms and more are long.
          end = performance.now() + 60;
          while (performance.now() < end);
        });
      }),
  );
}

/** Resolves when the element with this id is the largest contentful paint. */
export async function largestPaintIs(page: AnyPage, id: string): Promise<void> {
  await (page as Page).evaluate(
    (id) =>
      new Promise<void>((resolve) => {
        const observer = new PerformanceObserver((list) => {
          if (
            !list
              .getEntries()
              .some((entry) => (entry as PerformanceEntry & { id: string }).id === id)
          )
            return;
          observer.disconnect();
          resolve();
        });
        observer.observe({ type: 'largest-contentful-paint', buffered: true });
      }),
    id,
  );
}

/** Leaves the page for an empty one, and resolves with the view that ended by it. */
export async function leave(page: AnyPage, intake: Intake): Promise<FoldedView> {
  const ended = () => eventsOf(intake, 'view').filter((event) => !at(event, 'view.is_active'));
  const before = new Set(ended());
  await (page as Page).goto('about:blank');
  // A view that ended earlier may leave first, in a request of its own.
  const isLatest = (event: Json) => at(event, 'view.id') === latestView(intake, event);
  const isItsEnd = (event: Json) =>
    ended().includes(event) && !before.has(event) && isLatest(event);
  const { event } = await intake.waitFor(({ event }) => isItsEnd(event));
  return viewOf(intake, at(event, 'view.id') as string);
}

/** The id of the view that was the last to start in the tab of `event`. */
function latestView(intake: Intake, event: Json): string | undefined {
  const tab = at(event, 'tab.id');
  const views = intake.views().filter(({ event }) => at(event, 'tab.id') === tab);
  const dateOf = ({ event }: FoldedView) => event.date as number;
  // Of two with the same date the later one was first seen later.
  return views.reduce((a, b) => (dateOf(b) < dateOf(a) ? a : b)).id;
}

export function viewOf(intake: Intake, id: string): FoldedView {
  const view = intake.views().find((view) => view.id === id);
  if (!view) throw new Error(`no view ${id}`);
  return view;
}

/** The events of a type, without what the intake knows about them. */
export function eventsOf(intake: Intake, type: string): Json[] {
  return intake.events(type).map(({ event }) => event);
}

/** A value of an event by its path: `view.is_active`. */
export function at(event: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((value, name) => (value as Json | undefined)?.[name], event);
}

/** What the page showed its developer, and what it failed to catch, from now on. */
export function watch(page: Page): { errors: string[]; console: string[] } {
  const seen = { errors: [] as string[], console: [] as string[] };
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => {
    if (message.type() !== 'log') seen.console.push(`${message.type()}: ${message.text()}`);
  });
  return seen;
}
