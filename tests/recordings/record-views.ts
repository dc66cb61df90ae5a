/**
 * What Chromium told the chunk that completes views, and what web-vitals made of the same loads:
 * `tests/js/vitals-recordings.test.ts` replays it. `node --import tsx tests/recordings/record-views.ts` records anew.
 *
 * A recording is of JSON lines: entries of the browser, with what is read of them; what the visitor did; views,
 * each as the engine made it for the last time and when it began; the reference's report.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startIntake } from '../../js/intake/index.ts';
import { startChromium } from '../browser/engines/puppeteer.ts';
import {
  asPage,
  expression,
  isShown,
  type Tab,
  viewsAreCompleted,
} from '../browser/engines/tab.ts';
import { engineIsReady, type Json, longFramesAreTold } from '../browser/fixture.ts';
import { root, type Site, startSite } from '../browser/site.ts';
import type { TheirView } from '../browser/vitals/compare.ts';
import { FIELDS } from '../browser/vitals/fields.ts';
import { type ViewSituation, viewSituations } from './view-situations.ts';

export interface Did {
  /** `performance.now()` when the page heard of it. */
  now: number;
  visibilityState: string;
  event: { type: string; timeStamp: number };
}

export type Line =
  | { entry: Json; type: string }
  | Did
  | { start: number; view: Json }
  | { origin: number; theirs: TheirView[] };

declare global {
  interface Window {
    lines: Line[];
  }
}

/** What is read of entries, of whatever type. */
const READ =
  `name startTime duration type value hadRecentInput size url renderTime element requestStart responseEnd
  largestContentfulPaint navigationId interactionId presentationTime paintTime scripts styleAndLayoutStart
  forcedStyleAndLayoutDuration sourceURL sourceFunctionName sourceCharPosition invoker invokerType activationStart
  fetchStart workerStart redirectStart redirectEnd domainLookupStart connectStart connectEnd responseStart
  domInteractive domContentLoadedEventStart domComplete firstInterimResponseStart
  finalResponseHeadersStart`.split(/\s+/);

const OBSERVED = [
  'navigation',
  'resource',
  'largest-contentful-paint',
  'layout-shift',
  'first-input',
  'event',
  'long-animation-frame',
  'interaction-contentful-paint',
  'soft-navigation',
];

const DONE = [
  'click',
  'keydown',
  'pointerdown',
  'pointerup',
  'pointercancel',
  'mousedown',
  'pageshow',
  'visibilitychange',
];

/** On the page. */
function record(observed: string[], done: string[], names: string[]): void {
  window.lines = [];
  const plain = (value: unknown): unknown => {
    if (value instanceof Element) return `#${value.id}`;
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    return pick(value, names);
  };
  const pick = (from: object, names: string[]): Json => {
    const known = names.filter((name) => ![undefined, null, ''].includes(Reflect.get(from, name)));
    return Object.fromEntries(known.map((name) => [name, plain(Reflect.get(from, name))]));
  };
  const take = (entry: PerformanceEntry & Json): void => {
    if (entry.entryType === 'event' && !entry.interactionId) return;
    if (entry.entryType === 'resource' && entry.initiatorType !== 'img') return;
    // As it is when the page has been loaded.
    if (entry.entryType === 'navigation' && !entry.duration) return;
    const largest = entry.getLargestInteractionContentfulPaint as (() => unknown) | undefined;
    const more = largest && { largest: plain(largest.call(entry)) };
    window.lines.push({ type: entry.entryType, entry: { ...pick(entry, names), ...more } });
  };
  for (const type of observed) {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(take as never));
    observer.observe({ type, buffered: true, durationThreshold: 40 } as object);
  }
  const read = ['type', 'timeStamp', 'isTrusted', 'cancelable', 'persisted'];
  for (const type of done) {
    const note = (event: Event) => {
      const target = event.target instanceof Element ? `#${event.target.id}` : undefined;
      window.lines.push({
        now: performance.now(),
        visibilityState: document.visibilityState,
        event: { ...pick(event, read), ...(target && { target }) } as Did['event'],
      });
    };
    addEventListener(type, note, { capture: true, passive: true });
  }
}

/** Around the chunk: keeps what it is given. The build has made the name of what completes views short. */
const CHUNK = `
  import { completeViews as complete } from '/vitals-as-built.js';
  export function completeViews(...lent) {
    const [, , , extras] = lent;
    const before = Object.keys(extras);
    complete(...lent);
    const name = Object.keys(extras).find((name) => !before.includes(name));
    const completed = extras[name];
    extras[name] = (event, start) => {
      lines.push({ start, view: JSON.parse(event) });
      return completed(event, start);
    };
  }`;

function watch(site: Site): void {
  const type = 'text/javascript';
  const built = (path: string) => readFileSync(`${root}/${path}`, 'utf8');
  const reference = built('node_modules/web-vitals/dist/web-vitals.attribution.iife.js');
  const recording = expression(record, [OBSERVED, DONE, READ]);
  site.reference = 'view-reference';
  site.answer('/web-vitals.js', { type, body: `${recording};${reference}` });
  site.answer('/vitals-as-built.js', { type, body: built('dist/cdn/ferrum-vitals.js') });
  site.answer('/cdn/ferrum-vitals.js', { type, body: CHUNK });
}

/** Of the reference's report, what is compared. */
function comparable(view: TheirView): TheirView {
  const metrics: Record<string, Json> = {};
  for (const { metric, theirs } of FIELDS) {
    const all = view.metrics[metric];
    const [first] = theirs.split('.') as [string];
    if (all?.[first] === undefined) continue;
    metrics[metric] = { ...metrics[metric], [first]: all[first] };
  }
  const waits = view.metrics.FID?.waits;
  if (waits) metrics.FID = { ...metrics.FID, waits };
  return { ...view, metrics };
}

/** As far as anybody looks at it. */
function concise({ start, view: { type, date, view } }: { start: number; view: Json }): Line {
  const { loading_type, url, time_spent, first_byte, performance } = view as Json;
  const kept = { loading_type, url, time_spent, first_byte, performance };
  return { start, view: { type, date, view: kept } };
}

async function recordOne({ page, act }: ViewSituation, tab: Tab): Promise<string> {
  const intake = await startIntake();
  const site = await startSite(intake.url);
  try {
    watch(site);
    await tab.open(`${site.url}/${page ?? 'play.html'}`);
    await engineIsReady(asPage(tab));
    await viewsAreCompleted(tab, site);
    await act(tab, site);
    await longFramesAreTold(asPage(tab));
    await isShown(tab);
    await tab.hide();
    const find = () => site.reports.find(({ isLeft }) => !isLeft);
    while (!find()) await setTimeout(5);
    const { origin, views } = find() as unknown as { origin: number; views: TheirView[] };
    const all = await tab.evaluate(() => window.lines);
    const told = all.filter((line) => !('view' in line));
    const last = new Map<number, Line>();
    for (const line of all) if ('view' in line) last.set(line.start, concise(line));
    const lines = [...told, ...last.values(), { origin, theirs: views.map(comparable) }];
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
    return text.replaceAll(site.url, 'http://shop');
  } finally {
    await Promise.all([site.close(), intake.close()]);
  }
}

const folder = fileURLToPath(new URL('views', import.meta.url));
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const chromium = await startChromium();
try {
  for (const situation of viewSituations) {
    const tab = await chromium.newTab();
    const text = await recordOne(situation, tab);
    writeFileSync(`${folder}/${situation.title.replaceAll(' ', '-')}.ndjson`, text);
    await tab.close();
  }
} finally {
  await chromium.close();
}
