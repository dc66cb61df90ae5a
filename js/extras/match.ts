/** Options that choose URLs or names. */

import type { Display } from './display.ts';

/** A string matches what equals it (or begins with it, where the option says so). */
export type MatchOption = string | RegExp | ((value: string) => boolean);

export function isMatchOption(value: unknown): value is MatchOption {
  return typeof value === 'string' || typeof value === 'function' || value instanceof RegExp;
}

/** A function of the page's that throws has not matched, and the page is told. */
export function matches(
  option: MatchOption,
  value: string,
  { error }: Display,
  isPrefix?: boolean,
): boolean {
  try {
    if (typeof option === 'string') return isPrefix ? value.startsWith(option) : value === option;
    // `search`, unlike `test`, does not depend on where the last one ended.
    if (option instanceof RegExp) return value.search(option) >= 0;
    return !!option(value);
  } catch (thrown) {
    error(String(thrown), thrown);
    return false;
  }
}

/** The first group, if there is one that took part, or the whole match. */
export function extracted(value: string, extractor: RegExp): string | undefined {
  extractor.lastIndex = 0;
  const match = extractor.exec(value);
  return match?.[1] || match?.[0];
}
