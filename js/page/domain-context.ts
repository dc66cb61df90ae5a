/**
 * What `beforeSend` is told about an event besides: references of the page, which the engine knows by a
 * number. Nothing is kept unless somebody wants to know; the extras make of it what the page is told.
 */

/** Of events that are never sent (no view, sampled out), and of views, some stay behind. */
const LIMIT = 1000;

/** Where the page made a call: an Error made in it, if anybody could read that. */
export type Stack = Error | false | undefined;

const contexts = new Map<number | string, object>();
let last = 0;
let isWanted = false;

export function wantContexts(): void {
  isWanted = true;
}

/** The number to give the engine; 0 for nothing. */
export function keepContext(make: () => object): number {
  if (!isWanted) return 0;
  contexts.set(++last, make());
  const [oldest] = contexts.keys();
  if (contexts.size > LIMIT) contexts.delete(oldest as number);
  return last;
}

/** It is that of a view, which has got its id; or none, where there is no session. */
export function nameContext(token: number, id: number | string): void {
  contexts.set(id, takeContext(token) as object);
}

/** Those that were kept after another one, and neither taken nor named. */
export function contextsAfter(token: number): object[] {
  return [...contexts].flatMap(([key, context]) => (Number(key) > token ? context : []));
}

/** Of an event once, of a view for each of its versions. */
export function takeContext(key: number | string): object | undefined {
  const context = contexts.get(key);
  if (typeof key === 'number') contexts.delete(key);
  return context;
}
