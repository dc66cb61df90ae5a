/** The headers of requests and responses that a page asks for. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { matchHeaders, resourceHeaders } from '../../js/extras/headers.ts';
import { recordDisplay } from './extras-fixture.ts';

const URL_ = 'https://api.example/users';

function report(option: unknown, request?: HeadersInit, response?: Headers | string) {
  const display = recordDisplay();
  const found = resourceHeaders(matchHeaders(option, display), URL_, request, response, display);
  return { ...found, messages: display.messages };
}

test('the default headers of both sides are reported, by lower-case names', () => {
  const response = new Headers({ ETag: '"1"', 'X-Other': 'no', 'Cache-Control': 'no-store' });
  assert.deepEqual(report(true, { 'Content-Type': 'application/json' }, response), {
    request: { headers: { 'content-type': 'application/json' } },
    response: { headers: { 'cache-control': 'no-store', etag: '"1"' } },
    messages: [],
  });
  assert.deepEqual(report(undefined, { etag: '1' }), { messages: [] });
  assert.deepEqual(report(true, { 'x-other': '1' }), { messages: [] });
});

test('those of an XMLHttpRequest come as one text', () => {
  const text = 'content-type: text/html; a:b\r\nno header\r\nvary:a\r\nvary: b\r\n';
  assert.deepEqual(report(true, undefined, text).response?.headers, {
    'content-type': 'text/html; a:b',
    vary: 'a, b',
  });
  assert.deepEqual(report(true, undefined, 'bad name: 1\r\netag: 1'), { messages: [] });
});

test('names, URLs, places and extractors choose', () => {
  const response = new Headers({ 'server-timing': 'db;dur=53', 'x-request-id': '7', etag: '1' });
  const of = (...options: object[]) => report(options, { etag: '2' }, response);
  assert.deepEqual(of({ name: 'X-Request-Id' }).response?.headers, { 'x-request-id': '7' });
  assert.deepEqual(of({ location: 'request' }), {
    request: { headers: { etag: '2' } },
    messages: [],
  });
  assert.deepEqual(of({ url: 'https://api' }).request?.headers, { etag: '2' });
  assert.deepEqual(of({ url: 'https://other' }), { messages: [] });
  const extractor = /dur=(\d+)/g;
  const timing = { name: /^server/, extractor };
  for (const _ of 'ab') assert.deepEqual(of(timing).response?.headers, { 'server-timing': '53' });
  assert.deepEqual(of({ name: 'etag', extractor: /9/ }), { messages: [] });
});

test('names that hide secrets are never reported', () => {
  const names = [
    'authorization',
    'set-cookie2',
    'x-api-key',
    'apikey',
    'x-real-ip',
    'x-auth-token',
  ];
  const all = [...names, 'x-forwarded-for', 'client-ip', 'my-secret', 'fine'];
  const headers = Object.fromEntries(all.map((name) => [name, '1']));
  assert.deepEqual(report([{ name: () => true }], headers).request?.headers, { fine: '1' });
});

test('100 headers of 128 characters are the limit, and the page is told', () => {
  const many = Object.fromEntries(Array.from({ length: 102 }, (_, i) => [`x-${1000 + i}`, '1']));
  const { request, messages } = report([{ name: /^x-/ }], many);
  assert.equal(Object.keys(request?.headers ?? {}).length, 100);
  assert.deepEqual(messages, [
    'warn: Maximum number of headers (100) has been reached. Further headers are dropped.',
  ]);
  const long = report([{ name: 'x-a' }], { 'x-a': 'a'.repeat(129) });
  assert.equal(long.request?.headers['x-a'], 'a'.repeat(128));
  assert.deepEqual(long.messages, [
    'warn: Header "x-a" value was truncated from 129 to 128 characters.',
  ]);
});

test('an option that makes no sense is left out, in the words of the official SDK', () => {
  const display = recordDisplay();
  const good = { name: 'etag', location: 'any' };
  const bad = [7, { name: 7 }, { url: {} }, { extractor: 'x' }, { location: 'both' }];
  assert.deepEqual(matchHeaders([good, ...bad], display), [good]);
  assert.deepEqual(matchHeaders('x', display), []);
  assert.deepEqual(matchHeaders([], display), []);
  assert.deepEqual(matchHeaders(false, display), []);
  assert.deepEqual(display.messages, [
    'warn: trackResourceHeaders[1] should be a MatchHeader object',
    'warn: trackResourceHeaders[2].name should be a MatchOption',
    'warn: trackResourceHeaders[3].url should be a MatchOption',
    'warn: trackResourceHeaders[4].extractor should be a RegExp',
    "warn: trackResourceHeaders[5].location should be 'request', 'response', or 'any'",
    'warn: trackResourceHeaders should be true or an array of MatchHeader',
    'warn: trackResourceHeaders is an empty array, no headers will be captured',
  ]);
});
