/** How the document came, and how far it was (web-vitals 6.2.3, `lib/`). */

import type { AnyEntry } from '../page/entries.ts';

/** Absent where browsers give zeros or times to come (`getNavigationEntry`). */
export function navigationEntry(): AnyEntry | undefined {
  const [entry] = performance.getEntriesByType('navigation') as AnyEntry[];
  const first = entry?.responseStart ?? 0;
  return first > 0 && first < performance.now() ? entry : undefined;
}

/**
 * Which part of loading a time was in (`getLoadState`): `loading`, `dom-interactive`, `dom-content-loaded` or `complete`, which it is
 * too where the browser does not tell.
 */
export function loadStateAt(time: number): string {
  if (document.readyState === 'loading') return 'loading';
  const entry = navigationEntry();
  if (!entry) return 'complete';
  // What has not happened yet is 0.
  const isBefore = (end: number) => !end || time < end;
  if (time < entry.domInteractive) return 'loading';
  if (isBefore(entry.domContentLoadedEventStart)) return 'dom-interactive';
  return isBefore(entry.domComplete) ? 'dom-content-loaded' : 'complete';
}
