import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exposure, ndjson, query, rawRequest, useIntake, view } from './intake-fixture.ts';

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
