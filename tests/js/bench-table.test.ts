import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Row } from '../../js/bench/rows.mjs';
import { markdownTable, replaceTable, textTable } from '../../js/bench/table.mjs';

const action: Row = {
  name: 'custom action',
  unit: 'µs',
  none: 3.957,
  ferrum: 10.04,
  datadog: 1210.4,
  slim: 193,
  limit: 0.3,
  ratio_to_slim: 10.04 / 193,
  dropin_to_slim: 0.06,
  spread: { none: 0.2, ferrum: 4, slim: 25 },
  samples: {},
};

test('the text has each value with half of its spread', () => {
  const [head, line] = textTable([action]).split('\n');
  assert.match(head ?? '', /unit +none +ferrum +dropin +datadog +slim +to slim +drop-in +limit/);
  assert.match(
    line ?? '',
    /custom action +µs +3\.96 ±0\.1 +10 ±2 +– +1,210 +193 ±12\.5 +0\.05 +0\.06 +0\.30/,
  );
});

test('columns of the text stand under one another', () => {
  const lines = textTable([action, { ...action, name: 'memory', ferrum: 1_036_452 }]).split('\n');
  assert.equal(new Set(lines.map((line) => line.length)).size, 1);
});

test('what was not measured is a dash, not 0', () => {
  const { ferrum, ratio_to_slim, ...measured } = action;
  const rest = { ...measured, spread: {} };
  assert.match(markdownTable([rest]), /\| 3\.96 \| – \| – \| 1,210 \| 193 \| – \| 0\.06 \|/);
  assert.match(markdownTable([{ ...rest, ferrum: 0 }]), /\| 3\.96 \| 0 \| – \|/);
});

test('Markdown names units and columns', () => {
  const lines = markdownTable([action, { ...action, name: 'requests', unit: '' }]).split('\n');
  assert.equal(lines.length, 4);
  assert.match(
    lines[0] ?? '',
    /\| no SDK \| Ferrum \| drop-in \| Datadog \| Datadog slim \| Ferrum : slim \| drop-in : slim \|/,
  );
  assert.match(lines[2] ?? '', /^\| custom action \(µs\) \| 3\.96 ±0\.1 \| 10 ±2 \|/);
  assert.match(lines[3] ?? '', /^\| requests \|/);
});

test('only what is between the markers is replaced', () => {
  const before = 'above\n<!-- bench -->\nold\n<!-- /bench -->\nbelow\n';
  const after = 'above\n<!-- bench -->\n| new |\n<!-- /bench -->\nbelow\n';
  assert.equal(replaceTable(before, '| new |'), after);
  assert.equal(replaceTable(after, '| new |'), after);
});

test('a text without markers is refused', () => {
  assert.throws(() => replaceTable('# Ferrum', '| new |'), /README\.md lacks/);
  assert.throws(() => replaceTable('<!-- bench --> only', ''), /README\.md lacks/);
});
