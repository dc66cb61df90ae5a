/**
 * Ferrum's vitals against Google's reference implementation (web-vitals 6.2.3 with attribution and soft
 * navigations) on the same loads of the same pages: view by view, as the intake has them after the page has
 * been left.
 */

import type { FoldedView, Intake } from '../../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  expect,
  longFramesAreTold,
  pageIsIdle,
  type Tab,
  test,
  vitalsAreExplained,
} from '../fixture.ts';
import type { Site } from '../site.ts';
import { type Cell, compareView, type TheirView, tell } from './compare.ts';
import { METRICS, type Metric } from './fields.ts';
import { note } from './table.ts';

declare global {
  interface Window {
    /** `pages/play.js` */
    play: {
      block(ms: number): void;
      keepWaiting(ms: number): void;
      push(height: number): void;
      show(id: string, address: string, width: number, height: number): HTMLImageElement;
      visit(address: string, text: string): void;
    };
  }
}

type ViewType = 'initial_load' | 'bf_cache' | 'route_change';

/** Which of web-vitals' navigations is which of Datadog's views. */
const NAVIGATIONS: Record<ViewType, string> = {
  initial_load: 'navigate',
  bf_cache: 'back-forward-cache',
  route_change: 'soft-navigation',
};

/** A view that both have. */
export interface ExpectedView {
  type: ViewType;
  /** web-vitals' `navigationType`, where it is not the usual one. */
  navigation?: string;
  /** What the reference measures: exactly these, so that nothing is compared with nothing. */
  measures: Metric[];
  /** Fields, or all those of a metric, that must differ; with the reasons. */
  differs?: Record<string, string>;
  /** Why the reference has no such view. */
  isOurs?: string;
  /** Why Ferrum has no such view. */
  isTheirs?: string;
}

type FindTab = (address: string) => Promise<Tab>;

export interface Case {
  title: string;
  /** By default one that the case writes on. */
  page?: string;
  /** In the order in which they begin. */
  views: ExpectedView[];
  /** Resolves with the tab that shows the page then, if it is another one. */
  open?(tab: Tab, site: Site, other: Tab, findTab: FindTab): Promise<Tab | unknown>;
  act?(tab: Tab, other: Tab, site: Site): Promise<unknown>;
  /** What else must be. */
  check?(views: FoldedView[]): unknown;
}

export const LOADED: Metric[] = ['LCP', 'FCP', 'TTFB', 'CLS'];

export const USED: Metric[] = [...LOADED, 'INP', 'FID'];

const NO_REQUEST =
  'the reference says 0 for what was not requested; a view that had no first byte has none';

const NO_PARTS =
  'the reference calls all of it a render delay, where nothing was loaded that it could be a part of';

const initial = (measures: Metric[], differs = {}): ExpectedView => ({
  type: 'initial_load',
  measures,
  differs,
});

export const loaded = (differs?: Record<string, string>) => initial(LOADED, differs);

export const used = (differs?: Record<string, string>) => initial(USED, differs);

export const measured = initial;

export const restored = (measures: Metric[], differs = {}): ExpectedView => ({
  type: 'bf_cache',
  measures: ['LCP', 'FCP', 'TTFB', ...measures],
  differs: {
    TTFB: NO_REQUEST,
    'LCP.first_byte': NO_REQUEST,
    'LCP.load_delay': NO_PARTS,
    'LCP.load_time': NO_PARTS,
    'LCP.render_delay': NO_PARTS,
    ...differs,
  },
});

export const route = (measures: Metric[], differs = {}): ExpectedView => ({
  type: 'route_change',
  measures: ['LCP', 'FCP', 'TTFB', ...measures],
  differs: { TTFB: NO_REQUEST, 'LCP.first_byte': NO_REQUEST, ...differs },
});

interface Report {
  isLeft: boolean;
  origin: number;
  html: string;
  views: TheirView[];
}

/** A test for each case. */
export function compare(theme: string, cases: Case[]): void {
  test.describe(`the vitals are those of web-vitals: ${theme}`, () => {
    for (const each of cases) {
      test(each.title, async ({ intake, site, openTab, findTab }) => {
        const [other, first] = [await openTab(), await openTab()];
        site.reference = 'view-reference';
        const page = site.page(each.page ?? 'play');
        const opened = await (each.open?.(first, site, other, findTab) ?? first.goto(page));
        const tab = isTab(opened) ? opened : first;
        await engineIsReady(tab);
        await vitalsAreExplained(tab, site);
        await each.act?.(tab, other, site);
        await pageIsIdle(tab);
        await longFramesAreTold(tab);
        await leaveAll(
          tab,
          intake,
          each.views.filter(({ isTheirs }) => isTheirs === undefined).length,
        );
        await expectSame(each, { intake, site, other });
      });
    }
  });
}

/**
 * Leaves the page for an empty one. Resolves when all views have arrived, the last one as it was then: it has not
 * ended, perhaps, where the page may come back.
 */
async function leaveAll(tab: Tab, intake: Intake, count: number): Promise<void> {
  const leftAt = await tab.evaluate(() => performance.timeOrigin + performance.now());
  await tab.goto('about:blank');
  const isLast = () => {
    const views = inOrder(intake.views());
    return views.length >= count && endOf(views.at(-1) as FoldedView) >= leftAt;
  };
  if (!isLast()) await intake.waitFor(isLast);
}

/** Until when a view's last version tells of it. A view's date is rounded. */
function endOf({ event }: FoldedView): number {
  return (event.date as number) + 1 + (at(event, 'view.time_spent') as number) / 1e6;
}

function isTab(opened: unknown): opened is Tab {
  return typeof opened === 'object' && opened !== null && 'mainFrame' in opened;
}

interface Left {
  intake: Intake;
  site: Site;
  /** For looking at elements. */
  other: Tab;
}

async function expectSame(each: Case, { intake, site, other }: Left): Promise<void> {
  const ours = inOrder(intake.views());
  const expectedOfOurs = each.views.filter(({ isTheirs }) => isTheirs === undefined);
  expect(
    ours.map(({ event }) => at(event, 'view.loading_type')),
    'the views of Ferrum',
  ).toEqual(expectedOfOurs.map(({ type }) => type));
  const report = await lastReport(site, each);
  const theirs = [...report.views];
  const cells: Cell[][] = [];
  const left = [...ours];
  for (const expected of each.views) {
    const event = expected.isTheirs === undefined ? left.shift()?.event : undefined;
    const view = expected.isOurs === undefined ? theirs.shift() : undefined;
    if (view) expectNavigation(view, expected, event);
    const isSameElement = (a: string, b: string) => selectSame(other, report.html, a, b);
    const differs = expected.differs ?? {};
    cells.push(
      await compareView({ event, theirs: view, origin: report.origin, differs, isSameElement }),
    );
  }
  expect(theirs, 'views that only the reference has').toEqual([]);
  const titles = each.views.map(({ type }) => `${each.title} (${type})`);
  note(
    test.info(),
    titles.map((title, index) => ({ title, cells: cells[index] as Cell[] })),
  );
  for (const [index, expected] of each.views.entries()) {
    expectAsListed(cells[index] as Cell[], expected);
  }
  await each.check?.(ours);
}

/** In the order in which they began; of two in the same millisecond the later was first seen later. */
function inOrder(views: FoldedView[]): FoldedView[] {
  return [...views].sort((a, b) => (a.event.date as number) - (b.event.date as number));
}

/** Of the page as it was left for the last time. */
async function lastReport({ reports }: Site, { views }: Case): Promise<Report> {
  const left = () => reports.filter(({ isLeft }) => isLeft);
  const restores = views.filter(({ type }) => type === 'bf_cache').length;
  await expect.poll(() => left().length, 'reports of the reference').toBe(restores + 1);
  return left().at(-1) as unknown as Report;
}

function expectNavigation(
  theirs: TheirView,
  expected: ExpectedView,
  event: object | undefined,
): void {
  expect(theirs.type, 'navigation').toBe(expected.navigation ?? NAVIGATIONS[expected.type]);
  if (event && expected.type === 'route_change') expect(at(event, 'view.url')).toBe(theirs.url);
  const measured = METRICS.filter((metric) => theirs.metrics[metric]);
  const wanted = METRICS.filter((metric) => expected.measures.includes(metric));
  expect(measured, `what the reference measured of the ${expected.type}`).toEqual(wanted);
}

function expectAsListed(cells: Cell[], { type, differs }: ExpectedView): void {
  const different = cells.filter(({ verdict }) => verdict === 'different');
  expect(different.map(tell), `what differs in the ${type}`).toEqual([]);
  const needed = (key: string) =>
    cells.some(
      ({ field, metric, verdict }) => verdict === 'listed' && (field === key || metric === key),
    );
  const unneeded = Object.keys(differs ?? {}).filter((key) => !needed(key));
  expect(unneeded, `what is listed to differ in the ${type}, and does not`).toEqual([]);
}

/** In the document as the page left it. */
function selectSame(tab: Tab, html: string, ours: string, theirs: string): Promise<boolean> {
  return tab.evaluate(
    ([html, ours, theirs]) => {
      const page = new DOMParser().parseFromString(html, 'text/html');
      const element = page.querySelector(ours);
      return element !== null && element === page.querySelector(theirs);
    },
    [html, ours, theirs] as [string, string, string],
  );
}

interface Picture {
  id: string;
  width: number;
  height: number;
  /** By default one of that size. */
  address?: string;
  style?: string;
}

/** Has a page that tests write on show a picture, which need not have come when it resolves. */
export async function showPicture(tab: Tab, picture: Picture): Promise<void> {
  await tab.evaluate(({ id, width, height, address, style = '' }) => {
    const usual = `/picture.svg?width=${width}&height=${height}&id=${id}`;
    window.play.show(id, address ?? usual, width, height).setAttribute('style', style);
  }, picture);
}

/** Loads a page behind another one, and shows it then. */
export async function openHidden(tab: Tab, other: Tab, page: string): Promise<void> {
  await other.bringToFront();
  await tab.goto(page);
  await engineIsReady(tab);
  await tab.bringToFront();
}

/** Has an event take so many ms more. */
export function makeSlow(tab: Tab, event: string, ms: number, selector = '#go'): Promise<void> {
  return tab.evaluate(
    ([event, ms, selector]) => {
      const block = () => window.play.block(ms);
      document.querySelector(selector)?.addEventListener(event, block);
    },
    [event, ms, selector] as [string, number, string],
  );
}

export async function centreOf(tab: Tab, selector: string): Promise<{ x: number; y: number }> {
  const element = await tab.$(selector);
  return (await element?.clickablePoint()) as { x: number; y: number };
}
