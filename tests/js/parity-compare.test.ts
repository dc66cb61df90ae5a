/** What the comparison with the official SDK finds, and what it lets pass. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Json } from '../../js/intake/json.ts';
import { compare, type Difference } from '../parity/compare.ts';
import { listed } from '../parity/differences.ts';
import type { Entry } from '../parity/entry.ts';
import { isListedAs } from '../parity/listed.ts';
import type { Recording } from '../parity/record.ts';

const A = '11111111-1111-4111-8111-111111111111';
const B = '22222222-2222-4222-8222-222222222222';
const C = '33333333-3333-4333-8333-333333333333';
const D = '44444444-4444-4444-8444-444444444444';

const journey = { name: 'a journey' };

function visit(...entries: [type: string, key: string, value: Json][]): Recording {
  return {
    entries: entries.map(([type, key, value]): Entry => ({ type, key, value })),
    versions: { view: 1, view_update: 0 },
    drift: 0,
    overdue: [],
    violations: [],
  };
}

/** The paths that differ. */
function differences(theirs: Recording, ours: Recording): string[] {
  return compare(journey, theirs, ours).differences.map(({ entry, path }) => `${entry} ${path}`);
}

const error = (value: Json) => visit(['error', 'custom', value]);

describe('the comparison', () => {
  it('finds an event without a counterpart, and one that has no model', () => {
    const theirs = visit(['error', 'a', {}], ['error', 'a', {}], ['action', 'b', {}]);
    const ours = visit(['error', 'a', {}], ['action', 'c', {}]);
    assert.deepEqual(differences(theirs, ours), [
      'error a (missing)',
      'action b (missing)',
      'action c (extra)',
    ]);
  });

  it('finds an event that was sent twice, and one that was sent once instead of twice', () => {
    const once = visit(['error', 'a', { n: 1 }]);
    const twice = visit(['error', 'a', { n: 1 }], ['error', 'a', { n: 1 }]);
    assert.deepEqual(differences(once, twice), ['error a (extra)']);
    assert.deepEqual(differences(twice, once), ['error a (missing)']);
  });

  it('finds a unit that is wrong, a path that is missing and one that is too many', () => {
    const view = (parts: Json) => visit(['view', '', { view: { url: 'u', ...parts } }]);
    const theirs = view({ first_byte: 10_500_000, referrer: '' });
    const ours = view({ first_byte: 10.5, bogus: true });
    assert.deepEqual(differences(theirs, ours), [
      'view view.first_byte',
      'view view.referrer',
      'view view.bogus',
    ]);
  });

  it('finds a value that differs, and one that is absent, at any depth', () => {
    const theirs = error({ error: { causes: [{ message: 'a' }, { message: 'b' }] }, context: {} });
    const ours = error({ error: { causes: [{ message: 'x' }] } });
    assert.deepEqual(differences(theirs, ours), [
      'error custom error.causes[].message',
      'error custom error.causes[].message',
      'error custom context',
    ]);
  });

  it('finds what only ours has, and lets pass what is listed', () => {
    const theirs = visit(['view', '', { a: 1 }]);
    const ours = (b: Json) => visit(['view', '', { a: 1, ...b }]);
    assert.deepEqual(differences(theirs, ours({ b: { c: 2, d: [3] } })), [
      'view b.c',
      'view b.d[]',
    ]);
    const result = compare(journey, theirs, ours({ view: { first_input_delay: 1 } }));
    const { pairs, paths, equal, onlyOurs } = result;
    assert.deepEqual(
      { pairs, paths, equal, onlyOurs },
      { pairs: 1, paths: 1, equal: 1, onlyOurs: 1 },
    );
    const state = (name: string) => ours({ _dd: { page_states: [{ state: name }] } });
    assert.deepEqual(differences(theirs, state('hidden')), []);
    assert.deepEqual(differences(theirs, state('active')), ['view _dd.page_states[].state']);
  });

  it('lets pass what is listed only in its journey, event and path, and with such a value of ours', () => {
    const entry = { journey: 'a journey', event: 'view initial', path: 'a', ours: /^load/ };
    const difference = {
      journey: 'a journey',
      entry: 'view initial_load',
      path: 'a',
      ours: 'loaded',
    };
    const isListed = (parts: Partial<typeof difference>) =>
      isListedAs(
        { ...entry, reason: 'out of scope: replay/profiler' },
        { ...difference, ...parts },
      );
    assert.equal(isListed({}), true);
    for (const parts of [{ journey: 'b' }, { entry: 'view' }, { path: 'a.b' }, { ours: 'idle' }])
      assert.equal(isListed(parts), false);
  });

  it('lets theirs take a narrower domain for the session of all subdomains, not ours', () => {
    const cookie = (domain: string) =>
      visit(['note', 'cookies of the browser', { value: [{ name: '_dd_s_v2', domain }] }]);
    const isListed = (theirs: string, ours: string) => {
      const session = { name: 'a session of all subdomains' };
      const { differences } = compare(session, cookie(theirs), cookie(ours));
      assert.equal(differences.length, 1);
      return listed.some((entry) => isListedAs(entry, differences[0] as Difference));
    };
    assert.equal(isListed('.shop.example.localhost', '.example.localhost'), true);
    assert.equal(isListed('.example.localhost', '.shop.example.localhost'), false);
  });

  it('finds that a list of ours is longer', () => {
    const causes = (...list: unknown[]) => error({ error: { causes: list } });
    assert.deepEqual(differences(causes('a'), causes('a', 'b')), ['error custom error.causes[]']);
    assert.deepEqual(differences(causes(), causes('b')), [
      'error custom error.causes',
      'error custom error.causes[]',
    ]);
  });

  it('lets ids differ that stand for the same', () => {
    const visits = [A, B].map((id) =>
      visit(['view', '', { view: { id } }], ['error', '', { view: { id } }]),
    ) as [Recording, Recording];
    assert.deepEqual(differences(...visits), []);
  });

  it('finds an id that stands for something else', () => {
    const of = (first: string, second: string, referred: string) =>
      visit(
        ['view', '1', { view: { id: first } }],
        ['view', '2', { view: { id: second } }],
        ['error', '', { view: { id: referred } }],
      );
    assert.deepEqual(differences(of(A, B, A), of(C, D, D)), ['error view.id']);
    assert.deepEqual(differences(of(A, B, B), of(C, C, C)), ['view 2 view.id', 'error view.id']);
  });

  it('wants numbers to be equal, whatever they are', () => {
    const vital = (duration: number) => visit(['vital', '', { vital: { duration } }]);
    assert.deepEqual(differences(vital(1_000_000), vital(1_000_001)), ['vital vital.duration']);
    assert.deepEqual(differences(vital(5), vital(0)), ['vital vital.duration']);
    assert.deepEqual(differences(vital(5), vital(-5)), ['vital vital.duration']);
  });

  it('wants the same tags, but for the version of the SDK', () => {
    const tagged = (ddtags: string) => error({ ddtags });
    const theirs = tagged('sdk_version:7.16.0,service:shop');
    assert.deepEqual(differences(theirs, tagged('sdk_version:0.1.0,service:shop')), []);
    assert.deepEqual(differences(theirs, tagged('sdk_version:0.1.0,service:other')), [
      'error custom ddtags',
    ]);
  });

  it('compares the slowest interaction only where a journey makes it slow', () => {
    const view = (target: string) =>
      visit(['view', '', { view: { performance: { inp: { target_selector: target } } } }]);
    assert.deepEqual(differences(view('#a'), view('#b')), []);
    const measured = compare({ ...journey, measures: ['inp'] }, view('#a'), view('#b'));
    assert.equal(measured.differences.length, 1);
  });
});
