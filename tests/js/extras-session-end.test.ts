/** When a session has ended, by what is stored of it. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { watchSession } from '../../js/extras/session-end.ts';

test('a session has ended when it was stopped, replaced or is past its time, once', () => {
  const stored = (id: string, created = 0, expire = 900_000) =>
    `id=${id}&created=${created}&expire=${expire}`;
  const endsBy = (text: string, at = 1) => {
    let count = 0;
    let now = 1;
    const look = watchSession(
      () => count++,
      () => now,
    );
    look(stored('a'));
    now = at;
    look(text);
    look(text);
    return count;
  };
  assert.equal(endsBy(stored('a')), 0);
  assert.equal(endsBy(stored('a', 0, 1_800_000), 899_999), 0);
  for (const text of ['isExpired=1', '', stored('b')]) assert.equal(endsBy(text), 1);
  assert.equal(endsBy(stored('a'), 899_999), 0);
  assert.equal(endsBy(stored('a'), 900_000), 1);
  const FOUR_HOURS = 4 * 3_600_000;
  assert.equal(endsBy(stored('a', 0, 1e9), FOUR_HOURS - 1), 0);
  assert.equal(endsBy(stored('a', 0, 1e9), FOUR_HOURS), 1);
});
