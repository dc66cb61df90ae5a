// The rows of the table: what each sample is, and what becomes of them.
import { columns } from './columns.mjs';
import { difference, jointSpread, ratio } from './statistics.mjs';

/** `own`: without what the page itself costs. `limit`: the budget, as a multiple of slim. */
const definitions = [
  { key: 'critical', name: 'transfer, critical path', unit: 'B' },
  { key: 'total', name: 'transfer, total', unit: 'B' },
  { key: 'startUp1', name: 'start-up, main thread', unit: 'ms', own: true, limit: 0.4 },
  { key: 'startUp1Script', name: 'start-up, scripts', unit: 'ms', own: true, limit: 0.4 },
  { key: 'startUp4', name: 'start-up, main thread, CPU/4', unit: 'ms', own: true, limit: 0.4 },
  { key: 'startUp4Script', name: 'start-up, scripts, CPU/4', unit: 'ms', own: true, limit: 0.4 },
  { key: 'action', name: 'custom action', unit: 'µs', own: true, limit: 0.3 },
  { key: 'error', name: 'error', unit: 'µs', own: true, limit: 0.3 },
  { key: 'clickToPaint', name: 'click, scripts to paint', unit: 'µs', own: true, limit: 0.25 },
  { key: 'click', name: 'click, all scripts', unit: 'µs', own: true },
  { key: 'memory', name: 'memory, 10,000 actions', unit: 'B', own: true, limit: 1 },
  { key: 'journey', name: 'journey, main thread', unit: 'ms', own: true },
  { key: 'bytes', name: 'journey, bytes sent', unit: 'B', limit: 0.5 },
  { key: 'requests', name: 'journey, requests', unit: '' },
];

/**
 * `samplesOf(column, key)` are numbers. A value is their median, without that of the page with no
 * SDK where the row is about own cost; the `none` column then shows the page's. What has no sample
 * has no value.
 */
export function toRows(samplesOf) {
  return definitions.map(({ key, name, unit, own = false, limit }) => {
    const page = own ? samplesOf('none', key) : [0];
    const row = { name, unit, limit, spread: {}, samples: {} };
    for (const { name: column } of columns) {
      const samples = samplesOf(column, key);
      const without = column === 'none' ? [0] : page;
      row[column] = difference(samples, without);
      row.spread[column] = row[column] === undefined ? undefined : jointSpread(samples, without);
      row.samples[column] = samples.length;
    }
    row.ratio_to_slim = ratio(row.ferrum, row.slim);
    row.dropin_to_slim = ratio(row.dropin, row.slim);
    row.ahead = isAhead(row);
    return row;
  });
}

/** Both forms of Ferrum that were measured, and clearly: their middle halves do not touch slim's. */
function isAhead({ slim, spread, ...row }) {
  const measured = ['ferrum', 'dropin'].filter((column) => row[column] !== undefined);
  const most = (column) => row[column] + (spread[column] ?? 0) / 2;
  const least = slim - (spread.slim ?? 0) / 2;
  return measured.length > 0 && measured.every((column) => most(column) < least);
}
