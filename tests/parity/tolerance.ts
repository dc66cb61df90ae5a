/** What may differ between two visits that are the same: ids, times, and what is left to chance. All of it is here. */

import type { Journey } from './journey.ts';

/** `no`: the two have to be equal. */
export type Class = 'no' | 'own' | 'epoch' | 'duration' | 'version' | 'drift' | 'chance';

/** A busy machine may spend nearly all of a visit in one place, and what is added to dates is in whole ms. */
const MAX_ROUNDING_MS = 1;

/**
 * Pages that are not isolated get times in steps of 100 µs. So a duration in another unit than ns cannot hide in the
 * tolerance.
 */
const GRAIN_NS = 100_000;

/** Clocks are read in ms, and the browser's may be corrected while it runs. */
const MAX_DRIFT_MS = 1000;

export interface Window {
  from: number;
  to: number;
}

export interface Rule {
  path: RegExp;
  class: Class;
  /** Only in events whose type and key match. */
  entry?: RegExp;
  /** Only some of the visits have it, by chance. */
  isOptional?: true;
  /** Not in journeys about it. */
  unless?: NonNullable<Journey['measures']>[number];
}

/** Paths have `[]` for any index. The first rule that fits counts. */
const rules: Rule[] = [
  // Names of the SDK itself.
  { path: /^_dd\.sdk_name$/, class: 'own' },
  // The script of the SDK is another file.
  {
    path: /^resource\.(size|.*_size)$/,
    class: 'own',
    entry: /^resource js http:\/\/site\/cdn\//,
  },
  // Which interaction was the slowest; only where the page makes it slow.
  { path: /^view\.(performance\.inp|interaction_to_next_paint)/, class: 'chance', unless: 'inp' },
  // Which updates the throttle joins depends on when they come.
  { path: /^_dd\.document_version$/, class: 'version' },
  { path: /^_dd\.drift$/, class: 'drift' },
  { path: /(^|\.)date$/, class: 'epoch' },
  { path: /^_dd\.page_states\[\]\.start$/, class: 'duration' },
  // Sampled after a second, which not every view lasts.
  {
    path: /^display\.scroll\.max_scroll_height_time$/,
    class: 'duration',
    isOptional: true,
    unless: 'scroll',
  },
  { path: /^display\.scroll\.max_scroll_height_time$/, class: 'duration' },
  { path: /^display\.scroll\./, class: 'no', isOptional: true, unless: 'scroll' },
  {
    path: /^view\.(time_spent|loading_time|first_byte|dom_\w+|load_event|custom_timings\..*)$/,
    class: 'duration',
  },
  {
    path: /^view\.((first|largest)_contentful_paint|cumulative_layout_shift_time)$/,
    class: 'duration',
  },
  { path: /^view\.interaction_to_next_paint(_time)?$/, class: 'duration' },
  { path: /^view\.performance\.\w+\.(timestamp|duration|sub_parts\.\w+)$/, class: 'duration' },
  // Browsers open connections ahead, and keep them.
  {
    path: /^resource\.(dns|connect|ssl)\.(duration|start)$/,
    class: 'duration',
    isOptional: true,
  },
  { path: /^resource\.(\w+\.)?(duration|start)$/, class: 'duration' },
  { path: /^action\.loading_time$/, class: 'duration' },
  { path: /^vital\.duration$/, class: 'duration' },
  {
    path: /^long_task\.(scripts\[\]\.)?(\w+_)?(duration|time|timestamp|start)$/,
    class: 'duration',
  },
  // Known from the first frame on, which files of the page may precede.
  { path: /^display\.viewport\./, class: 'no', entry: /^resource/, isOptional: true },
  // A response may be read to its end after the activity of the click.
  { path: /^action\.resource\.count$/, class: 'chance', entry: /^action click/ },
  // A frame may have begun just before the click within it.
  { path: /^action\.id(\[\])?$/, class: 'no', entry: /^long_task/, isOptional: true },
  // The machine may be too busy for a frame at any time.
  { path: /^(view|action)\.long_task\.count$/, class: 'chance' },
];

const strict: Rule = { path: /^/, class: 'no' };

export function ruleOf(path: string, entry: string, journey: Journey): Rule {
  const rule = rules.find(
    (rule) =>
      rule.path.test(path) &&
      (rule.entry?.test(entry) ?? true) &&
      !(rule.unless && journey.measures?.includes(rule.unless)),
  );
  return rule ?? strict;
}

/** Whether two values that are not equal are as close as their class asks for. */
export function isTolerable(
  kind: Class,
  [theirs, theirWindow]: [unknown, Window],
  [ours, ourWindow]: [unknown, Window],
): boolean {
  if (kind === 'chance') return true;
  if (kind === 'own') return typeof theirs === typeof ours;
  if (typeof theirs !== 'number' || typeof ours !== 'number' || !Number.isInteger(ours))
    return false;
  if (kind === 'epoch') return isWithin(theirs, theirWindow) === isWithin(ours, ourWindow);
  if (kind === 'version') return theirs > 0 && ours > 0;
  if (kind === 'drift') return Math.abs(theirs - ours) <= MAX_DRIFT_MS;
  if (kind !== 'duration') return false;
  const isFine = theirs % GRAIN_NS !== 0 || ours % GRAIN_NS === 0;
  return isFine && Math.abs(theirs - ours) <= 1e6 * maxDifference(theirWindow, ourWindow);
}

function maxDifference(...windows: Window[]): number {
  const longest = Math.max(...windows.map(({ from, to }) => to - from));
  return longest + MAX_ROUNDING_MS;
}

function isWithin(date: number, { from, to }: Window): boolean {
  return date >= from - MAX_DRIFT_MS && date <= to + MAX_DRIFT_MS;
}
