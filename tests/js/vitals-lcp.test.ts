/** What views say of their largest paint; the rules are of web-vitals 6.2.3, `attribution/onLCP`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAVIGATION, vitals } from './vitals-fixture.ts';

const URL = 'https://shop.example/hero.avif';

const paint = (startTime: number, size: number, url = '') => ({ startTime, size, url });

const picture = (requestStart: number, responseEnd: number, given: object = {}) => ({
  name: URL,
  startTime: requestStart,
  requestStart,
  responseEnd,
  ...given,
});

interface Page {
  paints: object[];
  /** Those that the browser tells observers of. */
  resources?: object[];
  /** Those that it has kept. */
  kept?: object[];
  navigation?: object;
  lacks?: string[];
}

function page({ paints, resources = [], kept, navigation = {}, lacks }: Page, options = {}) {
  const entries = {
    'largest-contentful-paint': paints,
    navigation: [{ ...NAVIGATION, ...navigation }],
    resource: resources,
  };
  const made = vitals({ entries: entries as never, ...(lacks && { lacks }) }, options);
  if (kept) entries.resource = kept;
  return made;
}

const lcpOf = (timestamp: number, given: object = {}) => ({
  type: 'view',
  view: {
    loading_type: 'initial_load',
    performance: { lcp: { timestamp: timestamp * 1e6, ...given } },
  },
});

const partsOf = (made: ReturnType<typeof vitals>, event: object, start = 0) => {
  const { load_delay, load_time, render_delay } = made.complete(event, start).view.performance.lcp
    .sub_parts;
  return [load_delay, load_time, render_delay].map((part) => part / 1e6);
};

const NONE = { sub_parts: { load_delay: 0, load_time: 0, render_delay: 850e6 } };

test('the size of the largest paint is told, and how far the document was', () => {
  const made = page({ paints: [paint(110, 10), paint(900, 4000), paint(950, 9000)] });
  const lcp = (timestamp: number) => made.complete(lcpOf(timestamp)).context.ferrum.lcp;
  assert.deepEqual(lcp(900), { size: 4000, load_state: 'complete' });
  assert.deepEqual(lcp(110), { size: 10, load_state: 'dom-interactive' });
  assert.equal(lcp(300), undefined);
});

test('of a page that was painted before it was asked for, what was shown then is told', () => {
  const activationStart = 500;
  const paints = [paint(100, 10), paint(499, 20), paint(700, 90)];
  const made = page({ paints, navigation: { activationStart } });
  const { context, view } = made.complete(lcpOf(0), activationStart);
  assert.equal(context.ferrum.lcp.size, 20);
  const none = { load_delay: 0, load_time: 0, render_delay: 0 };
  assert.deepEqual(view.performance.lcp.sub_parts, none);
});

test('a page that is left before the browser tells of its navigation has its parts', () => {
  const resources = [picture(300, 700)];
  assert.deepEqual(
    partsOf(page({ paints: [paint(900, 10, URL)], resources }), lcpOf(900)),
    [250, 400, 200],
  );
  assert.deepEqual(partsOf(page({ paints: [paint(900, 10)], resources }), lcpOf(900)), [0, 0, 850]);
});

test('a navigation without sensible times has no parts', () => {
  const made = page({ paints: [paint(900, 10, URL)], navigation: { responseStart: 0 } });
  assert.equal(made.complete(lcpOf(900)).view.performance.lcp.sub_parts, undefined);
});

test('a picture that the browser has not kept is known', () => {
  const made = page({ paints: [paint(900, 10, URL)], resources: [picture(300, 700)], kept: [] });
  assert.deepEqual(partsOf(made, lcpOf(900, NONE)), [250, 400, 200]);
});

test('a picture before the last fifty is known if the browser has kept it', () => {
  const others = Array.from({ length: 50 }, (_, index) => picture(index, index, { name: '/data' }));
  const resources = [picture(300, 700), ...others];
  const paints = [paint(900, 10, URL)];
  assert.deepEqual(partsOf(page({ paints, resources }), lcpOf(900, NONE)), [250, 400, 200]);
  const forgotten = page({ paints, resources, kept: [] });
  assert.deepEqual(partsOf(forgotten, lcpOf(900, NONE)), [0, 0, 850]);
});

test('a picture that was known once stays known', () => {
  const entries = {
    'largest-contentful-paint': [paint(900, 10, URL)],
    navigation: [NAVIGATION],
    resource: [picture(300, 700)],
  };
  const pending: { resource: object[] } = { resource: [] };
  const made = vitals({ entries, pending: pending as never });
  assert.deepEqual(partsOf(made, lcpOf(900)), [250, 400, 200]);
  entries.resource = [];
  pending.resource = Array.from({ length: 50 }, () => picture(1000, 1001, { name: '/data' }));
  assert.deepEqual(partsOf(made, lcpOf(900)), [250, 400, 200]);
});

test('what the engine knows of a picture stays where nothing else is known', () => {
  const known = { sub_parts: { load_delay: 1, load_time: 2, render_delay: 3 } };
  const made = page({ paints: [paint(900, 10, URL)] });
  const { sub_parts } = made.complete(lcpOf(900, known)).view.performance.lcp;
  assert.deepEqual(sub_parts, known.sub_parts);
});

test('of the requests of a picture the last one before the paint counts', () => {
  const resources = [picture(100, 200), picture(300, 700), picture(901, 950)];
  const made = page({ paints: [paint(900, 10, URL)], resources });
  assert.deepEqual(partsOf(made, lcpOf(900)), [250, 400, 200]);
  // It may have waited for its turn.
  const queued = [picture(300, 700, { startTime: 60 })];
  assert.deepEqual(
    partsOf(page({ paints: [paint(900, 10, URL)], resources: queued }), lcpOf(900)),
    [250, 400, 200],
  );
  // Another site need not tell when it was asked.
  const foreign = [picture(0, 700, { startTime: 310 }), picture(0, 950, { startTime: 901 })];
  const other = page({ paints: [paint(900, 10, URL)], resources: foreign });
  assert.deepEqual(partsOf(other, lcpOf(900)), [260, 390, 200]);
});

test('a film that comes on and on is loaded until it is painted', () => {
  const made = page({ paints: [paint(900, 10, URL)], resources: [picture(300, 5000)] });
  assert.deepEqual(partsOf(made, lcpOf(900)), [250, 600, 0]);
});

test('a picture that was there before the first byte has not been waited for', () => {
  const made = page({ paints: [paint(900, 10, URL)], resources: [picture(10, 40)] });
  assert.deepEqual(partsOf(made, lcpOf(900)), [0, 0, 850]);
});

test('of a prerendered page only what came after its visitor counts', () => {
  const navigation = { activationStart: 400 };
  const made = page({ paints: [paint(900, 10, URL)], resources: [picture(300, 700)], navigation });
  assert.deepEqual(partsOf(made, lcpOf(500), 400), [0, 300, 200]);
});

const RESTORED = {
  type: 'view',
  view: {
    loading_type: 'bf_cache',
    first_contentful_paint: 16e6,
    largest_contentful_paint: 16e6,
    largest_contentful_paint_target_selector: '#hero',
    performance: { fcp: { timestamp: 16e6 }, lcp: { timestamp: 16e6 } },
  },
};

test('a page that came back has no LCP where the browser has none', () => {
  for (const options of [{}, { trackVitalCauses: false }]) {
    const lacks = ['largest-contentful-paint'];
    const { view, context } = page({ paints: [], lacks }, options).complete(RESTORED, 5000);
    assert.deepEqual(view, {
      loading_type: 'bf_cache',
      first_contentful_paint: 16e6,
      performance: { fcp: { timestamp: 16e6 } },
    });
    assert.deepEqual(context.ferrum.ratings, { fcp: 'good' });
  }
});

test('a page that came back keeps the LCP of the engine where the browser has them', () => {
  const { view, context } = page({ paints: [paint(5016, 10)] }).complete(RESTORED, 5000);
  assert.deepEqual(view, RESTORED.view);
  assert.equal(context.ferrum.lcp, undefined);
});

test('with trackVitalCauses: false the largest paint has its parts, and no size', () => {
  const made = page({ paints: [paint(900, 10)] }, { trackVitalCauses: false });
  const { view, context } = made.complete(lcpOf(900));
  assert.equal(view.performance.lcp.sub_parts.render_delay, 850e6);
  assert.equal(context.ferrum.lcp, undefined);
});
