import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync, gzipSync } from 'node:zlib';
import type { Intake } from '../../js/intake/index.ts';
import { action, namesIn, ndjson, post, rejectedBy, useIntake, view } from './intake-fixture.ts';

const deflate = (text: string) => deflateSync(Buffer.from(text));
const deflated = { more: '&dd-evp-encoding=deflate' };

test('a zlib body is inflated when the query says so', async (t) => {
  const intake = await useIntake(t);
  const body = deflate(ndjson(action(), view()));
  assert.equal((await post(intake, body, deflated)).status, 202);
  assert.deepEqual(namesIn(intake), ['action', 'view']);
  assert.equal(intake.events()[0]?.request.bytes, body.length);
  assert.equal(intake.events()[0]?.request.encoding, 'deflate');
});

test('a truncated zlib body is answered with 400, and its whole lines are kept', async (t) => {
  const intake = await useIntake(t);
  const body = deflate(ndjson(...manyEvents()));
  const response = await post(intake, body.subarray(0, body.length >> 1), deflated);
  assert.equal(response.status, 400);
  const { errors } = (await response.json()) as { errors: string[] };
  assert.deepEqual(errors, ['zlib: unexpected end of file']);
  assertKeptSome(intake);
  assert.equal(rejectedBy(intake).at(-1)?.reason, 'zlib: unexpected end of file');
});

test('of a corrupt zlib body, the lines before the corruption are kept', async (t) => {
  const intake = await useIntake(t);
  const whole = deflateSync(ndjson(...manyEvents()), { finishFlush: constants.Z_SYNC_FLUSH });
  const body = Buffer.concat([whole, Buffer.from([0xff])]);
  const response = await post(intake, body, deflated);
  assert.equal(response.status, 400);
  const { errors } = (await response.json()) as { errors: string[] };
  assert.deepEqual(errors, ['zlib: invalid block type']);
  assert.ok(assertKeptSome(intake) > 495);
});

test('a wrong checksum, bytes after the end, and what is no zlib are answered with 400', async (t) => {
  const intake = await useIntake(t);
  const right = deflate(ndjson(view()));
  const wrongSum = Buffer.from(right);
  wrongSum[wrongSum.length - 1] = (wrongSum.at(-1) as number) ^ 1;
  const bodies = {
    'zlib: incorrect data check': wrongSum,
    'zlib: 3 bytes follow the end of the stream': Buffer.concat([right, Buffer.from('{"}')]),
    'zlib: incorrect header check': gzipSync(ndjson(view())),
    'zlib: unexpected end of file': Buffer.alloc(0),
  };
  for (const [reason, body] of Object.entries(bodies)) {
    const response = await post(intake, body, deflated);
    assert.equal(response.status, 400, reason);
    assert.deepEqual(((await response.json()) as { errors: string[] }).errors, [reason]);
  }
});

/** Different enough that the compressor cannot put them into one block of a few bytes. */
function manyEvents() {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return state.toString(36);
  };
  return Array.from({ length: 500 }, (_, n) => ({
    n,
    message: Array.from({ length: 20 }, next).join(''),
  }));
}

function assertKeptSome(intake: Intake): number {
  const kept = intake.events();
  assert.ok(kept.length > 100, `${kept.length} kept`);
  assert.deepEqual(
    kept.map(({ event }) => event),
    manyEvents().slice(0, kept.length),
  );
  return kept.length;
}

test('a body that inflates over the cap is answered with 413, and nothing of it is kept', async (t) => {
  const intake = await useIntake(t, { maxInflatedBytes: 1_000_000 });
  const bomb = deflate(`${ndjson(view())}\n`.repeat(100_000));
  assert.ok(bomb.length < 500_000);
  const response = await post(intake, bomb, deflated);
  assert.equal(response.status, 413);
  assert.deepEqual(intake.events(), []);
  assert.match(rejectedBy(intake)[0]?.reason ?? '', /inflates to more than 1000000 bytes/);
});
