import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  abortRequest,
  action,
  exposure,
  namesIn,
  ndjson,
  post,
  query,
  rejectedBy,
  useIntake,
  view,
} from './intake-fixture.ts';

test('a batch is stored in its order, and answered with 202 and an empty object', async (t) => {
  const intake = await useIntake(t);
  const before = Date.now();
  const response = await post(intake, ndjson(action(), view()));
  assert.equal(response.status, 202);
  assert.deepEqual(await response.json(), {});
  assert.deepEqual(namesIn(intake), ['action', 'view']);
  const [first, second] = intake.events();
  assert.deepEqual([first?.seq, second?.seq], [1, 2]);
  assert.deepEqual(first?.event, action());
  assert.equal(first?.track, 'rum');
  assert.deepEqual(first?.violations, []);
  assert.ok((first?.receivedAt ?? 0) >= before);
});

test('what the query says of the request goes with each event', async (t) => {
  const intake = await useIntake(t);
  const more =
    '&batch_time=1756200000123&_dd.retry_count=2&_dd.retry_after=503&dd-evp-origin-version=1.2.3';
  await post(intake, ndjson(view()), { more });
  assert.deepEqual(intake.events()[0]?.request, {
    id: 'r1',
    api: 'fetch',
    batchTime: 1756200000123,
    retryCount: 2,
    retryAfter: 503,
    sdkVersion: '1.2.3',
    bytes: Buffer.byteLength(ndjson(view())),
  });
});

test('numbers in the query that are none are left out', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view()), { more: '&batch_time=soon&_dd.retry_count=-1' });
  const request = intake.events()[0]?.request;
  assert.ok(request && !('batchTime' in request) && !('retryCount' in request));
});

test('an event that violates the schema is kept, and marked', async (t) => {
  const intake = await useIntake(t);
  const response = await post(intake, ndjson({ ...view(), date: 'now' }));
  assert.equal(response.status, 202);
  assert.deepEqual(
    intake.events()[0]?.violations.map(({ path }) => path),
    ['/date'],
  );
});

test('tracks are kept apart', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(exposure()), { track: 'exposures' });
  const foreign = { ...view(), view: { ...view().view, id: 'other' } };
  await post(intake, ndjson(foreign), { track: 'logs' });
  await post(intake, ndjson(view()));
  assert.deepEqual(
    intake.events().map(({ track }) => track),
    ['exposures', 'logs', 'rum'],
  );
  assert.equal(intake.events('exposures').length, 1);
  assert.equal(intake.views().length, 1);
});

test('a malformed line is told with its number, and its neighbours are kept', async (t) => {
  const intake = await useIntake(t);
  const response = await post(intake, `${ndjson(action())}\n{"a":\n${ndjson(view())}`);
  assert.equal(response.status, 202);
  const { rejected } = (await response.json()) as { rejected: { line: number; reason: string }[] };
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [2],
  );
  assert.match(rejected[0]?.reason ?? '', /JSON/);
  assert.deepEqual(namesIn(intake), ['action', 'view']);
  const [line] = rejectedBy(intake);
  assert.equal(line?.seq, 2);
  assert.equal(line?.line, 2);
  assert.equal(line?.excerpt, '{"a":');
  assert.equal(line?.request.id, 'r1');
});

test('blank lines count, and are no fault', async (t) => {
  const intake = await useIntake(t);
  const response = await post(intake, `\n \r\n${ndjson(view())}\n\nnope\n`);
  const { rejected } = (await response.json()) as { rejected: { line: number }[] };
  assert.deepEqual(
    rejected.map(({ line }) => line),
    [5],
  );
  assert.deepEqual(namesIn(intake), ['view']);
});

test('an empty body is answered with 202', async (t) => {
  const intake = await useIntake(t);
  assert.equal((await post(intake, '')).status, 202);
  assert.deepEqual(intake.received, []);
});

test('lines that are JSON but no object are malformed', async (t) => {
  const intake = await useIntake(t);
  await post(intake, '1\nnull\n[]\n"a"');
  assert.deepEqual(
    rejectedBy(intake).map(({ line, reason }) => [line, reason]),
    [1, 2, 3, 4].map((line) => [line, 'not a JSON object']),
  );
});

test('bytes that are no UTF-8, and NUL bytes, spoil their own line only', async (t) => {
  const intake = await useIntake(t);
  const body = Buffer.concat([
    Buffer.from('{"a":"'),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(`"}\n{"a":"\0"}\n${ndjson(view())}`),
  ]);
  await post(intake, body);
  assert.deepEqual(
    rejectedBy(intake).map(({ line }) => line),
    [1, 2],
  );
  assert.equal(rejectedBy(intake)[0]?.reason, 'not UTF-8');
  assert.deepEqual(namesIn(intake), ['view']);
});

test('JSON that is nested 100,000 levels deep is malformed', async (t) => {
  const intake = await useIntake(t);
  const deep = `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const braces = JSON.stringify({ name: `"${'{['.repeat(1000)}` });
  await post(intake, `${deep}\n${braces}`);
  assert.deepEqual(
    rejectedBy(intake).map(({ line, reason }) => [line, reason]),
    [[1, 'nested deeper than 500 levels']],
  );
  assert.equal(intake.events().length, 1);
});

test('a line of 5 MB is kept', async (t) => {
  const intake = await useIntake(t);
  const response = await post(intake, ndjson({ name: 'x'.repeat(5_000_000) }));
  assert.equal(response.status, 202);
  assert.equal(JSON.stringify(intake.events()[0]?.event).length, 5_000_000 + '{"name":""}'.length);
});

test('of a body of countless lines, the first 10,000 are read', async (t) => {
  const intake = await useIntake(t, { history: 20_000 });
  const response = await post(intake, '1\n'.repeat(100_000), { track: 'logs' });
  assert.equal(intake.received.length, 10_001);
  assert.equal(rejectedBy(intake).at(-1)?.reason, 'more than 10000 lines');
  assert.equal(((await response.json()) as { rejected: unknown[] }).rejected.length, 100);
});

test('a body over the cap is answered with a 413 that the client can read', async (t) => {
  const intake = await useIntake(t, { maxBodyBytes: 1000 });
  const response = await post(intake, 'x'.repeat(20_000_000));
  assert.equal(response.status, 413);
  assert.deepEqual(await response.json(), { errors: ['the body is larger than 1000 bytes'] });
  assert.deepEqual(intake.events(), []);
  assert.equal((await post(intake, ' '.repeat(1000))).status, 202);
  assert.equal((await post(intake, ' '.repeat(1001))).status, 413);
});

test('a client that hangs up within its body leaves nothing behind', async (t) => {
  const intake = await useIntake(t);
  const head = `POST /api/v2/rum?${query} HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n`;
  await abortRequest(intake, `${head}${ndjson(view())}\n`);
  await abortRequest(intake, head);
  assert.equal((await post(intake, ndjson(action()))).status, 202);
  assert.deepEqual(namesIn(intake), ['action']);
});

test('a multipart body is accepted, and said not to be read', async (t) => {
  const intake = await useIntake(t);
  const headers = { 'content-type': 'multipart/form-data; boundary=x' };
  assert.equal((await post(intake, '--x\n\n--x--', { track: 'replay', headers })).status, 202);
  assert.equal(rejectedBy(intake).length, 1);
});

test('a request id that was accepted before marks the events of the second request', async (t) => {
  const intake = await useIntake(t);
  const isRepeated = () => intake.events().map(({ request }) => request.repeated);
  await post(intake, ndjson(view()));
  await post(intake, ndjson(view()));
  await post(intake, ndjson(view()), { more: '&dd-request-id=ignored' });
  assert.deepEqual(isRepeated(), [undefined, true, true]);
  intake.clear();
  await post(intake, ndjson(view()));
  assert.deepEqual(isRepeated(), [undefined]);
});

test('a request id counts as accepted only once it was', async (t) => {
  const intake = await useIntake(t);
  intake.setFault({ status: 500, count: 1 });
  await post(intake, ndjson(view()));
  await post(intake, ndjson(view()));
  assert.equal(intake.events()[0]?.request.repeated, undefined);
});

test('violations of an event with hostile keys pollute nothing', async (t) => {
  const intake = await useIntake(t);
  await post(intake, '{"__proto__":{"polluted":1},"type":"view","view":{"__proto__":{"id":1}}}');
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.ok(intake.events()[0]?.violations.some(({ path }) => path === '/view/id'));
});
