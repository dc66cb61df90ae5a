/**
 * Replaces what an SDK measured by what that means: what the page itself measured, exactly; or in which step of the
 * journey it was. Whatever does not agree with its page stays, and shows in the comparison.
 */

import { isDeepStrictEqual } from 'node:util';
import { at, isObject, type Json } from '../../js/intake/json.ts';
import type { Measured, Step, Testimony, Witness } from './witness.ts';

export const MEASURED = 'as the page measured';
export const LEFT = 'when the page was left';

/** Steps are 10 ms apart; dates are in whole ms, and some are sums of two rounded ones. */
const STEP_ROUNDING_MS = 4;

/**
 * Dates of entries are the time since the origin plus the difference of two clocks, which are not read at once: other
 * processes may run in between.
 */
export const TWO_CLOCKS_MS = 100;

export const ns = (ms: number): number => Math.round(ms * 1e6);

export function read(event: Json, path: string): unknown {
  return at(event, ...path.split('.'));
}

export function write(event: Json, path: string, value: unknown): void {
  const names = path.split('.');
  const last = names.pop() as string;
  let parent = event;
  for (const name of names) {
    if (!isObject(parent[name])) parent[name] = {};
    parent = parent[name] as Json;
  }
  parent[last] = value;
}

/** That there is no value may be what is expected. */
export function agree(event: Json, path: string, expected: unknown): void {
  const value = read(event, path);
  if (isDeepStrictEqual(value, expected)) write(event, path, MEASURED);
  else if (value !== undefined)
    write(event, path, `${JSON.stringify(value)}, the page measured ${JSON.stringify(expected)}`);
}

/** When the journey did what. */
export class Steps {
  readonly #steps: Step[];

  constructor({ steps }: Witness) {
    this.#steps = [...steps].sort((a, b) => a.from - b.from);
  }

  /** The step that was the last to begin before a date. */
  at(date: number): string {
    return `in step ${this.#indexAt(date)}`;
  }

  /** Whether it was while the step was made, which API calls of a page are, or afterwards. */
  during(date: number): string {
    const index = this.#indexAt(date);
    const end = this.#steps[index]?.to;
    const isAfter = end !== undefined && date > end + STEP_ROUNDING_MS;
    return `${isAfter ? 'after' : 'in'} step ${index}`;
  }

  #indexAt(date: number): number {
    return this.#steps.filter(({ from }) => from - STEP_ROUNDING_MS <= date).length - 1;
  }
}

export interface Truth {
  documents: Testimony[];
  given: Map<number, string>;
  steps: Steps;
  /** When views began and ended, and when the visit was over; epoch ms. */
  views: number[];
  viewEnds: number[];
  ended: number;
}

export function truthOf(witness: Witness, views: Json[]): Truth {
  const { documents, given, ended } = witness;
  const dates = views.map(({ date }) => Number(date));
  const viewEnds = views.map((view) => Number(view.date) + ms(at(view, 'view', 'time_spent')));
  return { documents, given, ended, views: dates, viewEnds, steps: new Steps(witness) };
}

/** All entries of all documents. */
export function entriesOfType(truth: Truth, ...types: string[]): Timed[] {
  return truth.documents.flatMap((document) =>
    document.entries
      .filter(({ entryType }) => types.includes(entryType))
      .map((entry) => ({ ...entry, document })),
  );
}

export type Timed = Measured & { document: Testimony };

/** The document of a view: the page says which views it had; of very short ones the date has to tell. */
export function documentOf(view: Json, { documents }: Truth): Testimony | undefined {
  const date = Number(view.date);
  const id = at(view, 'view', 'id') as string;
  const known = documents.find(({ viewIds }) => viewIds.includes(id));
  if (known) return known;
  const isInitial = at(view, 'view', 'loading_type') === 'initial_load';
  const possible = isInitial
    ? [...documents].sort((a, b) => distance(date, a, 0) - distance(date, b, 0))
    : documents.filter(({ origin }) => origin <= date).sort((a, b) => b.origin - a.origin);
  return possible[0];
}

/** Milliseconds of a duration on the wire. */
export const ms = (value: unknown): number => Number(value) / 1e6;

/** How far a date is from a time of the page, on the clock of the page or on that of the system. */
export function distance(date: number, { origin, drifts }: Testimony, time: number): number {
  return Math.min(...[0, ...drifts].map((drift) => Math.abs(origin + drift + time - date)));
}

export function checkDate(event: Json, document: Testimony, time: number, meaning: string): void {
  const date = Number(event.date);
  const isNear = distance(date, document, time) <= TWO_CLOCKS_MS && Number.isInteger(date);
  event.date = isNear ? meaning : `${date}, the page measured ${document.origin + time}`;
}
