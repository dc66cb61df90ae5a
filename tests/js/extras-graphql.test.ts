/** GraphQL requests and responses, compared with the official SDK. */

import assert from 'node:assert/strict';
import test from 'node:test';
import {
  extractGraphQlRequestMetadata,
  parseGraphQlResponse,
} from '@datadog/browser-rum-core/cjs/domain/resource/graphql.js';
import {
  findGraphQl,
  graphQlErrors,
  graphQlOf,
  graphQlUrls,
  responseText,
} from '../../js/extras/graphql.ts';
import { recordDisplay, replaceGlobals } from './extras-fixture.ts';

const URL_ = 'https://api.example/graphql';
replaceGlobals({ location: { href: 'https://shop.example/' } });

function both(method: string, url: string, body?: unknown) {
  const plain = (value: unknown) => value && JSON.parse(JSON.stringify(value));
  const official = extractGraphQlRequestMetadata({ method, url, requestBody: body }, true);
  const ours = graphQlOf({ match: URL_, trackPayload: true }, method, url, body);
  return [plain(ours), plain(official)];
}

test('a request says what it said to the official SDK', () => {
  const query = 'query Cart($id: ID) { cart(id: $id) { total } }';
  const emoji = `query { ${'a'.repeat(32_759)}\u{1f600}${'b'.repeat(10)} }`;
  for (const body of [
    { query, operationName: 'Cart', variables: { id: 1 } },
    { query: '  mutation { pay }', variables: null },
    { query: 'subscription{ a }', operationType: 'query' },
    { operationType: 'mutation', operationName: 'Persisted', extensions: {} },
    { operationType: 'nonsense' },
    { query: emoji },
    { query: `query { ${'x'.repeat(40_000)} }` },
    { variables: { a: 1 } },
  ]) {
    const [ours, official] = both('POST', URL_, JSON.stringify(body));
    assert.deepEqual(ours, official);
  }
  const parameters = new URLSearchParams({ query, operationName: 'Cart', variables: '{"a":1}' });
  for (const search of [`${parameters}`, 'query=mutation{a}&variables=no', '']) {
    const [ours, official] = both('GET', `${URL_}?${search}`);
    assert.deepEqual(ours, official);
  }
});

test('what is no GraphQL request says nothing', () => {
  for (const [method, body] of [
    ['POST', undefined],
    ['POST', 'no JSON'],
    ['POST', new FormData()],
    ['PUT', '{"query":"{a}"}'],
  ] as const) {
    assert.deepEqual(both(method, URL_, body), [undefined, undefined]);
  }
});

test('unlike there a short, commented or named query is known too', () => {
  const of = (query: string) => {
    const { operationType, operationName } = {
      ...graphQlOf({ match: URL_ }, 'POST', URL_, JSON.stringify({ query })),
    };
    return [operationType, operationName];
  };
  assert.deepEqual(of('{ me { name } }'), ['query', undefined]);
  assert.deepEqual(of('# of the cart\nmutation Pay { pay }'), ['mutation', 'Pay']);
  assert.deepEqual(of('queryable { a }'), [undefined, undefined]);
});

test('the payload is sent only where asked for', () => {
  const body = JSON.stringify({ query: 'query { a }' });
  assert.equal(graphQlOf({ match: URL_ }, 'POST', URL_, body)?.payload, undefined);
});

test('errors of a response are those of the official SDK', () => {
  const errors = [
    {
      message: 'no',
      path: ['a', 0],
      locations: [{ line: 1, column: 2 }],
      extensions: { code: 'X' },
    },
    { message: 'other' },
  ];
  const text = JSON.stringify({ data: null, errors });
  assert.deepEqual(graphQlErrors(text), { error_count: 2, errors: parseGraphQlResponse(text) });
  for (const none of ['{"errors":[]}', '{"data":{}}', '[]', 'no "errors"', '"errors"', undefined]) {
    assert.equal(graphQlErrors(none), undefined);
  }
});

test('of many errors all are counted and some are sent', () => {
  const text = JSON.stringify({ errors: Array.from({ length: 1000 }, () => null) });
  const found = graphQlErrors(text);
  assert.equal(found?.error_count, 1000);
  assert.equal(found?.errors.length, 20);
});

test('the option takes matches and objects, and leaves out the rest', () => {
  const display = recordDisplay();
  const full = { match: /graphql/, trackPayload: true };
  assert.deepEqual(graphQlUrls([URL_, full, 7, null, { match: 7 }], display), [
    { match: URL_ },
    full,
  ]);
  assert.deepEqual(graphQlUrls('x', display), []);
  assert.deepEqual(graphQlUrls(undefined, display), []);
  assert.deepEqual(display.messages, ['warn: allowedGraphQlUrls should be an array']);
});

test('a URL is matched by text, pattern or function, and a function that throws has not', () => {
  const display = recordDisplay();
  const throwing = () => {
    throw new Error('mine');
  };
  const sticky = /graphql/g;
  sticky.lastIndex = 99;
  assert.equal(
    findGraphQl([{ match: 'https://api' }, { match: throwing }], URL_, display),
    undefined,
  );
  assert.deepEqual(display.messages, ['error: Error: mine']);
  for (const match of [URL_, sticky, (url: string) => url === URL_]) {
    assert.equal(findGraphQl([{ match }], URL_, display)?.match, match);
  }
});

const answer = (
  body: BodyInit | null,
  headers: HeadersInit = { 'content-type': 'application/json' },
) => new Response(body, { headers });

test('a response is read and stays readable for the page', async () => {
  const response = answer('{"errors":[{"message":"n\u00f6"}]}');
  assert.equal(await responseText(response), '{"errors":[{"message":"n\u00f6"}]}');
  assert.equal(await response.text(), '{"errors":[{"message":"n\u00f6"}]}');
});

test('a character that comes in two pieces is read as one', async () => {
  const bytes = new TextEncoder().encode('"n\u00f6"');
  const pieces = [bytes.slice(0, 3), bytes.slice(3)];
  const body = new ReadableStream({
    pull(controller) {
      const piece = pieces.shift();
      if (piece) controller.enqueue(piece);
      else controller.close();
    },
  });
  assert.equal(await responseText(answer(body)), '"n\u00f6"');
});

test('a response that is too long is not read to its end, and the page gets all of it', async () => {
  let pulled = 0;
  const chunk = new Uint8Array(64 * 1024);
  const endless = new ReadableStream({
    pull(controller) {
      if (pulled++ < 100) controller.enqueue(chunk);
      else controller.close();
    },
  });
  const response = answer(endless);
  assert.equal(await responseText(response), undefined);
  // Four that fit, one too many, and what the streams read ahead.
  assert.ok(pulled < 10, `${pulled} chunks`);
  assert.equal((await response.arrayBuffer()).byteLength, 100 * chunk.length);
});

test('256 KiB of a response are read, and of one that has a byte more nothing', async () => {
  const LIMIT = 256 * 1024;
  const json = 'application/json';
  for (const [length, isRead] of [
    [LIMIT, true],
    [LIMIT + 1, false],
  ] as const) {
    const text = 'x'.repeat(length);
    assert.equal(await responseText(answer(text)), isRead ? text : undefined);
    const announced = answer('{}', { 'content-type': json, 'content-length': `${length}` });
    assert.equal(await responseText(announced), isRead ? '{}' : undefined);
  }
});

test('what is no JSON, announced as long, used or broken is not read', async () => {
  const long = answer('{}', { 'content-type': 'application/json', 'content-length': '300000' });
  const used = answer('{}');
  await used.text();
  const broken = answer(new ReadableStream({ pull: (controller) => controller.error('cut') }));
  const stream = answer('data: 1', { 'content-type': 'text/event-stream' });
  for (const response of [long, used, broken, stream, answer(null)]) {
    assert.equal(await responseText(response), undefined);
  }
});
