import assert from 'node:assert/strict';
import test from 'node:test';
import { QUEUE_LIMIT, type ShimStart } from '../../js/engine-contract.ts';
import { prepareCalls } from '../../js/recorded/interpret.ts';

const usual = { queue: [], options: {}, room: [QUEUE_LIMIT, QUEUE_LIMIT] };

async function isPrepared(start: object): Promise<boolean> {
  const exceptions = {} as never;
  const prepared = await prepareCalls(
    { ...usual, ...start } as unknown as ShimStart,
    async () => exceptions,
  );
  return prepared === exceptions;
}

test('a page without anything rare loads nothing before the engine runs', async () => {
  assert.equal(await isPrepared({ queue: [['addAction', 1, ['a']]] }), false);
});

test('contexts can be restored where calls or errors were dropped, or soon may be', async () => {
  assert.equal(await isPrepared({ room: [-1, QUEUE_LIMIT] }), true);
  assert.equal(await isPrepared({ room: [QUEUE_LIMIT, 1] }), true);
});

test('with room for 50 more calls and errors nothing was dropped yet', async () => {
  for (const [room, isLittle] of [
    [[50, 50], false],
    [[49, 50], true],
    [[50, 49], true],
  ] as const) {
    assert.equal(await isPrepared({ room }), isLittle, `${room}`);
  }
});

test('elements that fail can be noticed from the start where the page asks for it', async () => {
  assert.equal(await isPrepared({ options: { trackElementErrors: true } }), true);
});

test('a page where the chunk cannot be had starts without it', async () => {
  const missing = () => Promise.reject(new TypeError('404'));
  const start = { ...usual, options: { trackElementErrors: true } } as unknown as ShimStart;
  assert.equal(await prepareCalls(start, missing), undefined);
});
