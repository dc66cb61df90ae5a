import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault, Intake } from '../../js/intake/index.ts';
import { exposure, ndjson, post, rawRequest, useIntake, view } from './intake-fixture.ts';

const send = (intake: Intake) => post(intake, ndjson(view()));
const statusOf = async (intake: Intake) => (await send(intake)).status;

function switchFault(intake: Intake, fault: unknown, headers: Record<string, string> = {}) {
  const body = typeof fault === 'string' ? fault : JSON.stringify(fault);
  return rawRequest(intake, { method: 'POST', path: '/faults', headers, body });
}

test('a fault answers with its status and stores nothing, until it is lifted', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 503 });
  assert.equal(await statusOf(intake), 503);
  assert.equal(await statusOf(intake), 503);
  assert.deepEqual(intake.received, []);
  intake.setFault(null);
  assert.equal(await statusOf(intake), 202);
  assert.equal(intake.events().length, 1);
});

test('a counted fault is for so many requests', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 429, count: 2 });
  assert.deepEqual(
    [await statusOf(intake), await statusOf(intake), await statusOf(intake)],
    [429, 429, 202],
  );
});

test('a fault of one track neither hits nor counts another', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 500, track: 'exposures', count: 1 });
  assert.equal(await statusOf(intake), 202);
  assert.equal((await post(intake, ndjson(exposure()), { track: 'exposures' })).status, 500);
  assert.equal((await post(intake, ndjson(exposure()), { track: 'exposures' })).status, 202);
});

test('preflights suffer no fault', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 500, count: 1 });
  const answer = await rawRequest(intake, { method: 'OPTIONS', path: '/api/v2/rum' });
  assert.equal(answer.status, 204);
  assert.equal(await statusOf(intake), 500);
});

test('a reset breaks the connection, and stores nothing', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ reset: true, count: 1 });
  await assert.rejects(send(intake), (error: Error) => {
    assert.equal((error.cause as { code?: string }).code, 'ECONNRESET');
    return true;
  });
  assert.deepEqual(intake.received, []);
});

test('a drop answers 202, and stores nothing', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ drop: true });
  const response = await send(intake);
  assert.equal(response.status, 202);
  assert.deepEqual(await response.json(), {});
  assert.deepEqual(intake.received, []);
});

test('a delay keeps the answer back, not the events', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ delayMs: 60_000 });
  const abort = new AbortController();
  const pending = fetch(`${intake.url}/api/v2/rum?dd-api-key=a`, {
    method: 'POST',
    body: ndjson(view()),
    signal: abort.signal,
  });
  await intake.waitFor(({ event }) => event.type === 'view');
  abort.abort();
  await assert.rejects(pending, { name: 'AbortError' });
});

test('a delayed answer comes', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ delayMs: 30 });
  const before = performance.now();
  assert.equal(await statusOf(intake), 202);
  assert.ok(performance.now() - before >= 29);
});

test('the headers of a fault reach the page', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 429, headers: { 'Retry-After': '7' } });
  const { headers } = await send(intake);
  assert.equal(headers.get('retry-after'), '7');
  assert.equal(headers.get('access-control-expose-headers'), 'Retry-After');
  assert.equal(headers.get('access-control-allow-origin'), '*');
});

test('a fault can be switched over HTTP', async (t) => {
  const intake = await useIntake(t);
  assert.equal((await switchFault(intake, { status: 500 })).status, 200);
  assert.equal(await statusOf(intake), 500);
  const own = { Origin: intake.url, 'Sec-Fetch-Site': 'same-origin' };
  assert.equal((await switchFault(intake, null, own)).status, 200);
  assert.equal(await statusOf(intake), 202);
});

test('what is no fault is refused, and changes nothing', async (t) => {
  const intake = await useIntake(t);
  const wrong: unknown[] = [
    '{',
    '[]',
    { status: 99 },
    { status: '500' },
    { delayMs: 1e9 },
    { reset: 1 },
    { count: 0 },
    { headers: { 'a b': 'c' } },
    { headers: { a: 'b\r\nc: d' } },
    { headers: { a: 1 } },
    { headers: [] },
    { nonsense: true },
    '{"__proto__":{"status":500}}',
    { toString: 1 },
  ];
  for (const fault of wrong) {
    assert.equal((await switchFault(intake, fault)).status, 400, JSON.stringify(fault));
  }
  assert.throws(() => intake.setFault({ status: 42 } as Fault), RangeError);
  assert.equal(await statusOf(intake), 202);
});
