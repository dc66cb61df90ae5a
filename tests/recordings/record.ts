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
import { type EngineName, engineNames, makeOf } from '../browser/engines/engines.ts';
import { type Situation, situations, visit } from '../browser/engines/situations.ts';
import { expression, type Tab } from '../browser/engines/tab.ts';
import { root, type Site, startSite } from '../browser/site.ts';

type Given = [kind: number, numbers: number[], text: string];

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

/** On the page: looks into the memory of the engine when it is given something. */
function watchEngine(start: number, recordedKinds: number[]): void {
  const describePage = ([at, wall]: Float64Array) => ({
    at,
    wall,
    time_origin: performance.timeOrigin,
    is_hidden: document.hidden,
    has_layout_shift: PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
  });
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...source) => {
    const { module, instance } = await instantiateStreaming.apply(WebAssembly, source);
    const { exports } = instance;
    // The build has made the names short.
    const nameOf = (isIt: (value: WebAssembly.ExportValue) => boolean) =>
      Object.keys(exports).find((name) => isIt(exports[name] as never)) as string;
    const taking = (count: number) =>
      nameOf((value) => typeof value === 'function' && value.length === count);
    const memory = exports[nameOf((value) => 'buffer' in value)] as WebAssembly.Memory;
    const names = { reserve: taking(2), input: taking(1) };
    const reserve = exports[names.reserve] as (numbers: number, textSize: number) => number;
    const input = exports[names.input] as (kind: number) => void;
    let place = [0, 0, 0] as [at: number, numbers: number, textSize: number];
    const watched = {
      ...exports,
      [names.reserve](numbers: number, textSize: number) {
        const at = reserve(numbers, textSize);
        place = [at, numbers, textSize];
        return at;
      },
      [names.input](kind: number) {
        const [at, count, textSize] = place;
        const numbers = new Float64Array(memory.buffer, at, count);
        const text = new Uint8Array(memory.buffer, at + count * 8, textSize);
        if (kind === start) window.recorded = [describePage(numbers)];
        if (recordedKinds.includes(kind)) {
          window.recorded.push([kind, [...numbers], new TextDecoder().decode(text)]);
        }
        input(kind);
      },
    };
    return { module, instance: { exports: watched } };
  };
}

/** The reference is the first script of all pages: what watches comes before it. */
function watch(site: Site): void {
  const reference = readFileSync(
    `${root}/node_modules/web-vitals/dist/web-vitals.attribution.iife.js`,
    'utf8',
  );
  const watching = expression(watchEngine, [kinds.START, RECORDED]);
  site.answer('/web-vitals.js', { type: 'text/javascript', body: `${watching};${reference}` });
}

async function record(situation: Situation, tab: Tab): Promise<string> {
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
      writeFileSync(file, await record(situation, tab));
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
