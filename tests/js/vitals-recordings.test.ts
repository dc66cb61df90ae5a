/**
 * What only the chunk that completes views makes of them is what web-vitals made of the same loads, as recorded in
 * Chromium (`tests/recordings/record-views.ts`).
 */

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type Cell, compareView, type TheirView, tell } from '../browser/vitals/compare.ts';
import { restored, route } from '../browser/vitals/harness.ts';
import type { Did, Line } from '../recordings/record-views.ts';
import { vitals } from './vitals-fixture.ts';

type Json = Record<string, unknown>;

const folder = new URL('../recordings/views/', import.meta.url);

function read(title: string): Line[] {
  const text = readFileSync(new URL(`${title.replaceAll(' ', '-')}.ndjson`, folder), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** As browsers give them. */
function entriesOf(lines: Line[]): Record<string, Json[]> {
  const entries: Record<string, Json[]> = {};
  for (const line of lines) {
    if (!('entry' in line)) continue;
    const { largest, ...entry } = line.entry;
    const asked = largest ? { getLargestInteractionContentfulPaint: () => largest } : {};
    const others = entries[line.type] ?? [];
    entries[line.type] = [...others, { ...entry, ...asked }];
  }
  return entries;
}

function replay(made: ReturnType<typeof vitals>, { now, visibilityState, event }: Did): void {
  made.nowIs(now);
  Object.assign(document, { visibilityState });
  made.fire(event.type, event);
}

/** Why values differ, for the reasons that the comparison in browsers has. */
const DIFFERS: Record<string, Record<string, string> | undefined> = {
  route_change: route([]).differs,
  bf_cache: restored([]).differs,
};

/** Of each view, in the order in which they began. */
async function compareAll(title: string): Promise<Cell[][]> {
  const lines = read(title);
  const made = vitals({ entries: entriesOf(lines), hasNavigation: true });
  for (const line of lines) if ('event' in line) replay(made, line);
  made.nowIs(60_000);
  const { origin, theirs } = lines.at(-1) as { origin: number; theirs: TheirView[] };
  const views = lines.flatMap((line) => ('view' in line ? [line] : []));
  assert.equal(views.length, theirs.length);
  const compared = views.map(({ start, view }, index) => {
    const event = made.complete(view, start);
    const differs = DIFFERS[event.view.loading_type] ?? {};
    const isSameElement = async () => false;
    return compareView({ event, theirs: theirs[index], origin, differs, isSameElement });
  });
  assert.deepEqual(made.reports, []);
  return Promise.all(compared);
}

const parts = (metric: string, ...names: string[]) => names.map((name) => `${metric}.${name}`);

const PARTS = parts('LCP', 'load_delay', 'load_time', 'render_delay', 'size');
const NAVIGATION = parts('FCP', 'navigation.type', 'navigation.id');
const PAINTED = [...parts('FCP', 'first_byte_to_paint', 'load_state'), ...NAVIGATION];
const FIRST_BYTE = [
  ...parts('TTFB', 'waiting', 'cache', 'dns'),
  ...parts('TTFB', 'connection', 'request', 'final_headers'),
];
const LOADED = [...PARTS, ...PAINTED, ...FIRST_BYTE];

const ROUTE = [
  ...['LCP', 'LCP.target', 'LCP.url', 'FCP', 'FCP.navigation.interaction_id'],
  ...[...PARTS, ...PAINTED],
];

const SHIFTED = parts('CLS', 'largest_shift', 'load_state');

const SLOW = [
  ...parts('INP', 'type', 'load_state', 'script', 'style_and_layout', 'paint', 'unattributed'),
  ...parts('INP', 'longest.url', 'longest.function', 'longest.position', 'longest.invoker'),
  ...parts('INP', 'longest.invoker_type', 'longest.subpart', 'longest.duration'),
];

/** Of each view, what the chunk makes of it and the reference must have. */
const recordings: Record<string, string[][]> = {
  'a late picture': [[...LOADED, 'LCP.url']],
  'two routes with a picture': [LOADED, ROUTE, ROUTE],
  shifts: [[...LOADED, ...SHIFTED]],
  'a slow click': [[...LOADED, ...SLOW]],
  'a slow key': [[...LOADED, ...SLOW]],
  'a page that came back': [LOADED, ['FID', ...PAINTED, ...SLOW]],
};

for (const [title, needed] of Object.entries(recordings)) {
  test(`what views of ${title} tell is what web-vitals told of it`, async () => {
    const views = await compareAll(title);
    assert.equal(views.length, needed.length);
    for (const [index, cells] of views.entries()) {
      const named = (verdict: string) => cells.filter((cell) => cell.verdict === verdict);
      assert.deepEqual(named('different').map(tell), []);
      const equal = named('equal').map(({ field }) => field);
      assert.deepEqual(
        needed[index]?.filter((field) => !equal.includes(field)),
        [],
        'not compared',
      );
    }
  });
}

test('every recording is replayed', () => {
  const files = Object.keys(recordings).map((title) => `${title.replaceAll(' ', '-')}.ndjson`);
  assert.deepEqual(readdirSync(folder).sort(), files.sort());
});
