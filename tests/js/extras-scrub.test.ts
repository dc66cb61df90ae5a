/** Addresses that lose what must not leave the page. */

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { createScrub, type Scrub, type ScrubUrl } from '../../js/extras/scrub.ts';

const scrub = (option: ScrubUrl) => createScrub(option) as Scrub;
const all = scrub(true);

test('without the option nothing is done', () => {
  for (const option of [undefined, false] as const) assert.equal(createScrub(option), undefined);
});

test('an address loses its query, its fragment and its credentials', () => {
  for (const [given, expected] of [
    ['https://shop.example/a?token=1&b=2#top', 'https://shop.example/a'],
    ['https://shop.example/a#access_token=1', 'https://shop.example/a'],
    ['https://shop.example/a', 'https://shop.example/a'],
    ['https://jane:pass@shop.example/a', 'https://shop.example/a'],
    ['https://jane@shop.example', 'https://shop.example'],
    ['https://cdn.example/react@18/a.js', 'https://cdn.example/react@18/a.js'],
    ['//jane@shop.example/?q', '//shop.example/'],
    ['/search?q=jane@shop.example#x', '/search'],
    ['?q=1', ''],
    ['blob:https://shop.example/1-2', 'blob:https://shop.example/1-2'],
    ['https://shop.example/a?next=line\nsecret#a\nb', 'https://shop.example/a'],
    ['', ''],
  ] as const) {
    assert.equal(all.url(given), expected);
  }
});

test('a fragment that is a route keeps its path', () => {
  assert.equal(all.url('https://a.example/?t=1#/users/7?token=2'), 'https://a.example/#/users/7');
  assert.equal(all.url('https://a.example/#!/users'), 'https://a.example/#!/users');
});

test('parameters of a list stay as they were written, wherever they are', () => {
  const some = scrub(['page', 'q']);
  assert.equal(
    some.url('https://a.example/?token=1&q=a%20b&page=2&q&pages=3#/r?t=1&page=3'),
    'https://a.example/?q=a%20b&page=2&q#/r?page=3',
  );
  assert.equal(some.url('https://a.example/?token=1#page=2'), 'https://a.example/');
  assert.equal(scrub([]).url('https://a.example/?a=1'), 'https://a.example/');
});

test('a function rewrites addresses; where it fails nothing stays', () => {
  const own = scrub((url) => url.replace(/\/users\/\d+/, '/users/:id'));
  assert.equal(own.url('https://a.example/users/7?kept=1'), 'https://a.example/users/:id?kept=1');
  const throwing = scrub(() => {
    throw new Error('mine');
  });
  assert.equal(throwing.url('https://a.example/?t=1'), 'https://a.example/');
  assert.equal(
    scrub((() => undefined) as never).url('https://a.example/?t=1'),
    'https://a.example/',
  );
});

test('texts lose what is in their addresses, and nothing else', () => {
  for (const [given, expected] of [
    ['Failed https://a.example/x?token=1, again', 'Failed https://a.example/x, again'],
    ['at f (https://a.example/a.js?v=1:10:5)', 'at f (https://a.example/a.js:10:5)'],
    ['at f @ https://a.example/a.js?v=1:10:5', 'at f @ https://a.example/a.js:10:5'],
    ['f@https://a.example/a.js:10:5', 'f@https://a.example/a.js:10:5'],
    [
      '"https://a.example/?q=1" and <ws://b.example#x>.',
      '"https://a.example/" and <ws://b.example>.',
    ],
    ['GET /api/users?token=1 401 (Unauthorized)', 'GET /api/users 401 (Unauthorized)'],
    ['it is and/or? yes, 3/4 #1', 'it is and/or? yes, 3/4 #1'],
    ['see https://u:p@a.example/?x', 'see https://a.example/'],
    ['https://a.example/(x)/y?token=1', 'https://a.example/(x)/y'],
    ['no address? #1 at: all', 'no address? #1 at: all'],
  ] as const) {
    assert.equal(all.text(given), expected);
  }
});

test('no query of an address survives in a text, whatever is around it', () => {
  const word = fc.constantFrom(
    'at f (',
    ')',
    ' ',
    '\n',
    ', ',
    '"',
    'GET ',
    '/',
    '://',
    '?',
    ':1:2',
  );
  const around = fc.array(word, { maxLength: 4 }).map((words) => words.join(''));
  fc.assert(
    fc.property(around, around, (before, after) => {
      const text = `${before}https://a.example/x?token=secret${after}`;
      assert.ok(!all.text(text).includes('secret'), text);
    }),
  );
});

test('a long hostile text is no trouble', () => {
  for (const part of [')', ':1', '/', 'a', 'a.', 'a:/', '@a://', '?', '.', 'http://']) {
    const text = part.repeat(100_000 / part.length);
    assert.equal(typeof all.text(text), 'string');
  }
});

test('an event loses it in all its fields, but for what the page wrote', () => {
  const dirty = 'https://a.example/x?t=1';
  const clean = 'https://a.example/x';
  const event = (url: string) => ({
    view: { url, referrer: url, performance: { lcp: { resource_url: url } } },
    resource: {
      url,
      request: { headers: { referer: url } },
      response: { headers: { location: url, etag: 'W/"a"' } },
      graphql: { variables: `{"at":"${url}"}`, payload: url, errors: [{ message: url }] },
    },
    error: {
      message: `no ${url}`,
      stack: `at ${url}:1:2`,
      handling_stack: url,
      component_stack: url,
      resource: { url },
      causes: [{ message: url, stack: url }, { message: 7 }],
    },
    long_task: { scripts: [{ source_url: url, invoker: url }] },
    context: { ferrum: { inp: { longest_script: { url, invoker: url } } } },
    vital: { websocket: { url } },
    _dd: { debug_ids: [{ url }], wasm_modules: [{ url }] },
  });
  const given = event(dirty);
  given.error.stack = 'at https://a.example/x?t=1:1:2';
  all.event(given);
  assert.deepEqual(given, event(clean));
  const own = { context: { url: dirty }, view: null };
  all.event(own);
  assert.deepEqual(own, { context: { url: dirty }, view: null });
});
