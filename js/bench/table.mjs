// The rows as text, and as Markdown.
import { Failure } from '../tools/command.mjs';

const columns = ['none', 'ferrum', 'dropin', 'datadog', 'slim'];
const unmeasured = '–';
const markers = ['<!-- bench -->', '<!-- /bench -->'];

export function textTable(rows) {
  const lines = [['', 'unit', ...columns, 'to slim', 'drop-in', 'limit'], ...rows.map(withSpread)];
  const widths = lines[0].map((_, at) => Math.max(...lines.map((line) => line[at].length)));
  const pad = (cell, at) => (at < 2 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]));
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}

function withSpread(row) {
  return [
    row.name,
    row.unit,
    ...columns.map((column) => cell(row, column)),
    multiple(row.ratio_to_slim),
    multiple(row.dropin_to_slim),
    multiple(row.limit),
  ];
}

/** A value, and half of its spread. */
function cell(row, column) {
  const { [column]: value, spread } = row;
  const range = spread[column] ? ` ±${number(spread[column] / 2)}` : '';
  return `${number(value)}${range}`;
}

export function markdownTable(rows) {
  const titles = ['no SDK', 'Ferrum', 'drop-in', 'Datadog', 'Datadog slim'];
  const lines = [
    ['', ...titles, 'Ferrum : slim', 'drop-in : slim'],
    ['---', ...titles.map(() => '---:'), '---:', '---:'],
    ...rows.map((row) => [
      row.unit ? `${row.name} (${row.unit})` : row.name,
      ...columns.map((column) => cell(row, column)),
      multiple(row.ratio_to_slim),
      multiple(row.dropin_to_slim),
    ]),
  ];
  return lines.map((line) => `| ${line.join(' | ')} |`).join('\n');
}

/** The text with other lines between its markers. */
export function replaceTable(text, table) {
  const [start, end] = markers.map((marker) => text.indexOf(marker));
  if (start < 0 || end < start) throw new Failure(`README.md lacks ${markers.join(' … ')}`);
  return `${text.slice(0, start + markers[0].length)}\n${table}\n${text.slice(end)}`;
}

/** Three digits tell all that can be told; sizes are exact. */
function number(value) {
  if (value === undefined) return unmeasured;
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return Number(value.toFixed(digits)).toLocaleString('en');
}

function multiple(value) {
  return value === undefined ? unmeasured : value.toFixed(2);
}
