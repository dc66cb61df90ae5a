/** What of an SDK's measurements is taken for what the page measured. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { at, type Json } from '../../js/intake/json.ts';
import { countsOf } from '../parity/counts.ts';
import { MEASURED, truthOf } from '../parity/truth.ts';
import { checkEvent } from '../parity/truth-event.ts';
import { checkView } from '../parity/truth-view.ts';
import { brokenRules, versionsOf } from '../parity/versions.ts';
import type { Testimony, Witness } from '../parity/witness.ts';

const ORIGIN = 1_000_000;

const page: Testimony = {
  origin: ORIGIN,
  entries: [
    {
      ...{ entryType: 'navigation', startTime: 0, initiatorType: 'navigation' },
      ...{ responseStart: 10.5, domInteractive: 30, domContentLoadedEventEnd: 31 },
      ...{ domComplete: 50, loadEventEnd: 50.2, name: 'http://site/' },
    },
    { entryType: 'paint', name: 'first-contentful-paint', startTime: 60.1 },
    {
      ...{ entryType: 'resource', name: 'http://site/data', initiatorType: 'fetch' },
      ...{ startTime: 200, fetchStart: 200, domainLookupStart: 200, domainLookupEnd: 200 },
      ...{ connectStart: 200, connectEnd: 200, secureConnectionStart: 0, requestStart: 201.5 },
      ...{ responseStart: 210, responseEnd: 215.3, duration: 15.3, redirectEnd: 0 },
      ...{ decodedBodySize: 13, encodedBodySize: 13, transferSize: 313 },
    },
  ],
  inputs: [],
  activity: [[300, 301]],
  restored: [],
  left: [ORIGIN + 5000],
  drifts: [0],
  viewIds: [],
};

const witness = {
  steps: [
    { from: ORIGIN - 20 },
    { from: ORIGIN + 1000, to: ORIGIN + 1005 },
    { from: ORIGIN + 2000 },
  ],
  given: new Map([[ORIGIN + 77, 'early']]),
  documents: [page],
  ended: ORIGIN + 6000,
} as Partial<Witness> as Witness;

const truth = () => truthOf(witness, []);

function viewWith(parts: Json): Json {
  const view = { loading_type: 'initial_load', id: 'a', time_spent: 3e9, ...parts };
  const event: Json = { type: 'view', date: ORIGIN, view };
  checkView(event, truth());
  return event;
}

function checked(event: Json): Json {
  checkEvent(event, truth());
  return event;
}

const resource = (parts: Json = {}) =>
  checked({
    type: 'resource',
    date: ORIGIN + 200,
    resource: {
      ...{ url: 'http://site/data', duration: 15_300_000, size: 13, decoded_body_size: 13 },
      ...{ encoded_body_size: 13, transfer_size: 313 },
      first_byte: { duration: 8_500_000, start: 1_500_000 },
      download: { duration: 5_300_000, start: 10_000_000 },
      ...parts,
    },
  });

describe('the truth about a view', () => {
  it('takes times of the navigation only if they are the same', () => {
    const measured = viewWith({ first_byte: 10_500_000, load_event: 50_200_000 });
    assert.equal(at(measured, 'view', 'first_byte'), MEASURED);
    assert.equal(at(measured, 'view', 'load_event'), MEASURED);
    const other = viewWith({ first_byte: 10_600_000, dom_interactive: 0, dom_complete: -1 });
    for (const name of ['first_byte', 'dom_interactive', 'dom_complete'])
      assert.match(String(at(other, 'view', name)), /the page measured/);
    assert.match(String(at(viewWith({ first_byte: 10.5 }), 'view', 'first_byte')), /measured/);
  });

  it('places a loading time at what the page did', () => {
    const until = (ns: number) => at(viewWith({ loading_time: ns }), 'view', 'loading_time');
    assert.equal(until(50_200_000), 'until the load event');
    assert.equal(until(301e6), 'with something on the page in step 0');
    assert.equal(until(400e6), 'with nothing in step 0');
  });

  it('takes an interaction without an entry for one that was too fast, unless there was an entry', () => {
    const inpOf = (duration: number, inputs: number[], entries: Testimony['entries'] = []) => {
      const document = { ...page, inputs, entries: [...page.entries, ...entries] };
      const performance = { inp: { duration } };
      const view = { id: 'a', loading_type: 'route_change', time_spent: 3e9, performance };
      const event: Json = { type: 'view', date: ORIGIN + 100, view };
      event.view = { ...view, interaction_to_next_paint: duration };
      checkView(event, truthOf({ ...witness, documents: [document] } as never, []));
      return at(event, 'view', 'interaction_to_next_paint');
    };
    for (const unseen of [0, 8e6]) assert.equal(inpOf(unseen, [1000]), MEASURED);
    assert.equal(inpOf(16e6, [1000]), 16e6);
    const entry = { entryType: 'event', interactionId: 7, startTime: 1000, duration: 48 };
    assert.equal(inpOf(0, [1000], [entry]), 0);
    assert.equal(inpOf(0, [3000], [{ ...entry, startTime: 3000 }]), MEASURED);
    assert.equal(inpOf(8e6, [101], [{ ...entry, startTime: 101 }]), MEASURED);
  });

  it('allows for a response that is noticed after a long frame', () => {
    const frame = { entryType: 'long-animation-frame', startTime: 310, duration: 150 };
    const until = (entries: Testimony['entries']) => {
      const document = { ...page, entries };
      const view = { id: 'a', loading_type: 'initial_load', time_spent: 3e9, loading_time: 450e6 };
      const event: Json = { type: 'view', date: ORIGIN, view };
      checkView(event, truthOf({ ...witness, documents: [document] } as never, []));
      return at(event, 'view', 'loading_time');
    };
    assert.equal(until(page.entries), 'with nothing in step 0');
    assert.equal(until([...page.entries, frame]), 'with something on the page in step 0');
  });

  it('places its end in a step, and not after the page', () => {
    const until = (ns: number) => at(viewWith({ time_spent: ns }), 'view', 'time_spent');
    assert.equal(until(1.5e9), 'until in step 1');
    assert.match(String(until(9e9)), /the page measured less/);
    assert.equal(until(-1), -1);
  });

  it('leaves a timing as it is only if the journey gave it', () => {
    const timings = { at_100: 1e8, at_200: 3e8, epoch: 1e9 };
    assert.deepEqual(at(viewWith({ custom_timings: timings }), 'view', 'custom_timings'), {
      at_100: 1e8,
      at_200: 'in step 0',
      epoch: 'in step 1',
    });
  });

  it('allows as many versions as the throttle does', () => {
    const versionOf = (document_version: number) => {
      const event: Json = {
        type: 'view',
        date: ORIGIN,
        view: { id: 'a' },
        _dd: { document_version },
      };
      versionsOf(event, truth());
      return at(event, '_dd', 'document_version');
    };
    assert.equal(versionOf(1), versionOf(7));
    assert.notEqual(versionOf(1), versionOf(8));
    assert.notEqual(versionOf(1), versionOf(0));
  });
});

describe('the truth about an event', () => {
  it('takes times and sizes of a resource only if they are the same', () => {
    const all = JSON.stringify(resource());
    assert.doesNotMatch(all, /the page measured /);
    assert.doesNotMatch(all, /\d{3}/);
    for (const parts of [
      { size: 12 },
      { duration: 0 },
      { first_byte: { duration: 8_500_001, start: 1_500_000 } },
    ])
      assert.match(JSON.stringify(resource(parts)), /the page measured /);
    assert.match(JSON.stringify(resource({ connect: { duration: 0, start: 0 } })), /measured /);
  });

  it('places a call in its step, or after it, and a vital where the page gave it', () => {
    const dateOf = (ms: number) =>
      checked({ type: 'action', date: ORIGIN + ms, action: { type: 'custom' } }).date;
    assert.equal(dateOf(1003), 'in step 1');
    assert.equal(dateOf(1100), 'after step 1');
    assert.equal(dateOf(2001), 'in step 2');
    assert.equal(dateOf(77), 'in step 0');
    const vital = (date: number) =>
      checked({ type: 'vital', date, vital: { type: 'duration', duration: 7 } }).date;
    assert.equal(vital(ORIGIN + 77), 'as given for early');
    assert.equal(vital(ORIGIN + 78), 'in step 0');
  });

  it('leaves a duration that was given as it is', () => {
    const vital = (date: number) =>
      checked({ type: 'vital', date, vital: { type: 'duration', duration: 7 } }).vital;
    assert.deepEqual(vital(ORIGIN + 77), { type: 'duration', duration: 7 });
    assert.deepEqual(vital(ORIGIN + 78), { type: 'duration', duration: 'until in step 0' });
  });

  it('counts what was sent', () => {
    const view: Json = { type: 'view', view: { id: 'a', long_task: { count: 1 } } };
    const task: Json = { type: 'long_task', view: { id: 'a' } };
    const count = (events: Json[]) => {
      const event = structuredClone(view);
      countsOf(event, events);
      return at(event, 'view', 'long_task', 'count');
    };
    assert.equal(count([task]), 'as many as were sent');
    assert.equal(count([task, task]), '1 of 2');
  });
});

describe('the versions of a view', () => {
  const version = (type: string, document_version: number, parts: Json = {}): Json => ({
    type,
    view: { id: 'a', ...parts },
    _dd: { document_version },
  });

  it('grow, begin whole and end whole', () => {
    const first = version('view', 1);
    const last = version('view', 3, { is_active: false });
    assert.deepEqual(brokenRules([first, version('view_update', 2), last]), []);
    assert.deepEqual(brokenRules([first, first]), ['versions of a view came as 1, 1']);
    assert.equal(brokenRules([version('view_update', 1), last]).length, 1);
    assert.equal(brokenRules([first, version('view_update', 2, { is_active: false })]).length, 1);
  });
});
