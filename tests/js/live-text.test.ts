import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseFilter } from '../../js/intake/live/filter.ts';
import { type JsonNode, toTree } from '../../js/intake/live/json.ts';
import { toBar } from '../../js/intake/live/resource.ts';
import { percent, ticks } from '../../js/intake/live/scale.ts';
import { parseStack } from '../../js/intake/live/stack.ts';
import { summarise } from '../../js/intake/live/summary.ts';
import type { ReceivedEvent } from '../../js/intake/stream.ts';

const folder = new URL('../../js/intake/live/', import.meta.url);

function received(
  event: Record<string, unknown>,
  rest: Partial<ReceivedEvent> = {},
): ReceivedEvent {
  return {
    kind: 'event',
    seq: 1,
    receivedAt: 1,
    track: 'rum',
    event,
    violations: [],
    request: { bytes: 1 },
    ...rest,
  };
}

function nodeAt(tree: JsonNode, pointer: string): JsonNode | undefined {
  if (tree.pointer === pointer) return tree;
  return tree.children.map((child) => nodeAt(child, pointer)).find(Boolean);
}

const MARKUP = '<img src=x onerror="alert(1)">';

test('markup in messages stays the text it is', () => {
  const event = { type: 'error', error: { type: '<b>T</b>', message: MARKUP } };
  assert.equal(summarise(received(event)).title, `<b>T</b>: ${MARKUP}`);
  assert.equal(nodeAt(toTree(event, []), '/error/message')?.text, JSON.stringify(MARKUP));
  assert.equal(parseStack(`Error\n  at ${MARKUP} @ https://a.test/x.js:1:2`)[0]?.callee, MARKUP);
});

test('no module writes markup, and the page has no inline script or style', () => {
  const banned =
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser/;
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.ts'))) {
    assert.doesNotMatch(readFileSync(new URL(name, folder), 'utf8'), banned, name);
  }
  const page = readFileSync(new URL('index.html', folder), 'utf8');
  assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=|javascript:/i);
  assert.doesNotMatch(page, /<script(?![^>]*\ssrc=)/i);
});

test('a violation marks its value and the way to it', () => {
  const event = { view: { id: 'X', 'a/b': { c: 1 } }, type: 'view' };
  const tree = toTree(event, [
    { path: '/view/id', message: 'must match pattern' },
    { path: '/view/a~1b/c', message: 'must be string' },
  ]);
  assert.deepEqual(nodeAt(tree, '/view/id')?.messages, ['must match pattern']);
  assert.deepEqual(nodeAt(tree, '/view/a~1b/c')?.messages, ['must be string']);
  assert.deepEqual(
    ['', '/view', '/view/id', '/type'].map((pointer) => nodeAt(tree, pointer)?.marked),
    [true, true, true, false],
  );
});

test('a violation of what is missing is shown at the nearest part that is there', () => {
  const tree = toTree({ view: { id: 'v' } }, [
    { path: '/view/action/count', message: 'is required' },
    { path: '', message: 'must match a schema' },
  ]);
  assert.deepEqual(nodeAt(tree, '/view')?.messages, ['action.count is required']);
  assert.deepEqual(tree.messages, ['must match a schema']);
});

test('a tree shows keys of prototypes and bounds what is endless', () => {
  const hostile: unknown = JSON.parse('{"__proto__":{"a":1},"constructor":null}');
  const keys = toTree(hostile, []).children.map((child) => child.key);
  assert.deepEqual(keys, ['__proto__', 'constructor']);
  let deep: unknown = 1;
  for (let depth = 0; depth < 5000; depth += 1) deep = { deep };
  assert.ok(toTree(deep, []));
  assert.ok(
    toTree(
      Array.from({ length: 9000 }, () => 1),
      [],
    ).children.length <= 500,
  );
});

test('stacks are split into frames', () => {
  const [frame, anonymous] = parseStack(
    'TypeError: x\n  at renderPrice @ https://cdn.test/app.js:12:3456\n  at <anonymous> @ wasm://wasm/1f:wasm-function[120]:0x1f2e',
  );
  assert.deepEqual(
    [frame?.callee, frame?.url, frame?.position],
    ['renderPrice', 'https://cdn.test/app.js', '12:3456'],
  );
  assert.equal(anonymous?.url, 'wasm://wasm/1f:wasm-function[120]:0x1f2e');
  assert.equal(parseStack('No stack, consider using an instance of Error')[0]?.callee, undefined);
  assert.ok(parseStack('at a @ b:1:2\n'.repeat(100_000)).length <= 201);
});

test('a filter has terms, keys, quotes and negation', () => {
  const error = received({
    type: 'error',
    error: { message: 'Cart Broke twice' },
    session: { id: 'abc' },
  });
  const bad = received({ type: 'view' }, { violations: [{ path: '', message: 'm' }] });
  const passes = (query: string) => [error, bad].map(parseFilter(query));
  assert.deepEqual(passes(''), [true, true]);
  assert.deepEqual(passes('type:error'), [true, false]);
  assert.deepEqual(passes('type:error,view'), [true, true]);
  assert.deepEqual(passes('-type:error'), [false, true]);
  assert.deepEqual(passes('cart broke'), [true, false]);
  assert.deepEqual(passes('"broke twice"'), [true, false]);
  assert.deepEqual(passes('"twice broke"'), [false, false]);
  assert.deepEqual(passes('is:violation'), [false, true]);
  assert.deepEqual(passes('session:ab'), [true, false]);
  assert.deepEqual(passes('nokey:x'), [false, false]);
  assert.deepEqual(passes('__proto__:x constructor:'), [false, false]);
});

test('a resource becomes a bar on the axis of its view', () => {
  const resource = {
    type: 'css',
    url: 'https://a.test/x.css',
    duration: 200e6,
    status_code: 404,
    first_byte: { start: 10e6, duration: 90e6 },
    download: { start: 100e6, duration: 100e6 },
    dns: { start: 'x', duration: 1 },
  };
  const bar = toBar(received({ type: 'resource', date: 1500, resource }), 1000);
  assert.deepEqual([bar.start, bar.ms, bar.type, bar.failed], [500, 200, 'css', true]);
  const phases = bar.phases.map((phase) => [phase.name, phase.start, phase.ms]);
  assert.deepEqual(phases, [
    ['first_byte', 510, 90],
    ['download', 600, 100],
  ]);
  const odd = toBar(
    received({ type: 'resource', resource: { type: '"><script>', duration: -5 } }),
    0,
  );
  assert.deepEqual([odd.type, odd.ms, odd.failed], ['other', 0, false]);
});

test('the axis has round steps and stays finite', () => {
  assert.deepEqual(ticks(2300, 6), [0, 500, 1000, 1500, 2000]);
  assert.deepEqual(ticks(0, 6), [0]);
  assert.ok(ticks(1e300, 6).length <= 7);
  assert.deepEqual(
    [percent(-5, 10), percent(5, 10), percent(50, 10), percent(Number.NaN, 10)],
    [0, 50, 100, 0],
  );
});
