/**
 * Ferrum's vitals against Google's reference implementation (web-vitals 6.2.3), on the same load of
 * the same page. Both are read after the page has been left, as the intake has them.
 */

import type { FoldedView, Intake } from '../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  entriesOf,
  expect,
  interactionOf,
  largestPaintIs,
  leave,
  pageIsIdle,
  type Tab,
  test,
  viewOf,
} from './fixture.ts';
import type { Site } from './site.ts';

const METRICS = {
  LCP: { path: 'view.performance.lcp.timestamp', unit: 1e6, tolerance: 1 },
  FCP: { path: 'view.performance.fcp.timestamp', unit: 1e6, tolerance: 1 },
  TTFB: { path: 'view.first_byte', unit: 1e6, tolerance: 1 },
  CLS: { path: 'view.performance.cls.score', unit: 1, tolerance: 0.0001 },
  INP: { path: 'view.performance.inp.duration', unit: 1e6, tolerance: 8 },
  FID: { path: 'view.performance.fid.duration', unit: 1e6, tolerance: 1 },
} as const;

type Name = keyof typeof METRICS;

const NAMES = Object.keys(METRICS) as Name[];

interface Situation {
  title: string;
  page: string;
  /** What the reference must have measured, so that nothing is compared with nothing. */
  measures: Name[];
  /** What neither may report. */
  lacks?: Name[];
  /** How often the page is hidden before it is left. */
  hides?: number;
  /** What Ferrum does not measure here yet. */
  ignores?: Name[];
  act?(tab: Tab, other: Tab): Promise<unknown>;
  open?(tab: Tab, site: Site, other: Tab): Promise<unknown>;
  leave?(tab: Tab, intake: Intake): Promise<FoldedView>;
}

const LOADED: Name[] = ['LCP', 'FCP', 'TTFB', 'CLS'];

const situations: Situation[] = [
  {
    title: 'a text is the largest thing',
    page: 'text',
    measures: LOADED,
    lacks: ['INP', 'FID'],
  },
  {
    title: 'a late picture is the largest thing',
    page: 'picture',
    measures: LOADED,
    act: (tab) => largestPaintIs(tab, 'hero'),
  },
  {
    title: 'a slow server behind a redirect',
    page: 'text',
    measures: LOADED,
    open: (tab, site) =>
      tab.goto(`${site.url}/redirect?delay=150&to=${encodeURIComponent('/text.html?delay=200')}`),
  },
  {
    title: 'layout shifts in two windows',
    page: 'shifts',
    measures: LOADED,
    act: (tab) => entriesOf(tab, 'layout-shift', 3),
  },
  {
    title: 'a slow click',
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await tab.click('#slow');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a quick click',
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await tab.click('#quick');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'slow keys after a quick click',
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await tab.click('#quick');
      await tab.focus('#field');
      await tab.keyboard.press('a');
      await tab.keyboard.press('b');
      await interactionOf(tab, 130);
    },
  },
  {
    title: 'more than fifty clicks, two of them slow',
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await tab.click('#slow');
      await tab.click('#medium');
      for (let clicks = 0; clicks < 50; clicks++) await tab.click('#quick');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a larger picture after the first input',
    page: 'two-pictures',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await largestPaintIs(tab, 'first');
      await tab.click('#quick');
      await interactionOf(tab, 0);
      await tab.waitForFunction(
        () => document.querySelector<HTMLImageElement>('#second')?.complete,
      );
    },
  },
  {
    title: 'a layout shift that the user caused',
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab) {
      await tab.click('#shift');
      await interactionOf(tab, 0);
      await entriesOf(tab, 'layout-shift', 1);
    },
  },
  {
    title: 'a page that was loaded in the background',
    page: 'picture',
    measures: ['TTFB', 'INP'],
    lacks: ['LCP', 'FCP', 'CLS', 'FID'],
    async open(tab, site, other) {
      await other.bringToFront();
      await tab.goto(site.page('picture'));
      await engineIsReady(tab);
      await tab.bringToFront();
    },
    async act(tab) {
      await tab.click('#hero');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'a page that was hidden before Ferrum came',
    page: 'clicks',
    measures: ['TTFB', 'INP'],
    lacks: ['LCP', 'FCP', 'CLS'],
    async open(tab, site, other) {
      await other.bringToFront();
      const release = site.hold('/cdn/ferrum.js');
      const opened = tab.goto(site.page('clicks'));
      await site.request('/cdn/ferrum.js');
      await tab.bringToFront();
      release();
      await opened;
    },
    async act(tab) {
      await tab.click('#quick');
      await interactionOf(tab, 0);
    },
  },
  {
    title: 'a page that was hidden for a while',
    hides: 1,
    page: 'clicks',
    measures: [...LOADED, 'INP', 'FID'],
    async act(tab, other) {
      await tab.click('#medium');
      await interactionOf(tab, 128);
      await pageIsIdle(tab);
      await other.bringToFront();
      await tab.bringToFront();
      await tab.click('#slow');
      await interactionOf(tab, 200);
    },
  },
  {
    title: 'a page that came back from the back/forward cache',
    hides: 1,
    page: 'clicks',
    measures: ['LCP', 'FCP', 'TTFB', 'CLS', 'INP'],
    ignores: ['LCP', 'FCP', 'TTFB'],
    open: (tab, site) => tab.goto(`${site.page('clicks')}?restorable`),
    async act(tab) {
      await tab.click('#slow');
      await interactionOf(tab, 200);
      await tab.goto(new URL('/empty.html', tab.url()).href);
      await tab.goBack();
      expect(
        await tab.evaluate(() => performance.getEntriesByName('restored').length),
        'restored',
      ).toBe(1);
      await tab.click('#medium');
      await interactionOf(tab, 128);
    },
    async leave(tab, intake) {
      await tab.goto('about:blank');
      const isRestored = (event: object) => at(event, 'view.loading_type') === 'bf_cache';
      const { event } = await intake.waitFor(({ event }) => isRestored(event));
      return viewOf(intake, at(event, 'view.id') as string);
    },
  },
];

const table: string[][] = [['', ...NAMES]];

test.describe('the vitals are those of web-vitals', () => {
  for (const situation of situations) {
    test(`for ${situation.title}`, async ({ intake, site, openTab }) => {
      const [other, tab] = [await openTab(), await openTab()];
      await (situation.open?.(tab, site, other) ?? tab.goto(site.page(situation.page)));
      await engineIsReady(tab);
      await pageIsIdle(tab);
      await situation.act?.(tab, other);
      await pageIsIdle(tab);
      const view = await (situation.leave ?? leave)(tab, intake);
      await expect.poll(() => site.reports.length).toBeGreaterThan(situation.hides ?? 0);
      const reference = site.reports.at(-1) as Partial<Record<Name, number>>;
      table.push([situation.title, ...row(view, reference)]);

      for (const name of situation.measures) expect(reference, name).toHaveProperty(name);
      for (const name of situation.lacks ?? []) expect(reference, name).not.toHaveProperty(name);
      const compared = NAMES.filter((name) => !situation.ignores?.includes(name));
      for (const name of compared) expectSame(name, view, reference[name]);
    });
  }

  test.afterAll(() => console.log(format(table)));
});

function expectSame(name: Name, view: FoldedView, expected: number | undefined): void {
  const actual = ours(name, view);
  const message = `${name}: ${actual} for the reference's ${expected}`;
  if (expected === undefined) expect(actual, message).toBeUndefined();
  else {
    expect(actual, message).toBeDefined();
    const distance = Math.abs((actual as number) - expected);
    expect(distance, message).toBeLessThanOrEqual(METRICS[name].tolerance);
  }
}

function ours(name: Name, view: FoldedView): number | undefined {
  const { path, unit } = METRICS[name];
  const value = at(view.event, path) as number | undefined;
  return value === undefined ? undefined : value / unit;
}

function row(view: FoldedView, reference: Partial<Record<Name, number>>): string[] {
  const show = (value: number | undefined) =>
    value === undefined ? '–' : String(Number(value.toFixed(4)));
  return NAMES.map((name) => `${show(ours(name, view))} = ${show(reference[name])}`);
}

function format(rows: string[][]): string {
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  const lines = rows.map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] as number)).join('  '),
  );
  return `\nFerrum = web-vitals (ms; CLS as it is)\n${lines.join('\n')}`;
}
