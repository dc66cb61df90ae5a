/** What the engine is told, as `src/browser/inputs.rs` reads it. */

import { give } from '../memory.ts';

/** `at` is when it happened; flags are numbers. NUL separates the texts, so they lose theirs. */
export function input(
  kind: number,
  at = performance.now(),
  numbers: readonly (number | boolean)[] = [],
  texts: readonly (string | undefined)[] = [],
): void {
  const all = [performance.now(), Date.now(), at].concat(numbers.map(Number));
  give(kind, all, texts.map((text = '') => text.replace(/\0/g, '')).join('\0'));
}
