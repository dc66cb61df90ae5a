/** Prints, after all tests, what was compared with web-vitals: a reporter of Playwright's. */

import type { TestInfo } from '@playwright/test';
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import type { Cell, Verdict } from './compare.ts';
import { METRICS, type Metric } from './fields.ts';

/** Of the annotation by which a test hands its cells over, from whichever process it runs in. */
const ANNOTATION = 'vitals';

/** A view of a case. */
interface Row {
  title: string;
  cells: Cell[];
}

export function note(test: TestInfo, rows: Row[]): void {
  test.annotations.push({ type: ANNOTATION, description: JSON.stringify(rows) });
}

export default class Table implements Reporter {
  readonly #rows: Row[] = [];

  onTestEnd(_test: TestCase, { annotations }: TestResult): void {
    for (const { type, description } of annotations) {
      if (type === ANNOTATION) this.#rows.push(...JSON.parse(description as string));
    }
  }

  onEnd(): void {
    if (this.#rows[0]) console.log(format(this.#rows));
  }
}

const SIGNS: Record<Verdict, string> = {
  equal: '=',
  different: '≠',
  listed: '≠',
  absent: '–',
};

function format(rows: Row[]): string {
  const head = ['', ...METRICS, 'what explains them'];
  const cells = rows.map(({ title, cells }) => [
    title,
    ...METRICS.map((metric) => showValue(cells, metric)),
    showCauses(cells),
  ]);
  const lines = [
    'Ferrum and web-vitals: = equal, ≠ different, – in neither (ms; CLS as it is)',
    ...aligned([head, ...cells]),
    ...METRICS.map((metric) => `${metric}: ${showCounts(rows, metric)}`),
    `${rows.length} views, ${showCounts(rows)}`,
  ];
  return `\n${lines.join('\n')}`;
}

function showValue(cells: Cell[], metric: Metric): string {
  const { verdict, ours, theirs } = cells.find(({ field }) => field === metric) as Cell;
  if (verdict === 'absent') return SIGNS.absent;
  return `${showNumber(ours)} ${SIGNS[verdict]} ${showNumber(theirs)}`;
}

function showNumber(value: unknown): string {
  return value === undefined ? '–' : String(Number((value as number).toFixed(4)));
}

function showCauses(cells: Cell[]): string {
  return countOf(cells.filter(({ field, metric }) => field !== metric));
}

/** Of a metric's values and causes, or of all. */
function showCounts(rows: Row[], of?: Metric): string {
  const cells = rows.flatMap(({ cells }) => cells);
  return countOf(cells.filter(({ metric }) => of === undefined || metric === of));
}

/** `23 =, 2 ≠ as listed` */
function countOf(cells: Cell[]): string {
  const names: [Verdict, string][] = [
    ['equal', '='],
    ['different', '≠'],
    ['listed', '≠ as listed'],
    ['absent', '–'],
  ];
  const counts = names.map(([verdict, name]): [number, string] => [
    cells.filter((cell) => cell.verdict === verdict).length,
    name,
  ]);
  return counts.flatMap(([count, name]) => (count ? [`${count} ${name}`] : [])).join(', ');
}

function aligned(rows: string[][]): string[] {
  const widths = (rows[0] as string[]).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] as string).length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] as number))
      .join('  ')
      .trimEnd(),
  );
}
