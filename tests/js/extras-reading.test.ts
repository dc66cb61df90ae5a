/** Responses that are read beside the page, where a page would show it too slowly. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { createReading } from '../../js/extras/reading.ts';

test('an event waits until its response is read, until it takes too long, or the page is left', async () => {
  const done: string[] = [];
  const release: (() => void)[] = [];
  const later = () => new Promise<void>((resolve) => void release.push(resolve));
  const reading = createReading(later);
  const add = (url: string) => reading.isAwaited(url, () => done.push(url));
  assert.equal(add('/none'), false);
  for (const url of ['/read', '/slow', '/left']) {
    reading.add(url, later());
    assert.equal(add(url), true);
  }
  const [read, , slow] = [release[0], release[1], release[3]];
  read?.();
  await new Promise(setImmediate);
  assert.deepEqual(done, ['/read']);
  assert.equal(add('/read'), false);
  slow?.();
  await new Promise(setImmediate);
  assert.deepEqual(done, ['/read', '/slow']);
  reading.leave();
  assert.deepEqual(done, ['/read', '/slow', '/left']);
  assert.equal(add('/left'), false);
  await new Promise(setImmediate);
  assert.equal(add('/left'), true);
});
