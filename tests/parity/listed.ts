/** Whether what was found is in the list of differences. */

import type { Difference } from './compare.ts';
import { extras, type Listed } from './differences.ts';

export function isListedAs(entry: Listed, difference: Difference): boolean {
  return (
    entry.journey === difference.journey &&
    difference.entry.startsWith(entry.event) &&
    difference.path === entry.path &&
    (entry.ours?.test(String(difference.ours)) ?? true)
  );
}

export function isExtra(entry: string, path: string, value: unknown): boolean {
  return extras.some(
    (extra) =>
      entry.startsWith(extra.event) &&
      isWithin(path, extra.path) &&
      (extra.value?.test(String(value)) ?? true),
  );
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
