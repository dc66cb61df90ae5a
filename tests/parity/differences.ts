/** Every deliberate difference from the official SDK, with its reason. What is not listed fails the test. */

import type { Difference } from './compare.ts';

export interface Listed {
  /** Name of the journey; `*`: any. */
  journey: string;
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; `(missing)` or `(extra)` for a whole event. */
  path: string;
  reason: `ours is better because ${string}` | `out of scope: ${string}`;
}

export const listed: Listed[] = [];

export function isListedAs(entry: Listed, difference: Difference): boolean {
  return (
    (entry.journey === '*' || entry.journey === difference.journey) &&
    difference.entry.startsWith(entry.event) &&
    difference.path === entry.path
  );
}
