import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { CHARACTER_LIMIT, isError, toJson } from '../../js/sanitize.ts';

const sanitized = (value: unknown) => {
  let cuts = 0;
  const text = toJson(value, () => cuts++);
  return { value: text === undefined ? undefined : JSON.parse(text), cuts, text };
};
const plain = (value: unknown) => sanitized(value).value;

class HTMLDivElement {
  [Symbol.toStringTag] = 'HTMLDivElement';
}
const revoked = () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const hostile = () =>
  new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      ownKeys() {
        throw new Error('ownKeys');
      },
    },
  );

test('plain data is what JSON.stringify says', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      assert.equal(sanitized(value).text, JSON.stringify(value));
    }),
  );
});

test('what JSON cannot say becomes a text', () => {
  assert.deepEqual(
    plain({
      big: 12n,
      named: function buy() {},
      symbol: Symbol('d'),
      regexp: /x/g,
      map: new Map([[1, 2]]),
      set: new Set([1]),
      element: new HTMLDivElement(),
      date: new Date(0),
      nothing: undefined,
      number: Number.NaN,
      list: [undefined, () => 1],
    }),
    {
      big: '[BigInt] 12',
      named: '[Function] buy',
      symbol: '[Symbol] d',
      regexp: '[RegExp] /x/g',
      map: '[Map]',
      set: '[Set]',
      element: '[HTMLDivElement]',
      date: '1970-01-01T00:00:00.000Z',
      number: null,
      list: [null, '[Function] unknown'],
    },
  );
});

test('an Error keeps its name, its message and its own properties', () => {
  const error = Object.assign(new TypeError('boom'), { code: 7 });
  assert.deepEqual(plain({ error }), { error: { name: 'TypeError', message: 'boom', code: 7 } });
});

test('a cycle ends, and an object met twice is written twice', () => {
  const node: Record<string, unknown> = { id: 1 };
  node.self = node;
  node.list = [node];
  assert.deepEqual(plain(node), {
    id: 1,
    self: '[Reference seen at $]',
    list: ['[Reference seen at $]'],
  });
  const inner: unknown[] = [];
  inner.push({ deep: inner });
  assert.deepEqual(plain({ list: inner }), { list: [{ deep: '[Reference seen at $.list]' }] });
  const shared = { a: 1 };
  assert.deepEqual(plain([shared, shared]), [shared, shared]);
});

test('what throws costs only itself', () => {
  const value = {
    before: 1,
    get getter() {
      throw new Error('getter');
    },
  };
  assert.deepEqual(plain(value), { before: 1, getter: '[Unserializable]' });
  const toJSON = () => {
    throw new Error('toJSON');
  };
  assert.deepEqual(plain({ a: { own: 1, toJSON }, b: hostile(), c: revoked(), d: 1 }), {
    a: { own: 1, toJSON: '[Function] toJSON' },
    b: '[Unserializable]',
    c: '[Unserializable]',
    d: 1,
  });
});

test('toJSON is asked once, even if it returns itself or something new each time', () => {
  const itself = {
    a: 1,
    toJSON() {
      return this;
    },
  };
  assert.equal(plain(itself).a, 1);
  const endless = { toJSON: () => ({ next: endless }) };
  assert.match(sanitized(endless).text as string, /\[Object\]/);
});

test('nesting is bounded', () => {
  let deep: unknown = 1;
  for (let i = 0; i < 100_000; i++) deep = [deep];
  assert.match(sanitized(deep).text as string, /^\[{64}"\[Array\]"\]{64}$/);
});

test('what is large is cut, once said, and what follows still has room', () => {
  const { value, cuts, text } = sanitized({
    huge: 'x'.repeat(5_000_000),
    id: 7,
    other: '\0'.repeat(1e6),
  });
  assert.equal(cuts, 1);
  assert.equal(value.id, 7);
  assert.ok(value.huge.length > 10_000);
  assert.ok((text as string).length <= CHARACTER_LIMIT);
  assert.equal(sanitized('y'.repeat(5_000_000)).cuts, 1);
  assert.equal(sanitized('y'.repeat(200_000)).cuts, 0);
});

test('a text is whole that leaves room for the mark of a cut in 220 KiB, and not one that is longer', () => {
  const room = 220 * 1024 - 32 - '"",'.length;
  assert.equal(sanitized('x'.repeat(room)).cuts, 0);
  assert.equal(sanitized('x'.repeat(room + 1)).cuts, 1);
});

test('long keys count too', () => {
  const keys = Array.from({ length: 100 }, (_, i) => [`${i}`.repeat(5000), i]);
  const { text, cuts } = sanitized(Object.fromEntries(keys));
  assert.ok((text as string).length <= CHARACTER_LIMIT);
  assert.equal(cuts, 1);
});

test('many items, sparse arrays and shared structure end within the limit', () => {
  let shared: unknown = ['leaf'];
  for (let i = 0; i < 50; i++) shared = { a: shared, b: shared };
  const sparse: unknown[] = [];
  sparse[4_000_000_000] = 1;
  for (const value of [
    Array(1_000_000).fill([]),
    Array(1_000_000).fill('\n\n\n'),
    shared,
    sparse,
  ]) {
    const { text } = sanitized(value);
    assert.ok((text as string).length <= CHARACTER_LIMIT, `${(text as string).length}`);
  }
});

test('a list keeps the items that fit', () => {
  const { text } = sanitized({ list: Array.from({ length: 20_000 }, (_, i) => `item ${i}`) });
  assert.ok((text as string).length > CHARACTER_LIMIT - 100, `${(text as string).length}`);
});

test('a sparse list keeps its places', () => {
  assert.deepEqual(plain(Object.assign([], { 0: 1, 2: 3 })), [1, null, 3]);
});

test('an Event is its type, its targets and whether the user made it', () => {
  const event = new Event('click');
  assert.deepEqual(plain({ event }), {
    event: { type: 'click', isTrusted: false, currentTarget: null, target: null },
  });
  const target = new EventTarget();
  let seen: unknown;
  target.addEventListener('x', (event) => {
    seen = plain(event);
  });
  target.dispatchEvent(new Event('x'));
  const tag = '[EventTarget]';
  assert.deepEqual(seen, { type: 'x', isTrusted: false, currentTarget: tag, target: tag });
});

test('what was cut says so', () => {
  const { value } = sanitized({ id: 7, huge: 'x'.repeat(5e6) });
  assert.equal(value._truncated, true);
  assert.match(value.huge, /^x+…$/);
  const many = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => [`k${i}`, i]));
  assert.equal(sanitized(many).value._truncated, true);
  assert.equal('_truncated' in sanitized({ id: 7 }).value, false);
});

test('undefined has no text', () => {
  assert.equal(sanitized(undefined).text, undefined);
});

test('later mutation is invisible', () => {
  const value = { list: [1] };
  const { text } = sanitized(value);
  value.list.push(2);
  assert.equal(text, '{"list":[1]}');
});

test('whatever the value is, the result is JSON within the limit', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  // fast-check itself looks into what it generates: hence functions that make the value.
  const odd = fc.oneof(
    fc
      .anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withObjectString: true,
        withBoxedValues: true,
      })
      .map((value) => () => value),
    fc.constantFrom<() => unknown>(
      revoked,
      hostile,
      () => cyclic,
      () => Symbol(),
      () => Object.create(null),
      () => new Error('e'),
    ),
    fc.string({ unit: 'binary', maxLength: 1000 }).map((text) => () => text.repeat(400)),
  );
  fc.assert(
    fc.property(fc.array(odd), fc.dictionary(fc.string(), odd), (list, record) => {
      const made = Object.entries(record).map(([key, make]) => [key, make()]);
      for (const value of [...list.map((make) => make()), Object.fromEntries(made)]) {
        const { text } = sanitized([value]);
        assert.ok((text as string).length <= CHARACTER_LIMIT, `${text?.length}`);
      }
    }),
    { numRuns: 500 },
  );
});

test('errors of other realms are errors; hostile values are not', async () => {
  const { runInNewContext } = await import('node:vm');
  assert.equal(isError(runInNewContext('new RangeError("x")')), true);
  assert.equal(isError(new DOMException('x')), true);
  assert.equal(isError(revoked()), false);
  assert.equal(isError({ name: 'Error', message: 'x', stack: 'y' }), false);
});
