import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toRows } from '../../js/bench/rows.mjs';
import {
  difference,
  jointSpread,
  median,
  quantile,
  ratio,
  spread,
} from '../../js/bench/statistics.mjs';

test('a median is the middle sample, or lies between the two in the middle', () => {
  assert.equal(median([30, 10, 20]), 20);
  assert.equal(median([10, 100, 20, 30]), 25);
  assert.equal(median([7]), 7);
});

test('samples are compared as numbers, and stay in their order', () => {
  const samples = [100, 9, 10];
  assert.equal(median(samples), 10);
  assert.deepEqual(samples, [100, 9, 10]);
});

test('quantiles are interpolated', () => {
  assert.equal(quantile([0, 10], 0.25), 2.5);
  assert.equal(quantile([0, 10, 20], 1), 20);
});

test('the spread is the range of the middle half, so one outlier does not widen it', () => {
  assert.equal(spread([1, 2, 3, 4, 5]), 2);
  assert.equal(spread([1, 2, 3, 4, 500]), 2);
});

test('without samples there is no number, and with one no spread', () => {
  assert.equal(median([]), undefined);
  assert.equal(spread([3]), undefined);
  assert.equal(difference([], [1]), undefined);
  assert.equal(difference([1], []), undefined);
});

test('a difference has the spread of both', () => {
  const [three, four] = [
    [0, 3, 6],
    [0, 4, 8],
  ];
  assert.equal(difference([10, 11, 12], [1, 2, 3]), 9);
  assert.equal(jointSpread(three, four), 5);
  assert.equal(jointSpread(three, [1]), 3);
});

test('nothing is a multiple of nothing, and noise is none of something', () => {
  assert.equal(ratio(5, 20), 0.25);
  assert.equal(ratio(0, 20), 0);
  assert.equal(ratio(undefined, 20), undefined);
  assert.equal(ratio(5, undefined), undefined);
  assert.equal(ratio(5, 0), undefined);
  assert.equal(ratio(-1, 20), undefined);
});

function rowOf(key: string, name: string, samples: Record<string, number[]>) {
  const rows = toRows((column, asked) => (asked === key ? (samples[column] ?? []) : []));
  const row = rows.find((row) => row.name === name);
  assert.ok(row, name);
  return row;
}

test('own cost is without that of the page, which stands in its own column', () => {
  const row = rowOf('startUp1', 'start-up, main thread', {
    none: [50, 52, 54],
    ferrum: [60, 62, 64],
    slim: [90, 92, 94],
  });
  assert.deepEqual([row.none, row.ferrum, row.slim], [52, 10, 40]);
  assert.equal(row.ratio_to_slim, 0.25);
  assert.equal(row.ahead, true);
});

test('what is sent is not compared with the page', () => {
  const row = rowOf('bytes', 'journey, bytes sent', { none: [0], ferrum: [20], slim: [40] });
  assert.deepEqual([row.none, row.ferrum, row.ratio_to_slim], [0, 20, 0.5]);
});

test('without the page there is no own cost', () => {
  const row = rowOf('action', 'custom action', { ferrum: [5, 6], slim: [50, 60] });
  assert.deepEqual(
    [row.ferrum, row.spread.ferrum, row.ratio_to_slim],
    [undefined, undefined, undefined],
  );
  assert.equal(row.ahead, false);
});

test('ahead is only what is ahead by more than chance', () => {
  const slim = [100, 104, 108];
  const row = (ferrum: number[]) => rowOf('bytes', 'journey, bytes sent', { ferrum, slim });
  assert.equal(row([90, 97, 104]).ahead, true);
  assert.equal(row([90, 99, 108]).ahead, false);
  assert.equal(row(slim).ahead, false);
});

test('ahead are both, the drop-in too', () => {
  const samples = { ferrum: [10], slim: [100] };
  const row = (dropin: number[]) => rowOf('bytes', 'journey, bytes sent', { ...samples, dropin });
  assert.equal(row([20]).ahead, true);
  assert.equal(row([20]).dropin_to_slim, 0.2);
  assert.equal(row([100]).ahead, false);
});
