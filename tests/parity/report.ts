/** What the comparison prints. */

import type { Comparison, Difference } from './compare.ts';
import type { Listed } from './differences.ts';
import { isListedAs } from './listed.ts';
import type { Recording } from './record.ts';

export function tell(
  name: string,
  { pairs, paths, equal, onlyOurs, differences }: Comparison,
  unlisted: number,
  theirs: Recording,
  ours: Recording,
): string {
  const versions = [theirs, ours].map(({ versions: v }) => `${v.view}+${v.view_update}`);
  const counts = [
    `${pairs} events paired`,
    `${equal} of ${paths} paths equal`,
    `${differences.length - unlisted} listed and ${unlisted} other differences`,
    `${onlyOurs} paths only ours`,
    `view versions ${versions.join(' / ')}`,
  ];
  const notes = [
    ...theirs.violations.map((what) => `theirs: ${what}`),
    ...ours.overdue.map((what) => `overdue: ${what}`),
    ...ours.violations.map((what) => `violation: ${what}`),
  ];
  return [`${name}: ${counts.join(', ')}`, ...notes.map((note) => `  ${note}`)].join('\n');
}

/** One difference that nobody has listed. */
function line({ entry, path, theirs, ours }: Difference): string {
  const values = path.startsWith('(') ? '' : `: ${shown(theirs)} became ${shown(ours)}`;
  return `${entry} ${path}${values}`;
}

/** Many of one path, as those of a long list, are one line. */
export function linesOf(differences: Difference[]): string[] {
  const lines = new Map<string, string[]>();
  for (const difference of differences) {
    const name = `${difference.entry} ${difference.path}`;
    lines.set(name, [...(lines.get(name) ?? []), line(difference)]);
  }
  return [...lines.values()].flatMap((same) =>
    same.length <= MAX_SAME ? same : [...same.slice(0, 1), `  and ${same.length - 1} more of them`],
  );
}

const MAX_SAME = 4;

const MAX_SHOWN = 300;

const shown = (value: unknown) => String(JSON.stringify(value)).slice(0, MAX_SHOWN);

/** `all` is how many journeys there are. */
export function summary(
  all: number,
  comparisons: Map<string, Comparison>,
  found: Difference[],
  listed: Listed[],
): string {
  const sum = (key: 'pairs' | 'paths' | 'equal' | 'onlyOurs') =>
    [...comparisons.values()].reduce((total, comparison) => total + comparison[key], 0);
  const known = found.filter((difference) =>
    listed.some((entry) => isListedAs(entry, difference)),
  ).length;
  return `${comparisons.size} of ${all} journeys: ${sum('pairs')} events paired, ${sum('equal')} of ${sum('paths')} paths equal, ${known} listed and ${found.length - known} other differences, ${sum('onlyOurs')} paths only ours`;
}
