/** What views of routes say; the rules are of web-vitals 6.2.3, `reportSoftNavs`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERY } from '../../js/page/kinds.ts';
import { vitals } from './vitals-fixture.ts';

/** A click at 1000 that leads to `/a`, which begins at 1090. */
const soft = (given: object = {}) => ({
  startTime: 1000,
  name: '/a',
  navigationId: 7,
  interactionId: 70,
  presentationTime: 1120,
  ...given,
});

const paint = (renderTime: number, size: number, given: object = {}) => ({
  startTime: 1000,
  interactionId: 70,
  largestContentfulPaint: { renderTime, size, url: '', element: `#of-${size}` },
  ...given,
});

/** The parts of what only took time to be painted. */
const painted = (ms: number) => ({ load_delay: 0, load_time: 0, render_delay: ms * 1e6 });

const START = 1090;

function page(softs: object[], paints: object[] = [], resource: object[] = []) {
  const entries = { 'soft-navigation': softs, 'interaction-contentful-paint': paints, resource };
  return vitals({ entries: entries as never });
}

const route = (url = '/a') => ({ type: 'view', view: { loading_type: 'route_change', url } });

const viewOf = (made: ReturnType<typeof vitals>, event: object = route(), start = START) =>
  made.complete(event, start).view;

test('a route has a first paint and a largest one, from the input that led to it', () => {
  const { url: _, loading_type: __, ...view } = viewOf(page([soft()], [paint(1150, 10)]));
  assert.deepEqual(view, {
    first_contentful_paint: 120e6,
    largest_contentful_paint: 150e6,
    largest_contentful_paint_target_selector: '#of-10',
    performance: {
      fcp: { timestamp: 120e6 },
      lcp: { timestamp: 150e6, target_selector: '#of-10', sub_parts: painted(150) },
    },
  });
});

test('a browser that does not know when it presented a route knows when it painted', () => {
  const made = page([soft({ presentationTime: 0, paintTime: 1110 })]);
  assert.deepEqual(viewOf(made).performance, { fcp: { timestamp: 110e6 } });
});

test('a route of which the browser knows no paint has no first one', () => {
  assert.equal(viewOf(page([soft({ presentationTime: 0 })])).performance, undefined);
});

test('a route was not painted before it began', () => {
  const made = page([soft({ presentationTime: 990 })]);
  assert.deepEqual(viewOf(made).performance, { fcp: { timestamp: 0 } });
});

test('an element that has no selector is not named', () => {
  const largestContentfulPaint = { renderTime: 1150, size: 10, url: '', element: '' };
  const { lcp } = viewOf(page([soft()], [paint(0, 0, { largestContentfulPaint })])).performance;
  assert.deepEqual(lcp, { timestamp: 150e6, sub_parts: painted(150) });
});

test('elements are described when a route needs them, once, and never for other interactions', () => {
  let looks = 0;
  const element = {
    toString: () => {
      looks++;
      return '#a';
    },
  };
  const largestContentfulPaint = { renderTime: 1150, size: 10, url: '', element };
  const others = [1, 2, 3].map((interactionId) =>
    paint(0, 0, { interactionId, largestContentfulPaint }),
  );
  viewOf(page([soft()], others));
  assert.equal(looks, 0);
  const made = page([soft()], [...others, paint(0, 0, { largestContentfulPaint })]);
  assert.equal(viewOf(made).performance.lcp.target_selector, '#a');
  largestContentfulPaint.element = { toString: () => '' };
  assert.equal(viewOf(made).performance.lcp.target_selector, '#a', 'when it has gone');
  assert.equal(looks, 1);
});

test('what is painted once the route is known is described at once', () => {
  const made = vitals({
    entries: { 'soft-navigation': [soft()] as never },
    pending: { 'interaction-contentful-paint': [paint(1150, 10)] as never },
  });
  assert.equal(viewOf(made).performance.lcp.target_selector, '#of-10');
});

test('what was painted before the browser saw the route counts', () => {
  const early = { getLargestInteractionContentfulPaint: () => paint(1110, 30) };
  const { lcp } = viewOf(page([soft(early)], [paint(1150, 10)])).performance;
  assert.equal(lcp.timestamp, 110e6);
  assert.equal(lcp.target_selector, '#of-30');
});

test('of what an interaction led to the largest counts, the first of those as large', () => {
  const paints = [paint(1130, 10), paint(1150, 40), paint(1160, 40), paint(1170, 20)];
  assert.equal(viewOf(page([soft()], paints)).largest_contentful_paint, 150e6);
  const ofAnother = paint(1180, 90, { interactionId: 63 });
  assert.equal(viewOf(page([soft()], [...paints, ofAnother])).largest_contentful_paint, 150e6);
});

test('the largest paint of a route has parts, from the input that led to it', () => {
  const url = 'https://shop.example/hero.avif';
  const largestContentfulPaint = { renderTime: 1900, size: 10, url, element: '' };
  const requested = { name: url, startTime: 1200, requestStart: 1250, responseEnd: 1700 };
  // Of the route before, and after the paint.
  const others = [
    { ...requested, requestStart: 400, responseEnd: 500 },
    { ...requested, requestStart: 1901, responseEnd: 1999 },
  ];
  const parts = (...resources: object[]) => {
    const made = page([soft()], [paint(0, 0, { largestContentfulPaint })], resources);
    const { load_delay, load_time, render_delay } = viewOf(made).performance.lcp.sub_parts;
    return [load_delay, load_time, render_delay].map((part) => part / 1e6);
  };
  assert.deepEqual(parts(...others, requested), [250, 450, 200]);
  // It was there already.
  assert.deepEqual(parts(...others), [0, 0, 900]);
  assert.deepEqual(parts({ ...requested, responseEnd: 9999 }), [250, 650, 0]);
});

test('a picture of a route that was known once stays known', () => {
  const url = 'https://shop.example/hero.avif';
  const largestContentfulPaint = { renderTime: 1900, size: 10, url, element: '' };
  const resource = [{ name: url, startTime: 1200, requestStart: 1250, responseEnd: 1700 }];
  const made = page([soft()], [paint(0, 0, { largestContentfulPaint })], resource);
  assert.equal(viewOf(made).performance.lcp.sub_parts.load_time, 450e6);
  resource.length = 0;
  made.pending.resource = Array.from({ length: 50 }, () => ({ name: '/data', startTime: 2000 }));
  assert.equal(viewOf(made).performance.lcp.sub_parts.load_time, 450e6);
});

test('the size of the largest paint of a route is told', () => {
  const { lcp } = page([soft()], [paint(1150, 10)]).complete(route(), START).context.ferrum;
  assert.deepEqual(lcp, { size: 10 });
  assert.equal(page([soft()]).complete(route(), START).context.ferrum.lcp, undefined);
});

test('what is painted after the next input, or after the page was hidden, does not count', () => {
  const paints = () => [paint(1150, 10), paint(1400, 90)];
  const largest = (act: (made: ReturnType<typeof vitals>) => void) => {
    const made = page([soft()], paints());
    act(made);
    return viewOf(made).largest_contentful_paint;
  };
  const click = (timeStamp: number, isTrusted = true) => ({ timeStamp, isTrusted });
  assert.equal(
    largest((made) => made.fire('click', click(1300))),
    150e6,
  );
  assert.equal(
    largest((made) => made.fire('keydown', click(1300))),
    150e6,
  );
  assert.equal(
    largest((made) => made.fire('visibilitychange', click(1300))),
    150e6,
  );
  // A script's click, the one that led to the route, and one after it end nothing.
  assert.equal(
    largest((made) => made.fire('click', click(1300, false))),
    400e6,
  );
  assert.equal(
    largest((made) => made.fire('click', click(1000))),
    400e6,
  );
  assert.equal(
    largest((made) => made.fire('click', click(1500))),
    400e6,
  );
  // The route's own click may come a little after its start; a paint at the time of an input is too late.
  assert.equal(
    largest((made) => made.fire('click', click(1000.9))),
    400e6,
  );
  assert.equal(
    largest((made) => made.fire('click', click(1400))),
    150e6,
  );
});

test('each route has its own', () => {
  const softs = [soft(), soft({ startTime: 5000, name: '/b', interactionId: 77, navigationId: 8 })];
  const paints = [paint(1150, 10), paint(5300, 5, { startTime: 5000, interactionId: 77 })];
  const made = page(softs, paints);
  assert.equal(viewOf(made).largest_contentful_paint, 150e6);
  assert.equal(viewOf(made, route('/b'), 5010).largest_contentful_paint, 300e6);
  // The one before is sent again.
  assert.equal(viewOf(made).largest_contentful_paint, 150e6);
});

test('a soft navigation is of the view that began with it', () => {
  const has = (event: object, start: number, before?: number) => {
    const made = page([soft()]);
    if (before !== undefined) made.complete(route('/'), before);
    return viewOf(made, event, start).performance !== undefined;
  };
  assert.equal(has(route(), START), true);
  assert.equal(has(route(), 1000), true);
  // It began after the view, or before the view before it.
  assert.equal(has(route(), 999), false);
  assert.equal(has(route(), START, 999), true);
  assert.equal(has(route(), START, 1000), false);
  const initial = { type: 'view', view: { loading_type: 'initial_load', url: '/a' } };
  assert.equal(has(initial, START), false);
});

test('a soft navigation to another query is a part of the view that goes on', () => {
  const made = page([soft({ name: '/?query' }), soft({ startTime: 2000, presentationTime: 2050 })]);
  assert.equal(viewOf(made, route('/'), 500).performance, undefined);
  assert.equal(viewOf(made, route(), 2010).first_contentful_paint, 50e6);
  const both = page([soft(), soft({ startTime: 1050, name: '/a?query', presentationTime: 1055 })]);
  assert.equal(viewOf(both).first_contentful_paint, 120e6);
});

test('a route tells by which ids the browser joins its entries', () => {
  const { navigation } = page([soft()]).complete(route(), START).context.ferrum;
  assert.deepEqual(navigation, { type: 'soft-navigation', id: 7, interaction_id: 70 });
});

test('with trackVitalCauses: false a route has its values, and no ids', () => {
  const entries = { 'soft-navigation': [soft()] };
  const made = vitals({ entries: entries as never }, { trackVitalCauses: false });
  const { view, context } = made.complete(route(), START);
  assert.deepEqual([view.first_contentful_paint, context.ferrum.navigation], [120e6, undefined]);
});

test('a soft navigation that comes has the current view sent again', () => {
  const { inputs, runWaiting } = page([soft()]);
  runWaiting();
  assert.deepEqual(inputs, [DELIVERY, DELIVERY]);
});

test('of a page with many views the last ones are known', () => {
  const made = page([soft()]);
  const complete = (start: number) => made.complete(route('/'), start);
  complete(999);
  complete(1000);
  assert.equal(viewOf(made).performance, undefined);
  // The one at 1000, which the soft navigation must follow, is known for 50 views.
  for (let count = 0; count < 48; count++) complete(9000 + count);
  assert.equal(viewOf(made).performance, undefined);
  for (let count = 0; count < 48; count++) complete(19_000 + count);
  assert.notEqual(viewOf(made).performance, undefined);
});
