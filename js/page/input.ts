/** What the engine is told, as `src/browser/inputs.rs` reads it. */

import { give } from '../memory.ts';
import { RAW_EVENT } from './kinds.ts';

/** Once it threw, whatever the reason, the engine is of no more use. */
let isTrapped = false;
export const hasTrapped = (): boolean => isTrapped;

/** As `give` takes it. */
type Message = Parameters<typeof give>;

/** What waits to be told. */
const notes: Message[] = [];

/**
 * Has the engine told with the next input, or by `tell`: what delays a paint takes notes only. `at` is
 * when it happened; flags are numbers. NUL separates the texts, so they lose theirs.
 */
export function note(
  kind: number,
  at = performance.now(),
  numbers: readonly (number | boolean)[] = [],
  texts: readonly (string | undefined)[] = [],
): void {
  const all = [performance.now(), Date.now(), at].concat(numbers.map(Number));
  const text = texts.map((text = '') => `${text}`.replace(/\0/g, '')).join('\0');
  notes.push([kind, all, text]);
}

/** In the order of the notes, also where the engine asks for an input in the middle of one. */
export function tell(): void {
  try {
    while (notes[0]) give(...(notes.shift() as Message));
  } catch (error) {
    isTrapped = true;
    throw error;
  }
}

export const input: typeof note = (...noted) => {
  note(...noted);
  tell();
};

/**
 * An event that is made in the page: the engine puts what all events have around `part`, the event's
 * own. `frozenFor` is how long it took in ms if it says nothing once the browser froze the page
 * meanwhile.
 */
export function addEvent(kind: number, at: number, part: object, frozenFor = 0, token = 0): void {
  input(RAW_EVENT, at, [kind, token, frozenFor], [JSON.stringify(part)]);
}
