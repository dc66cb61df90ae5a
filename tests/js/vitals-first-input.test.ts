/** The first input of pages that come back; the rules are of web-vitals 4.2.4, `firstInputPolyfill`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERY } from '../../js/page/kinds.ts';
import { vitals } from './vitals-fixture.ts';

const RESTORE = 5000;
const restored = { type: 'view', view: { loading_type: 'bf_cache' } };

type Made = ReturnType<typeof vitals>;

const show = (made: Made, timeStamp = RESTORE, persisted = true) =>
  made.fire('pageshow', { persisted, timeStamp });

/** Of which the page hears so many ms later. */
function give(made: Made, type: string, timeStamp: number, delay: number, given: object = {}) {
  made.nowIs(timeStamp + delay);
  const target = `#of-${type}`;
  made.fire(type, { type, timeStamp, target, isTrusted: true, cancelable: true, ...given });
}

const viewOf = (made: Made, start = RESTORE) => made.complete(restored, start).view;

const fidOf = (made: Made, start?: number) => viewOf(made, start).performance?.fid;

const click = (made: Made, timeStamp: number, delay = 30, given?: object) => {
  for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
    give(made, type, timeStamp, delay, given);
  }
};

function page() {
  const made = vitals();
  show(made);
  return made;
}

test('a page that came back has the delay of its first input', () => {
  const made = page();
  click(made, 5200, 30);
  click(made, 5300, 90);
  const { loading_type: _, ...view } = viewOf(made);
  assert.deepEqual(view, {
    first_input_delay: 30e6,
    first_input_time: 200e6,
    first_input_target_selector: '#of-mousedown',
    performance: {
      fid: { duration: 30e6, timestamp: 200e6, target_selector: '#of-mousedown' },
    },
  });
});

test('a page that was loaded is told of by its browser', () => {
  const made = vitals();
  show(made, 0, false);
  click(made, 200);
  assert.equal(fidOf(made, 0), undefined);
});

test('a browser that tells of no first inputs has none', () => {
  const made = vitals({ lacks: ['first-input'] });
  show(made);
  click(made, 5200);
  assert.equal(fidOf(made), undefined);
});

test('a key and a touch are inputs as well', () => {
  for (const type of ['keydown', 'touchstart']) {
    const made = page();
    give(made, type, 5200, 10);
    assert.equal(fidOf(made).duration, 10e6, type);
  }
});

test('a pointer is an input when it is lifted, and none when it scrolls', () => {
  const made = page();
  give(made, 'pointerdown', 5200, 20);
  assert.equal(fidOf(made), undefined);
  give(made, 'pointercancel', 5210, 0, { cancelable: false });
  give(made, 'pointerup', 5215, 0);
  assert.equal(fidOf(made), undefined);
  give(made, 'pointerdown', 5220, 40);
  give(made, 'pointerup', 5230, 0);
  assert.deepEqual([fidOf(made).duration, fidOf(made).timestamp], [40e6, 220e6]);
});

test('what cannot be prevented, and what a script does, is no input', () => {
  const made = page();
  click(made, 5200, 30, { cancelable: false });
  click(made, 5210, 30, { isTrusted: false });
  assert.equal(fidOf(made), undefined);
  click(made, 5220, 50);
  assert.equal(fidOf(made).duration, 50e6);
});

test('a first input of which the time makes no sense is none, and no later one is the first', () => {
  for (const [time, delay] of [
    [5200, -1],
    [0, 5200],
  ] as const) {
    const made = page();
    click(made, time, delay);
    click(made, 5300, 50);
    assert.equal(fidOf(made), undefined);
  }
});

test('an input after the page was hidden is not the first', () => {
  const hidden = (time: number, state = 'hidden') => {
    const made = page();
    Object.assign(document, { visibilityState: state });
    made.fire('visibilitychange', { timeStamp: time });
    Object.assign(document, { visibilityState: 'visible' });
    made.fire('visibilitychange', { timeStamp: time + 5 });
    click(made, 5200);
    return fidOf(made);
  };
  assert.equal(hidden(5199), undefined);
  assert.equal(hidden(5200), undefined);
  assert.equal(hidden(5201).duration, 30e6);
  assert.equal(hidden(5100, 'visible').duration, 30e6);
});

test('a page that comes back unseen has none', () => {
  const made = vitals();
  Object.assign(document, { visibilityState: 'hidden' });
  show(made);
  click(made, 5200);
  assert.equal(fidOf(made), undefined);
});

test('each time that a page comes back has its own', () => {
  const made = page();
  give(made, 'pointerdown', 5100, 5);
  show(made, 7000);
  give(made, 'pointerup', 7100, 5);
  click(made, 7200, 10);
  show(made, 9000);
  click(made, 9300, 20);
  const spans = [5000, 7000, 9000].map((start) => fidOf(made, start)?.timestamp);
  assert.deepEqual(spans, [undefined, 200e6, 300e6]);
});

test('an element that goes with the click is known by its selector, and the view is sent again', () => {
  const made = page();
  const target = { isThere: true, toString: () => (target.isThere ? '#close' : '') };
  click(made, 5200, 30, { target });
  made.runWaiting();
  target.isThere = false;
  made.runWaiting();
  assert.equal(fidOf(made).target_selector, '#close');
  assert.deepEqual(made.inputs, [DELIVERY, DELIVERY]);
});
