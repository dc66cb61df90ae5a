/**
 * What `beforeSend` is told about an event besides: references of the page, which the engine knows by a
 * number. Nothing is kept unless the page asked for it.
 */

import { OWN_FRAMES } from '../engine-contract.ts';

/** Events that are never sent (no view, sampled out) leave theirs behind. */
const LIMIT = 1000;

const contexts = new Map<number, object>();
let last = 0;
let isWanted = false;

export function wantContexts(): void {
  isWanted = true;
}

/** Of a call of the API, as the official SDK writes it: the first frames are the shim's. */
export function handlingStack(name: string, stack: Error | false | undefined): string | undefined {
  if (!stack) return undefined;
  const frames = `${stack.stack}`.split('\n').filter((line) => /[:@]/.test(line));
  return [`HandlingStack: ${name}`, ...frames.slice(OWN_FRAMES)].join('\n');
}

/** The number to give the engine; 0 for nothing. */
export function keepContext(context: () => object): number {
  if (!isWanted) return 0;
  contexts.set(++last, context());
  contexts.delete(last - LIMIT);
  return last;
}

export function takeContext(token: number): object | undefined {
  const context = contexts.get(token);
  contexts.delete(token);
  return context;
}
