/** Listeners that end together. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createListen } from '../../js/page/listen.ts';

const fail = (error: unknown) => {
  throw error;
};

/** Whether a listener of `target` hears of what happens to it. */
function hears(target: EventTarget, listening: ReturnType<typeof createListen>): () => boolean {
  let count = 0;
  listening.listen(target, ['shown'], () => count++);
  return () => {
    const before = count;
    target.dispatchEvent(new Event('shown'));
    return count > before;
  };
}

test('what listens when all ends hears of nothing more', () => {
  const listening = createListen(fail);
  const isHeard = hears(new EventTarget(), listening);
  assert.equal(isHeard(), true);
  listening.stop();
  assert.equal(isHeard(), false);
});

test('what begins when all has ended ends at once', () => {
  const listening = createListen(fail);
  listening.stop();
  assert.equal(hears(new EventTarget(), listening)(), false);
  let isOver = false;
  listening.undo(() => {
    isOver = true;
  });
  assert.equal(isOver, true);
  listening.stop();
});
