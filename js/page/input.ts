/** What the engine is told (`src/browser/inputs.rs` is the other half; keep the two together). */

import { input as give } from 'virtual:glue';

export const NAVIGATION = 0;
export const FIRST_CONTENTFUL_PAINT = 1;
export const LARGEST_CONTENTFUL_PAINT = 2;
export const LAYOUT_SHIFT = 3;
export const EVENT = 4;
export const RESOURCE = 5;
export const VISIBILITY_STATE = 6;
export const START = 7;
export const INTERACTION_COUNT = 8;
export const USER_INPUT = 9;
export const ACTIVITY = 10;
export const VISIBILITY = 11;
export const FOCUS = 12;
export const TERMINATE = 13;
export const RESTORE = 14;
export const ADDRESS = 15;
export const CONSENT = 16;
export const CONTEXT = 17;
export const WAKE = 18;
export const STOP = 19;
export const FREEZE = 20;
export const RESUME = 21;
export const SCROLL = 22;
export const REVIEWED = 23;
export const RAW_EVENT = 24;
export const ACTION = 25;
export const ERROR = 26;
export const TIMING = 27;
export const START_VIEW = 28;
export const VIEW_NAME = 29;
export const FLAG = 30;
export const INTERNAL_CONTEXT = 31;
export const VIEW_CONTEXT = 32;
export const DELIVER = 33;

/** `at` is when it happened; flags are numbers. NUL separates the texts, so they lose theirs. */
export function input(
  kind: number,
  at = performance.now(),
  numbers: (number | boolean)[] = [],
  texts: (string | undefined)[] = [],
): void {
  const all = [performance.now(), Date.now(), at].concat(numbers.map(Number));
  give(kind, all, texts.map((text = '') => text.replace(/\0/g, '')).join('\0'));
}
