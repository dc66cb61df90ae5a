import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Model } from '../../js/intake/live/model.ts';
import { numberAt } from '../../js/intake/live/read.ts';
import type { CarrierRequest, ReceivedEvent, RejectedLine } from '../../js/intake/stream.ts';

let seq = 0;

function received(
  event: Record<string, unknown>,
  rest: Partial<ReceivedEvent> = {},
): ReceivedEvent {
  seq += 1;
  return {
    kind: 'event',
    seq,
    receivedAt: 1000 + seq,
    track: 'rum',
    event,
    violations: [],
    request: { bytes: 100 },
    ...rest,
  };
}

function rejected(request: CarrierRequest): RejectedLine {
  seq += 1;
  return {
    kind: 'rejected',
    seq,
    receivedAt: 1,
    track: 'rum',
    line: 1,
    reason: 'no',
    excerpt: '',
    request,
  };
}

function rum(type: string, viewId: string, rest: Record<string, unknown> = {}) {
  return {
    type,
    date: 5000,
    session: { id: 's1' },
    view: { id: viewId, url: 'https://a.test/' },
    ...rest,
  };
}

function version(viewId: string, document_version: number, view: Record<string, unknown> = {}) {
  return {
    ...rum('view', viewId),
    view: { id: viewId, url: 'https://a.test/', ...view },
    _dd: { document_version },
  };
}

test('views are folded by version and grouped into sessions', () => {
  const model = new Model();
  model.apply(received(version('v1', 2, { time_spent: 9 })));
  model.apply(received(version('v1', 1, { time_spent: 1 })));
  model.apply(received({ ...rum('error', 'v1'), error: { message: 'x' } }));
  model.apply(received({ ...version('v2', 1), session: { id: 's2' }, usr: { name: 'Jane' } }));
  assert.deepEqual([...model.sessions.keys()], ['s1', 's2']);
  assert.equal(model.sessions.get('s2')?.user, 'Jane');
  const view = model.views.get('v1');
  assert.equal(numberAt(view?.state, 'view.time_spent'), 9);
  assert.equal(view?.errors.length, 1);
  assert.equal(model.events, 4);
});

test('children may come before their view', () => {
  const model = new Model();
  model.apply(received({ ...rum('resource', 'v1'), date: 5200 }));
  model.apply(received({ ...rum('resource', 'v1'), date: 5100 }));
  assert.equal(model.views.get('v1')?.startedAt, 5100);
  model.apply(received(version('v1', 1)));
  assert.equal(model.views.get('v1')?.startedAt, 5000);
  assert.equal(model.views.get('v1')?.resources.length, 2);
});

test('a diff after the full view is merged into it', () => {
  const model = new Model();
  model.apply(received(version('v1', 1, { time_spent: 1, is_active: true })));
  model.apply(received({ ...version('v1', 2, { is_active: false }), type: 'view_update' }));
  const view = model.views.get('v1');
  assert.equal(view?.isActive, false);
  assert.equal(numberAt(view?.state, 'view.time_spent'), 1);
});

test('a view that cannot be folded is still shown', () => {
  const model = new Model();
  model.apply(
    received(rum('view', 'broken'), { violations: [{ path: '/_dd', message: 'missing' }] }),
  );
  assert.equal(model.views.get('broken')?.url, 'https://a.test/');
  assert.equal(model.violations, 1);
});

test('variants are counted by views, sessions and exposed subjects', () => {
  const model = new Model();
  const flags = (variant: unknown) => ({ feature_flags: { checkout: variant } });
  model.apply(received({ ...version('v1', 1), ...flags('b') }));
  model.apply(received({ ...version('v1', 2), ...flags('b') }));
  model.apply(received({ ...version('v2', 1), ...flags('b') }));
  model.apply(received({ ...version('v3', 1), session: { id: 's9' }, ...flags(25) }));
  model.apply(received({ ...rum('error', 'v3'), ...flags(25) }));
  const exposure = { flag: { key: 'checkout' }, variant: { key: 'b' }, subject: { id: 'u1' } };
  model.apply(received(exposure, { track: 'exposures' }));
  model.apply(received(exposure, { track: 'exposures' }));
  const [flag] = model.flags.list();
  const counts = flag?.variants.map((v) => [
    v.name,
    v.views.size,
    v.sessions.size,
    v.subjects.size,
    v.errors,
  ]);
  assert.deepEqual(counts, [
    ['25', 1, 2, 0, 1],
    ['b', 2, 1, 1, 0],
  ]);
});

test('the history of a new connection is not counted twice', () => {
  const model = new Model();
  const first = received(version('v1', 1));
  const second = received(rum('error', 'v1'));
  for (const message of [first, second, first, second]) model.apply(message);
  assert.equal(model.events, 2);
  assert.equal(model.views.get('v1')?.errors.length, 1);
});

test('a restarted intake, which counts from 1 again, starts anew', () => {
  const model = new Model();
  model.apply(received(version('v1', 1), { seq: 900, receivedAt: 1 }));
  model.apply(received(version('v2', 1), { seq: 901, receivedAt: 2 }));
  model.apply(received(version('v3', 1), { seq: 1, receivedAt: 99_999 }));
  assert.deepEqual([...model.views.keys()], ['v3']);
});

test('keys of prototypes are names like any other', () => {
  const model = new Model();
  const hostile = JSON.parse(
    '{"type":"view","date":1,"__proto__":{"polluted":true},"session":{"id":"__proto__"},"view":{"id":"__proto__","url":"x"},"_dd":{"document_version":1},"feature_flags":{"__proto__":"a","constructor":"b"}}',
  ) as Record<string, unknown>;
  model.apply(received(hostile));
  model.apply(received({ ...rum('error', 'constructor'), session: { id: 'toString' } }));
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
  assert.deepEqual([...model.views.keys()], ['__proto__', 'constructor']);
  assert.deepEqual([...model.sessions.keys()], ['__proto__', 'toString']);
  const keys = model.flags.list().map((flag) => flag.key);
  assert.deepEqual(keys, ['__proto__', 'constructor']);
});

test('events of any shape are survived', () => {
  const model = new Model();
  const odd = [
    {},
    { type: 5 },
    { view: null },
    { view: { id: 7 } },
    { type: 'view', view: [], session: 'x' },
  ];
  for (const event of odd) model.apply(received(event as Record<string, unknown>));
  assert.equal(model.events, odd.length);
  assert.equal(model.views.size, 0);
});

test('memory is bounded, and what is forgotten is forgotten everywhere', () => {
  const model = new Model({ entries: 100, views: 5 });
  for (let index = 0; index < 1000; index += 1) {
    const view = `v${Math.floor(index / 100)}`;
    model.apply(received({ ...rum(index % 2 ? 'resource' : 'error', view) }));
  }
  assert.ok(model.entries.length <= 110);
  assert.equal(model.events, 1000);
  assert.equal(model.views.size, 5);
  const kept = [...model.views.values()].reduce(
    (sum, v) => sum + v.resources.length + v.errors.length,
    0,
  );
  assert.ok(kept <= 110);
  assert.equal(model.sessions.get('s1')?.views.length, 5);
  const last = model.entries.at(-1);
  assert.ok(last);
  assert.equal(model.find(last.seq), last);
  assert.equal(model.find(1), undefined);
});

test('requests are told apart and added up', () => {
  const model = new Model();
  const request = { id: 'r1', bytes: 500, api: 'fetch', batchTime: 900, retryCount: 2 };
  model.apply(received(version('v1', 1), { request, receivedAt: 1000 }));
  model.apply(received(rum('error', 'v1'), { request, receivedAt: 1000 }));
  model.apply(rejected({ id: 'r2', bytes: 20, api: 'beacon' }));
  const facts = model.deliveries
    .list()
    .map((d) => [d.api, d.bytes, d.lines, d.retries, d.rejected, d.underway]);
  assert.deepEqual(facts, [
    ['fetch', 500, 2, 2, 0, 100],
    ['beacon', 20, 1, 0, 1, undefined],
  ]);
  assert.equal(model.deliveries.bytes, 520);
  assert.equal(model.rejected, 1);
});

test('clearing leaves nothing', () => {
  const model = new Model();
  model.apply(received({ ...version('v1', 1), feature_flags: { a: true } }));
  model.apply({ kind: 'cleared' });
  assert.deepEqual(
    [model.entries.length, model.views.size, model.sessions.size, model.events],
    [0, 0, 0, 0],
  );
  assert.deepEqual(model.flags.list(), []);
  assert.deepEqual(model.deliveries.list(), []);
});
