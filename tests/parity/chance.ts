/** What may differ between two visits that are the same, and that no page knows. All of it is here. */

import type { Journey } from './journey.ts';

export interface Rule {
  path: RegExp;
  /**
   * `own`: each SDK has its own; `chance`: any value, or none; `optional`: only some of the visits have it, but those
   * that do have the same.
   */
  class: 'own' | 'chance' | 'optional';
  /** Only in events whose type and key match. */
  entry?: RegExp;
  /** Not in journeys about it. */
  unless?: NonNullable<Journey['measures']>[number];
}

/** Paths have `[]` for any index. */
const rules: Rule[] = [
  { path: /^_dd\.(sdk_name|browser_sdk_version)$/, class: 'own' },
  // Which interaction was the slowest; only where the page makes it slow.
  {
    path: /^view\.(performance\.inp|interaction_to_next_paint)(\.|_)target_selector$/,
    class: 'chance',
    unless: 'inp',
  },
  // Sampled after a second, which not every view lasts.
  { path: /^display\.scroll\./, class: 'optional', unless: 'scroll' },
  // Known from the first frame on, which files of the page may precede.
  { path: /^display\.viewport\./, class: 'optional', entry: /^resource/ },
  // A frame may have begun just before the click within it.
  { path: /^action\.id(\[\])?$/, class: 'optional', entry: /^long_task/ },
];

export function classOf(path: string, entry: string, journey: Journey): Rule['class'] | undefined {
  return rules.find(
    (rule) =>
      rule.path.test(path) &&
      (rule.entry?.test(entry) ?? true) &&
      !(rule.unless && journey.measures?.includes(rule.unless)),
  )?.class;
}
