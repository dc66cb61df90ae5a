import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffMerge } from '@datadog/browser-rum-core/cjs/domain/view/viewDiff.js';
import fc from 'fast-check';
import { type FoldedView, foldView, foldViews } from '../../js/intake/fold.ts';
import type { Json } from '../../js/intake/json.ts';
import { view, viewUpdate } from './intake-fixture.ts';

const id = view().view.id as string;

function folded(...events: Json[]): FoldedView {
  const [first, ...others] = foldViews(events);
  assert.equal(others.length, 0);
  return first as FoldedView;
}

const update = (version: number, changes: Json, more: Json = {}) =>
  viewUpdate(version, { view: { id, url: 'u', ...changes }, ...more });

test('the full view with the highest version wins, whenever it arrives', () => {
  const late = folded(view(3, { context: { a: 3 } }), view(1), view(2));
  assert.equal(late.version, 3);
  assert.deepEqual(late.event.context, { a: 3 });
});

test('versions are compared as numbers', () => {
  assert.equal(folded(view(9), view(10)).version, 10);
});

test('an update changes the leaves it has, and removes what is null', () => {
  const { event, version, isComplete } = folded(
    view(1),
    update(2, { time_spent: 9, error: null, resource: { count: 4 } }),
  );
  const { view: result } = event as { view: Json };
  assert.equal(event.type, 'view');
  assert.equal(version, 2);
  assert.equal(isComplete, true);
  assert.equal(result.time_spent, 9);
  assert.deepEqual(result.resource, { count: 4 });
  assert.deepEqual(result.action, { count: 0 });
  assert.ok(!('error' in result));
});

test('page states are appended', () => {
  const states = (version: number, state: string) => ({
    document_version: version,
    page_states: [{ state, start: version }],
  });
  const { event } = folded(
    view(1, { _dd: states(1, 'active') }),
    viewUpdate(3, { _dd: states(3, 'frozen') }),
    viewUpdate(2, { _dd: states(2, 'hidden') }),
  );
  const { page_states: result } = event._dd as Json;
  assert.deepEqual(
    (result as Json[]).map(({ state }) => state),
    ['active', 'hidden', 'frozen'],
  );
});

test('a version that arrives twice counts once', () => {
  const states = { document_version: 2, page_states: [{ state: 'hidden', start: 1 }] };
  const twice = viewUpdate(2, { _dd: states });
  const { event } = folded(view(1), twice, twice);
  assert.equal(((event._dd as Json).page_states as unknown[]).length, 1);
});

test('what is sent whole replaces, nulls inside included', () => {
  const first = view(1, { context: { a: 1, b: 2 }, usr: { id: 'u' }, device: { locale: 'en' } });
  const { event } = folded(
    { ...first, view: { ...first.view, custom_timings: { a: 1 } } },
    update(2, { custom_timings: { b: 2 } }, { context: { b: null }, usr: null }),
  );
  assert.deepEqual(event.context, { b: null });
  assert.ok(!('usr' in event));
  assert.deepEqual(event.device, { locale: 'en' });
  assert.deepEqual((event.view as Json).custom_timings, { b: 2 });
});

test('a later full view makes earlier updates void', () => {
  const { event } = folded(view(1), update(2, { time_spent: 9 }), view(3));
  assert.equal((event.view as Json).time_spent, 5);
});

test('updates that come before any full view wait for it', () => {
  const alone = folded(update(2, { time_spent: 9 }));
  assert.equal(alone.isComplete, false);
  const joined = foldView(alone, view(1));
  assert.equal(joined.isComplete, true);
  assert.equal(joined.version, 2);
  assert.equal((joined.event.view as Json).time_spent, 9);
  assert.deepEqual((joined.event.view as Json).resource, { count: 3 });
});

test('whatever is no view is ignored', () => {
  const strange: Json[] = [
    {},
    { type: 'view' },
    { type: 'view', view: { id: 1 }, _dd: { document_version: 1 } },
    { type: 'view', view: { id: 'a' }, _dd: { document_version: '1' } },
    { ...view(1), type: 'error' },
  ];
  assert.deepEqual(foldViews(strange), []);
});

test('keys that name a prototype are data', () => {
  const hostile = JSON.parse(
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":1}',
  );
  const { event } = folded(
    view(1, { account: { id: 'a' } }),
    viewUpdate(2, { ...hostile, account: hostile, context: hostile }),
    viewUpdate(3, JSON.parse('{"__proto__":{"again":1}}')),
  );
  assert.equal(Object.getPrototypeOf(event), Object.prototype);
  assert.equal(Object.getPrototypeOf(event.account), Object.prototype);
  assert.equal((event as { polluted?: number }).polluted, undefined);
  assert.equal(({} as { polluted?: number }).polluted, undefined);
  assert.ok(Object.hasOwn(event.account as Json, '__proto__'));
});

test('a view whose id names a prototype is a view', () => {
  const named = { ...view(1), view: { ...view().view, id: '__proto__' } };
  assert.deepEqual(
    foldViews([view(1), named]).map((one) => one.id),
    [id, '__proto__'],
  );
});

const leaf = fc.oneof(
  fc.integer(),
  fc.string(),
  fc.boolean(),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const keys = fc.constantFrom('a', 'b', 'c');
const few = { maxKeys: 3, noNullPrototype: true };
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof({ maxDepth: 3 }, leaf, fc.dictionary(keys, tie('node'), few)),
})).node;
const section = fc.dictionary(keys, tree, few) as fc.Arbitrary<Json>;

/** The states of one view over time, as an SDK would see them before it decides what to send. */
const history = fc
  .array(
    fc.record({
      view: section,
      context: section,
      usr: section,
      account: section,
      states: fc.nat(2),
    }),
    {
      minLength: 1,
      maxLength: 8,
    },
  )
  .map((steps) => {
    const pageStates: Json[] = [];
    return steps.map(({ view: changes, states, ...sections }, index) => {
      for (let n = 0; n < states; n++)
        pageStates.push({ state: 'active', start: pageStates.length });
      const event = view(index + 1, sections);
      return {
        ...event,
        view: { ...event.view, ...changes, custom_timings: changes },
        _dd: { ...event._dd, page_states: [...pageStates] },
      } as Json;
    });
  });

/** The options of `computeAssembledViewDiff` in browser-rum-core 7.16. */
const diffOptions = {
  replaceKeys: new Set([
    'view.custom_timings',
    'context',
    'connectivity',
    'usr',
    'device',
    'privacy',
  ]),
  appendKeys: new Set(['_dd.page_states']),
};

/** What Datadog's SDK would send for the states: the first in full, then diffs, now and then a full view. */
function sentFor(states: Json[], checkpoint: number): Json[] {
  return states.map((state, index) => {
    if (index % checkpoint === 0) return state;
    const diff = diffMerge(state, states[index - 1] as Json, diffOptions) ?? {};
    const version = { document_version: index + 1, format_version: 2 };
    return viewUpdate(index + 1, {
      ...diff,
      view: { ...(diff.view as Json), id, url: view().view.url },
      _dd: { ...(diff._dd as Json), ...version },
    });
  });
}

test("the diffs of Datadog's own SDK fold to the last state, in any order, some twice", () => {
  const scenario = fc
    .tuple(history, fc.integer({ min: 1, max: 8 }))
    .map(([states, checkpoint]) => ({ states, sent: sentFor(states, checkpoint) }))
    .chain(({ states, sent }) =>
      fc.record({
        last: fc.constant(states.at(-1) as Json),
        arrived: fc
          .shuffledSubarray([...sent, ...sent], { minLength: sent.length })
          .map((some) => [...some, ...sent.filter((event) => !some.includes(event))]),
      }),
    );
  fc.assert(
    fc.property(scenario, ({ last, arrived }) => {
      assert.deepEqual(folded(...arrived).event, last);
      const oneByOne = arrived.reduce<FoldedView | undefined>(foldView, undefined);
      assert.deepEqual(oneByOne, folded(...arrived));
    }),
    { numRuns: 500 },
  );
});

test('rival events of one version fold to the same view in any order', () => {
  const rivals = [
    view(2, { service: 'a' }),
    view(2, { service: 'b' }),
    viewUpdate(2, { service: 'c' }),
    viewUpdate(3, { version: 'd' }),
    viewUpdate(3, { version: 'e' }),
  ];
  const expected = folded(...rivals).event;
  fc.assert(
    fc.property(fc.shuffledSubarray(rivals, { minLength: rivals.length }), (arrived) => {
      const oneByOne = arrived.reduce<FoldedView | undefined>(foldView, undefined);
      assert.deepEqual(folded(...arrived).event, expected);
      assert.deepEqual(oneByOne?.event, expected);
    }),
  );
});
