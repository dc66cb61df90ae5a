/**
 * What browsers told the engine of their pages, and what web-vitals made of the same loads: `main.rs` replays it.
 * `node --import tsx tests/recordings/record.ts` makes all recordings again; further words are the browsers to record.
 *
 * A recording is of JSON lines: what the page was when the engine came; its inputs, as `js/memory.ts` gives them; the
 * reference's values when the page was hidden for the last time.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startIntake } from '../../js/intake/index.ts';
import * as kinds from '../../js/page/kinds.ts';
import { type Given, watchEngine } from '../browser/engine-inputs.ts';
import { type EngineName, engineNames, makeOf } from '../browser/engines/engines.ts';
import { type Situation, situations, visit } from '../browser/engines/situations.ts';
import { expression, type Tab } from '../browser/engines/tab.ts';
import { root, type Site, startSite } from '../browser/site.ts';

declare global {
  interface Window {
    /** What the page was, and what the engine was given. */
    recorded: [object, ...Given[]];
  }
}

/** Of which vitals are made. */
const RECORDED = [
  kinds.NAVIGATION,
  kinds.FIRST_CONTENTFUL_PAINT,
  kinds.LARGEST_CONTENTFUL_PAINT,
  kinds.LAYOUT_SHIFT,
  kinds.EVENT,
  kinds.VISIBILITY_STATE,
  kinds.INTERACTION_COUNT,
  kinds.USER_INPUT,
  kinds.VISIBILITY,
];

/** On the page. */
function record(start: number, recordedKinds: number[]): void {
  const describePage = ([at, wall]: number[]) => ({
    at,
    wall,
    time_origin: performance.timeOrigin,
    is_hidden: document.hidden,
    has_layout_shift: PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
  });
  window.takeInput = (kind, numbers, text) => {
    if (kind === start) window.recorded = [describePage(numbers)];
    if (recordedKinds.includes(kind)) window.recorded.push([kind, numbers, text]);
  };
}

/** The reference is the first script of all pages: what watches comes before it. */
function watch(site: Site): void {
  const reference = readFileSync(
    `${root}/node_modules/web-vitals/dist/web-vitals.attribution.iife.js`,
    'utf8',
  );
  const watching = `${expression(record, [kinds.START, RECORDED])};${expression(watchEngine, [])}`;
  site.answer('/web-vitals.js', { type: 'text/javascript', body: `${watching};${reference}` });
}

async function recordOne(situation: Situation, tab: Tab): Promise<string> {
  const intake = await startIntake();
  const site = await startSite(intake.url);
  try {
    watch(site);
    await visit(situation, tab, site);
    await tab.hide();
    const reports = (situation.hides ?? 0) + 1;
    while (site.reports.length < reports) await setTimeout(5);
    const recorded = await tab.evaluate(() => window.recorded);
    const lines = [...recorded, site.reports.at(-1)].map((line) => JSON.stringify(line));
    return `${lines.join('\n')}\n`.replaceAll(site.url, 'http://shop');
  } finally {
    await Promise.all([site.close(), intake.close()]);
  }
}

async function recordAll(name: EngineName): Promise<void> {
  const folder = fileURLToPath(new URL(name, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  const engine = await makeOf(name).start();
  try {
    for (const situation of situations) {
      const tab = await engine.newTab();
      const file = `${folder}/${situation.title.replaceAll(' ', '-')}.ndjson`;
      writeFileSync(file, await recordOne(situation, tab));
      await tab.close();
    }
  } finally {
    await engine.close();
  }
}

const [, , ...named] = process.argv;
for (const name of engineNames) {
  if (!named[0] || named.includes(name)) await recordAll(name);
}
