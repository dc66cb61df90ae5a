import assert from 'node:assert/strict';
import { test } from 'node:test';
import { constants, deflateSync, gzipSync } from 'node:zlib';
import type { Intake } from '../../js/intake/index.ts';
import type { RejectedLine } from '../../js/intake/stream.ts';
import {
  abortRequest,
  action,
  exposure,
  ndjson,
  post,
  query,
  rawRequest,
  useIntake,
  view,
} from './intake-fixture.ts';

const deflate = (text: string) => deflateSync(Buffer.from(text));
const deflated = { more: '&dd-evp-encoding=deflate' };

function rejectedBy({ received }: Intake): RejectedLine[] {
  return received.filter((message): message is RejectedLine => message.kind === 'rejected');
}

const namesIn = (intake: Intake) => intake.events().map(({ event }) => event.name ?? event.type);

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
  await post(intake, ndjson({ message: 'a', type: 'view' }), { track: 'logs' });
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

test('ddforward names the path and query, on any path', async (t) => {
  const intake = await useIntake(t);
  const forward = encodeURIComponent(`/api/v2/exposures?${query}&batch_time=5`);
  for (const path of [
    `/proxy?ddforward=${forward}`,
    `/proxy?tenant=a?ddforward=${forward}`,
    `/faults?ddforward=${forward}&ddforwardSubdomain=quota`,
    `/?ddforward=${forward}`,
  ]) {
    const answer = await rawRequest(intake, { method: 'POST', path, body: ndjson(exposure()) });
    assert.equal(answer.status, 202, path);
  }
  assert.equal(intake.events().length, 4);
  for (const { track, request } of intake.events()) {
    assert.equal(track, 'exposures');
    assert.equal(request.batchTime, 5);
  }
});

test('a ddforward that leads nowhere is refused', async (t) => {
  const intake = await useIntake(t);
  const statusOf = async (forward: string) =>
    (await rawRequest(intake, { method: 'POST', path: `/proxy?ddforward=${forward}` })).status;
  assert.equal(await statusOf('%E0%A4'), 400);
  assert.equal(await statusOf(''), 404);
  assert.equal(await statusOf(encodeURIComponent('/clear')), 404);
  assert.equal(await statusOf(encodeURIComponent('https://evil.example/api/v2/rum')), 404);
  assert.equal(await statusOf(encodeURIComponent('/api/v2/rum')), 403);
});

test('a request without an API key is answered with 403', async (t) => {
  const intake = await useIntake(t);
  for (const path of ['/api/v2/rum', '/api/v2/rum?dd-api-key=']) {
    const response = await fetch(intake.url + path, { method: 'POST', body: ndjson(view()) });
    assert.equal(response.status, 403);
  }
  assert.deepEqual(intake.received, []);
});

test('an unknown path is answered with 404, another method with 405', async (t) => {
  const intake = await useIntake(t);
  const statusOf = async (method: string, path: string) =>
    (await rawRequest(intake, { method, path })).status;
  for (const path of [
    '/',
    '/api/v2/',
    '/api/v2/rum/',
    '/api/v1/rum',
    '/api/v2/../rum',
    '/api/v2/RUM',
  ]) {
    assert.equal(await statusOf('POST', `${path}?${query}`), 404, path);
  }
  for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
    assert.equal(await statusOf(method, `/api/v2/rum?${query}`), 405, method);
  }
});

test('any page may read the answers, errors included', async (t) => {
  const intake = await useIntake(t);
  const headers = { Origin: 'https://shop.example' };
  for (const path of [`/api/v2/rum?${query}`, '/api/v2/rum', '/nothing', '/p?ddforward=%E0']) {
    const answer = await rawRequest(intake, { method: 'POST', path, headers });
    assert.equal(answer.headers['access-control-allow-origin'], headers.Origin, path);
    assert.equal(answer.headers.vary, 'Origin');
  }
  const { headers: anonymous } = await rawRequest(intake, { method: 'POST', path: '/nothing' });
  assert.equal(anonymous['access-control-allow-origin'], '*');
});

test('a preflight is answered, from public to private networks too', async (t) => {
  const intake = await useIntake(t);
  const { status, headers } = await rawRequest(intake, {
    method: 'OPTIONS',
    path: `/api/v2/rum?${query}`,
    headers: {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'content-type,x-tenant',
      'Access-Control-Request-Private-Network': 'true',
    },
  });
  assert.equal(status, 204);
  assert.equal(headers['access-control-allow-origin'], 'https://shop.example');
  assert.equal(headers['access-control-allow-methods'], 'POST, OPTIONS');
  assert.equal(headers['access-control-allow-headers'], 'content-type,x-tenant');
  assert.equal(headers['access-control-allow-private-network'], 'true');
});

test('violations of an event with hostile keys pollute nothing', async (t) => {
  const intake = await useIntake(t);
  await post(intake, '{"__proto__":{"polluted":1},"type":"view","view":{"__proto__":{"id":1}}}');
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.ok(intake.events()[0]?.violations.some(({ path }) => path === '/view/id'));
});
