/** Pairs what two SDKs made of one journey, and compares the pairs path by path. */

import { isObject, type Json } from '../../js/intake/json.ts';
import { classOf } from './chance.ts';
import type { Entry } from './entry.ts';
import type { Journey } from './journey.ts';
import { isExtra } from './listed.ts';
import type { Recording } from './record.ts';

export interface Difference {
  journey: string;
  /** Type and key of the event. */
  entry: string;
  /** With `[]` for any index; `(missing)` or `(extra)` for a whole event. */
  path: string;
  theirs?: unknown;
  ours?: unknown;
}

export interface Comparison {
  pairs: number;
  paths: number;
  equal: number;
  /** Paths in paired events that only ours may have. */
  onlyOurs: number;
  differences: Difference[];
}

type Pair = [Entry, Entry];

export function compare(journey: Journey, theirs: Recording, ours: Recording): Comparison {
  const { pairs, missing, extra } = pairUp(theirs.entries, ours.entries);
  const ids = new Bijection();
  for (const [a, b] of pairs) bindOwnIds(ids, a.value, b.value);
  const whole = (path: string) => (entry: Entry) => ({
    journey: journey.name,
    entry: nameOf(entry),
    path,
  });
  const result: Comparison = {
    pairs: pairs.length,
    paths: 0,
    equal: 0,
    onlyOurs: 0,
    differences: [...missing.map(whole('(missing)')), ...extra.map(whole('(extra)'))],
  };
  for (const pair of pairs) comparePair(result, pair, { journey, ids });
  return result;
}

const nameOf = ({ type, key }: Entry) => `${type} ${key}`.trim();

/** Equal names in the order of their dates. */
function pairUp(theirs: Entry[], ours: Entry[]) {
  const left = [...ours];
  const pairs: Pair[] = [];
  const missing: Entry[] = [];
  for (const entry of theirs) {
    const index = left.findIndex((candidate) => nameOf(candidate) === nameOf(entry));
    if (index < 0) missing.push(entry);
    else pairs.push([entry, left.splice(index, 1)[0] as Entry]);
  }
  return { pairs, missing, extra: left };
}

/** Which id of one recording stands for which of the other: each for exactly one. */
class Bijection {
  readonly #forth = new Map<string, string>();
  readonly #back = new Map<string, string>();

  match(a: string, b: string): boolean {
    if (!this.#forth.has(a) && !this.#back.has(b)) {
      this.#forth.set(a, b);
      this.#back.set(b, a);
    }
    return this.#forth.get(a) === b;
  }
}

/** What other events refer to is bound by the event itself. */
function bindOwnIds(ids: Bijection, a: Json, b: Json): void {
  const type = String(a.type);
  for (const name of [type, 'session']) {
    const [left, right] = [a[name], b[name]].map((part) => (isObject(part) ? part.id : undefined));
    if (isId(left) && isId(right)) ids.match(left, right);
  }
}

const idPattern = /^([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{8,20})$/;

function isId(value: unknown): value is string {
  return typeof value === 'string' && idPattern.test(value);
}

interface Comparing {
  journey: Journey;
  ids: Bijection;
}

function comparePair(result: Comparison, [a, b]: Pair, { journey, ids }: Comparing): void {
  const entry = nameOf(a);
  const left = new Map(leavesOf(b.value));
  const differ = (at: string, theirs: unknown, ours: unknown) =>
    result.differences.push({ journey: journey.name, entry, path: anyIndex(at), theirs, ours });
  for (const [at, theirs] of leavesOf(a.value)) {
    const kind = classOf(anyIndex(at), entry, journey);
    const ours = left.get(at);
    left.delete(at);
    if (kind === 'chance' || (kind === 'optional' && ours === undefined)) continue;
    result.paths += 1;
    const isOwn = kind === 'own' && typeof theirs === typeof ours;
    if (isOwn || isSame(theirs, ours, ids)) result.equal += 1;
    else differ(at, theirs, ours);
  }
  for (const [at, ours] of left) {
    if (classOf(anyIndex(at), entry, journey) !== undefined) continue;
    if (isExtra(entry, anyIndex(at), ours)) result.onlyOurs += 1;
    else differ(at, undefined, ours);
  }
}

const anyIndex = (path: string) => path.replaceAll(/\[\d+\]/g, '[]');

function isSame(theirs: unknown, ours: unknown, ids: Bijection): boolean {
  if (isId(theirs) && isId(ours)) return ids.match(theirs, ours);
  if (typeof theirs === 'string' && typeof ours === 'string') return plain(theirs) === plain(ours);
  return JSON.stringify(theirs) === JSON.stringify(ours);
}

/** Each SDK has its own version. */
function plain(text: string): string {
  return text.replace(/sdk_version:[^,]+/, 'sdk_version:*');
}

/** All values that hold no others, with their paths. Empty lists and objects are values too. */
function* leavesOf(value: unknown, path = ''): Generator<[string, unknown]> {
  const isList = Array.isArray(value);
  const parts = isList || isObject(value) ? Object.entries(value) : [];
  if (parts.length === 0) yield [path, value];
  for (const [name, part] of parts) {
    const dot = path === '' ? '' : '.';
    yield* leavesOf(part, isList ? `${path}[${name}]` : `${path}${dot}${name}`);
  }
}
