import assert from 'node:assert/strict';
import test from 'node:test';
import { copy } from '../../js/copy.ts';

/** So many values, with the list that holds them. */
const listOf = (values: number) => Array.from({ length: values - 1 }, (_, index) => index);

test('what is plain is copied deeply', () => {
  const given = { list: [{ a: 1 }], none: null };
  const copied = copy(given) as typeof given;
  assert.deepEqual(copied, given);
  assert.notEqual(copied.list[0], given.list[0]);
});

test('8,192 values are copied, and of more none', () => {
  const whole = listOf(8192);
  assert.deepEqual(copy(whole), whole);
  assert.notEqual(copy(whole), whole);
  const large = listOf(8193);
  assert.equal(copy(large), large);
});
