/** What views say beside their vitals; the rules are of web-vitals 6.2.3, `src/attribution`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERY } from '../../js/page/kinds.ts';
import { NAVIGATION, vitals } from './vitals-fixture.ts';

const shift = (startTime: number, value: number, hadRecentInput = false) => ({
  startTime,
  value,
  hadRecentInput,
});

const LOADED = { navigation: [NAVIGATION] };
const ofCls = (timestamp: number) => ({
  loading_type: 'route_change',
  performance: { cls: { timestamp: timestamp * 1e6 } },
});
const ofFcp = (timestamp: number, loading_type = 'initial_load') => ({
  loading_type,
  performance: { fcp: { timestamp: timestamp * 1e6 } },
});
const initial = { loading_type: 'initial_load' };

test('the largest shift is the one that the engine chose, on the clock of the page', () => {
  const shifts = [shift(1300.1, 0.1), shift(1300.2, 0.123456), shift(1300.3, 0.4)];
  const page = vitals({ entries: { ...LOADED, 'layout-shift': shifts } });
  const { cls } = page.context(ofCls(300.1), 1000.1).ferrum;
  assert.deepEqual(cls, { largest_shift: 0.1235, load_state: 'complete' });
});

test('a shift that the browser has not delivered yet is known', () => {
  const page = vitals({ entries: LOADED, pending: { 'layout-shift': [shift(110, 0.5)] } });
  const { cls } = page.context(ofCls(110)).ferrum;
  assert.deepEqual(cls, { largest_shift: 0.5, load_state: 'dom-interactive' });
});

test('a shift that the user caused, and none at all, is no largest one', () => {
  const page = vitals({ entries: { ...LOADED, 'layout-shift': [shift(300, 0.5, true)] } });
  assert.deepEqual(page.context(ofCls(300)).ferrum.cls, { load_state: 'complete' });
  assert.equal(page.context({ performance: { cls: { score: 0 } } }).ferrum.cls, undefined);
});

test('how far the document was is told by the times of its navigation', () => {
  const page = vitals({ entries: LOADED });
  const states = [99, 100, 119, 120, 199, 200].map(
    (time) => page.context(ofFcp(time)).ferrum.fcp.load_state,
  );
  assert.deepEqual(states, [
    'loading',
    'dom-interactive',
    'dom-interactive',
    'dom-content-loaded',
    'dom-content-loaded',
    'complete',
  ]);
});

test('what has not happened to a document yet is still to come', () => {
  const early = { ...NAVIGATION, domContentLoadedEventStart: 0, domComplete: 0 };
  const state = (navigation: object, readyState: string) =>
    vitals({ entries: { navigation: [navigation as never] }, readyState }).context(ofFcp(300))
      .ferrum.fcp.load_state;
  assert.equal(state(early, 'loading'), 'loading');
  assert.equal(state(early, 'interactive'), 'dom-interactive');
  assert.equal(
    state({ ...early, domContentLoadedEventStart: 120 }, 'interactive'),
    'dom-content-loaded',
  );
});

test('the first paint waited for the first byte, and then', () => {
  const page = vitals({ entries: LOADED });
  assert.equal(page.context(ofFcp(80)).ferrum.fcp.first_byte_to_paint, 30e6);
  for (const type of ['bf_cache', 'route_change']) {
    const later = page.context(ofFcp(16, type), 5000).ferrum.fcp;
    assert.deepEqual(later, { load_state: 'complete', first_byte_to_paint: 16e6 });
  }
  const { fcp } = page.context(ofFcp(100, 'route_change'), 150).ferrum;
  assert.equal(fcp.load_state, 'dom-content-loaded');
});

test('of a page that was prerendered only what its visitor waited for counts', () => {
  const prerendered = { ...NAVIGATION, activationStart: 30, domComplete: 40 };
  const page = vitals({ entries: { navigation: [prerendered] } });
  const { fcp, ttfb, navigation } = page.context(ofFcp(60), 30).ferrum;
  assert.equal(fcp.first_byte_to_paint, 40e6);
  const { waiting, cache, dns, connection, request } = ttfb;
  assert.deepEqual([waiting, cache, dns, connection, request], [0, 0, 0, 0, 20e6]);
  assert.equal(navigation.type, 'prerender');
});

test('a page that was asked for after its first byte waited for none', () => {
  const prerendered = { ...NAVIGATION, activationStart: 70 };
  const page = vitals({ entries: { navigation: [prerendered] } });
  assert.equal(page.context(ofFcp(16), 70).ferrum.fcp.first_byte_to_paint, 16e6);
});

test('the parts of the first byte are all of it', () => {
  const page = vitals({ entries: LOADED });
  const { ttfb } = page.context(initial).ferrum;
  assert.deepEqual(ttfb, { waiting: 2e6, cache: 3e6, dns: 4e6, connection: 11e6, request: 30e6 });
});

test('redirects, a worker and early hints are told where there were any', () => {
  const navigation = {
    ...NAVIGATION,
    ...{ redirectStart: 1, redirectEnd: 2.5, workerStart: 3, fetchStart: 4 },
    ...{ firstInterimResponseStart: 50, finalResponseHeadersStart: 70 },
  };
  const { ttfb } = vitals({ entries: { navigation: [navigation] } }).context(initial).ferrum;
  assert.deepEqual(
    [ttfb.waiting, ttfb.cache, ttfb.redirect, ttfb.worker, ttfb.early_hints, ttfb.final_headers],
    [3e6, 2e6, 1.5e6, 1e6, 50e6, 70e6],
  );
});

test('a navigation of which the browser tells no sensible time has no parts', () => {
  for (const responseStart of [0, -1, 1e12]) {
    const navigation = [{ ...NAVIGATION, responseStart }];
    assert.equal(vitals({ entries: { navigation } }).context(initial), undefined);
  }
});

test('views without a request of their own have no parts of a first byte', () => {
  for (const loading_type of ['route_change', 'bf_cache']) {
    const context = vitals({ entries: LOADED }).context({ loading_type }, 900);
    assert.equal(context?.ferrum.ttfb, undefined);
  }
});

test('a shift is found whose time the engine has rounded', () => {
  const shifts = [shift(1300.0996, 0.5), shift(1300.102, 0.4)];
  const page = vitals({ entries: { ...LOADED, 'layout-shift': shifts } });
  assert.equal(page.context(ofCls(1300.1)).ferrum.cls.largest_shift, 0.5);
});

test('a page that moves all the time knows its last thousand shifts', () => {
  const shifts = Array.from({ length: 1001 }, (_, index) => shift(1000 + index, 0.5));
  const page = vitals({ entries: { ...LOADED, 'layout-shift': shifts } });
  const largest = (time: number) => page.context(ofCls(time)).ferrum.cls.largest_shift;
  assert.deepEqual([largest(1000), largest(1001), largest(2000)], [undefined, 0.5, 0.5]);
});

test('how the visitor came is told in the order of the reference', () => {
  const type = (given: object, browser = {}) =>
    vitals({ entries: { navigation: [{ ...NAVIGATION, ...given }] }, ...browser }).context(initial)
      .ferrum.navigation;
  assert.deepEqual(type({}), { type: 'navigate' });
  assert.deepEqual(type({ navigationId: 0 }), { type: 'navigate' });
  assert.deepEqual(type({ type: 'back_forward', navigationId: 682 }), {
    type: 'back-forward',
    id: 682,
  });
  assert.equal(type({ type: 'reload' }, { wasDiscarded: true }).type, 'restore');
  assert.equal(type({ activationStart: 9 }, { wasDiscarded: true }).type, 'prerender');
  const restored = vitals({ entries: LOADED }).context({ loading_type: 'bf_cache' }, 900);
  assert.equal(restored.ferrum.navigation.type, 'back-forward-cache');
});

test('what the event has already stays', () => {
  const context = { page: 1, ferrum: { loading_time_end: 'idle' } };
  const { page, ferrum } = vitals({ entries: LOADED }).context(initial, 0, context);
  assert.deepEqual([page, ferrum.loading_time_end, !!ferrum.ttfb], [1, 'idle', true]);
});

test('other events stay as they are', () => {
  const event = { type: 'action', context: { text: '"type":"view"' }, view: initial };
  assert.deepEqual(vitals({ entries: LOADED }).complete(event), event);
});

test('the engine is told to have views completed, and sends the current one again', () => {
  assert.deepEqual(vitals({ entries: LOADED }).inputs, [DELIVERY]);
});

test('with trackVitalCauses: false nothing is explained', () => {
  const page = vitals({ entries: LOADED }, { trackVitalCauses: false });
  assert.equal(page.context(initial), undefined);
});

test('a browser that throws takes no other part along', () => {
  const page = vitals({ entries: { ...LOADED, 'layout-shift': [shift(300, 0.5)] } });
  performance.getEntriesByType = () => {
    throw new Error('broken');
  };
  assert.equal(page.context(initial), undefined);
  assert.deepEqual(page.reports.map(String), ['Error: broken', 'Error: broken']);
});

test('what came in before the stop is still told', () => {
  const pending = { 'layout-shift': [shift(300, 0.5)] };
  const page = vitals({ entries: LOADED, pending });
  page.stop();
  assert.deepEqual(pending['layout-shift'], []);
  assert.equal(page.context(ofCls(300)).ferrum.cls.largest_shift, 0.5);
});
