/** Events that are made in the page: the engine puts what all events have around them. */

import { input } from './input.ts';
import { RAW_EVENT } from './kinds.ts';

/** Types of events in the order of their numbers in the engine. */
export const KINDS = ['action', 'error', 'long_task', 'resource', 'vital'];

export const ERROR_EVENT = 1;
export const LONG_TASK = 2;
export const RESOURCE_EVENT = 3;
export const VITAL = 4;

/**
 * `part` is the event's own, `frozenFor` how long it took in ms if it says nothing once the browser
 * froze the page meanwhile.
 */
export function addEvent(kind: number, at: number, part: object, frozenFor = 0, token = 0): void {
  input(RAW_EVENT, at, [kind, token, frozenFor], [JSON.stringify(part)]);
}

/** From ms. */
export function nanoseconds(time: number | undefined): number | undefined {
  return time === undefined ? time : Math.round(time * 1e6);
}
