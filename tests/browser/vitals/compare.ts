/** Compares a view of Ferrum's with the reference's report of the same view: one cell for each field. */

import { at, type Json } from '../fixture.ts';
import { FIELDS, type Field, type Measure, type Metric } from './fields.ts';

/** What the reference says of a view (`pages/view-reference.js`). */
export interface TheirView {
  /** web-vitals' `navigationType`. */
  type: string;
  id: number;
  url: string;
  /** On the page's clock. */
  start: number;
  /** Of a restored one: when all had been called that wait for the frame in which it is painted. */
  shown?: number;
  metrics: Partial<Record<Metric, Json>>;
}

export type Verdict =
  | 'equal'
  | 'different'
  /** Neither has it. */
  | 'absent'
  /** Different, and the case says why. */
  | 'listed';

export interface Cell {
  field: string;
  metric: Metric;
  verdict: Verdict;
  ours: unknown;
  theirs: unknown;
}

export interface Comparison {
  /** Absent where ours has no such view. */
  event: Json | undefined;
  /** Absent where theirs has none. */
  theirs: TheirView | undefined;
  /** `performance.timeOrigin` of the page. */
  origin: number;
  /** Fields that must differ, with the reasons. */
  differs: Record<string, string>;
  isSameElement(ours: string, theirs: string): Promise<boolean>;
}

export async function compareView(comparison: Comparison): Promise<Cell[]> {
  const cells: Cell[] = [];
  for (const field of FIELDS) cells.push(await compareField(field, comparison));
  return cells;
}

const OF_LONG_FRAMES = /^INP\.(script|style_and_layout|paint|unattributed|longest\.)/;

async function compareField(field: Field, comparison: Comparison): Promise<Cell> {
  const { name, metric, measure } = field;
  const { event, theirs: view } = comparison;
  const theirs = known(at(view?.metrics[metric], field.theirs), measure);
  // What does not explain a value of this view's is nobody's to compare: the first byte is a navigation's.
  const isCause = name !== metric;
  const isMissing = isCause && at(event, valuePathOf(metric)) === undefined;
  const ours = isMissing ? undefined : scaled(at(event, field.ours), measure, comparison);
  const cell = { field: name, metric, ours, theirs };
  const isEqual =
    (await isSame(ours, theirs, measure, comparison)) || isOfSameMoment(ours, field, comparison);
  if (isEqual) return { ...cell, verdict: theirs === undefined ? 'absent' : 'equal' };
  const isListed =
    name in comparison.differs ||
    metric in comparison.differs ||
    (OF_LONG_FRAMES.test(name) && at(view?.metrics.INP, 'hasForgottenFrames') === true);
  return { ...cell, verdict: isListed ? 'listed' : 'different' };
}

/** When a view was painted; of a restored one, whose first byte was there already, the parts that end then too. */
const PAINTS = ['LCP', 'FCP', 'FCP.first_byte_to_paint'];

/**
 * Restored pages have no entries of paints and of the first input: both look at the clock when they are called for
 * the frame, or for the event, one after the other.
 */
function isOfSameMoment(
  ours: unknown,
  { name, metric, theirs }: Field,
  { theirs: view }: Comparison,
): boolean {
  const between = (start: number, end: number) =>
    (ours as number) >= start && (ours as number) <= end;
  if (!view) return false;
  if (name === 'FID') {
    const waits = at(view.metrics.FID, 'waits') as [first: number, last: number] | undefined;
    return waits !== undefined && between(...waits);
  }
  if (view.shown === undefined || !PAINTS.includes(name)) return false;
  return between(at(view.metrics[metric], theirs) as number, view.shown - view.start);
}

function valuePathOf(metric: Metric): string {
  return FIELDS.find(({ name }) => name === metric)?.ours as string;
}

/** Ours as theirs would say it. */
function scaled(value: unknown, { kind }: Measure, { event, origin }: Comparison): unknown {
  if (value === undefined) return undefined;
  if (kind === 'span') return (value as number) / 1e6;
  if (kind === 'time') return (at(event, 'date') as number) - origin + (value as number) / 1e6;
  return value;
}

/** What browsers do not know has no words. */
function known(value: unknown, measure: Measure): unknown {
  const unknown = ['', null, 'unknown' in measure ? measure.unknown : ''];
  return unknown.includes(value as string) ? undefined : value;
}

async function isSame(
  ours: unknown,
  theirs: unknown,
  measure: Measure,
  { isSameElement }: Comparison,
): Promise<boolean> {
  if (ours === undefined || theirs === undefined || measure.kind === 'text') return ours === theirs;
  if (measure.kind === 'selector') {
    return ours === theirs || isSameElement(ours as string, theirs as string);
  }
  return Math.abs((ours as number) - (theirs as number)) <= measure.within;
}

/** `LCP.url: "/b.svg" for the reference's "/a.svg"` */
export function tell({ field, ours, theirs }: Cell): string {
  return `${field}: ${show(ours)} for the reference's ${show(theirs)}`;
}

function show(value: unknown): string {
  if (value === undefined) return '–';
  return typeof value === 'number' ? String(Number(value.toFixed(4))) : JSON.stringify(value);
}
