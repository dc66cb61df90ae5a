/** Why the slowest interaction was slow; the rules are of web-vitals 6.2.3, `attribution/onINP`. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NAVIGATION, vitals } from './vitals-fixture.ts';

/** An event that came at 1000 ms, ran from 1020 to 1100 and was seen at 1160. */
const click = {
  name: 'click',
  interactionId: 7,
  startTime: 1000,
  processingStart: 1020,
  processingEnd: 1100,
  duration: 160,
};

/** A script that ran in the handler. */
const handler = {
  startTime: 1020,
  duration: 80,
  forcedStyleAndLayoutDuration: 20,
  sourceURL: 'https://shop.example/app.js',
  sourceFunctionName: 'onClick',
  sourceCharPosition: 12,
  invoker: 'BUTTON#pay.onclick',
  invokerType: 'event-listener',
};

const frame = (...scripts: object[]) => ({
  startTime: 1010,
  duration: 140,
  styleAndLayoutStart: 1120,
  scripts,
});

/** As the engine tells it: 20 ms, 80 ms, and 60 ms until the paint. */
const PARTS = { input_delay: 20e6, processing_duration: 80e6, presentation_delay: 60e6 };

const ofInp = (time: number, start = 0, parts: object = PARTS) => ({
  loading_type: 'route_change',
  performance: { inp: { timestamp: (time - start) * 1e6, sub_parts: parts } },
});

function inpOf(events: object[], frames: object[], timestamp = 1000) {
  const entries = { event: events, 'long-animation-frame': frames, navigation: [NAVIGATION] };
  return vitals({ entries: entries as never }).context(ofInp(timestamp))?.ferrum.inp;
}

const subpartOf = (events: object[], script: object) =>
  inpOf(events, [{ ...frame(script), startTime: 900, duration: 250 }]).longest_script.subpart;

test('an interaction is told by its script, its layout and its paint', () => {
  assert.deepEqual(inpOf([click], [frame(handler)]), {
    type: 'pointer',
    event: 'click',
    load_state: 'complete',
    longest_script: {
      url: 'https://shop.example/app.js',
      function: 'onClick',
      position: 12,
      invoker: 'BUTTON#pay.onclick',
      invoker_type: 'event-listener',
      subpart: 'processing-duration',
      duration: 80e6,
    },
    script: 60e6,
    style_and_layout: 50e6,
    paint: 10e6,
    unattributed: 40e6,
  });
});

test('without long animation frames only the interaction is told', () => {
  const key = { ...click, name: 'keydown' };
  const told = { type: 'keyboard', event: 'keydown', load_state: 'complete' };
  assert.deepEqual(inpOf([key], []), told);
  const before = { ...frame(handler), startTime: 800, duration: 199 };
  const after = { ...frame(handler), startTime: 1101 };
  assert.deepEqual(inpOf([key], [before, after]), told);
});

test('a frame is met that ends as the interaction begins, or begins as its handlers end', () => {
  const before = { ...frame(), startTime: 800, duration: 200, styleAndLayoutStart: 990 };
  assert.equal(inpOf([click], [before]).style_and_layout, 10e6);
  const after = { ...frame(), startTime: 1100, duration: 50 };
  assert.equal(inpOf([click], [after]).style_and_layout, 30e6);
});

test('an interaction that was not observed, and none, is not explained', () => {
  assert.equal(inpOf([click], [frame(handler)], 1001), undefined);
  assert.equal(inpOf([{ ...click, interactionId: 0 }], [frame(handler)]), undefined);
  const { ferrum } = vitals().context({ performance: { inp: { duration: 8e6 } } });
  assert.equal('inp' in ferrum, false);
});

test('interactions of 40 ms are observed, and the first input of any length', () => {
  assert.equal(inpOf([{ ...click, duration: 40 }], []).event, 'click');
  assert.equal(inpOf([{ ...click, duration: 32 }], []), undefined);
  const first = { ...click, name: 'pointerdown', duration: 16 };
  const page = vitals({ entries: { 'first-input': [first] } });
  assert.equal(page.context(ofInp(1000)).ferrum.inp.event, 'pointerdown');
});

test('what the browser has not delivered yet is known', () => {
  const pending = { event: [click], 'long-animation-frame': [frame(handler)] };
  const { inp } = vitals({ pending }).context(ofInp(1000)).ferrum;
  assert.equal(inp.longest_script.duration, 80e6);
});

test('of a script that ran before, only what the interaction waited for counts', () => {
  const timer = { ...handler, startTime: 960, duration: 50, forcedStyleAndLayoutDuration: 25 };
  const over = { ...handler, startTime: 900, duration: 50 };
  const inp = inpOf([click], [{ ...frame(over, timer), startTime: 900, duration: 200 }]);
  assert.equal(inp.longest_script.subpart, 'input-delay');
  assert.equal(inp.longest_script.duration, 10e6);
  assert.equal(inp.script, 5e6);
  // 200 - 120 of the frame's own.
  assert.equal(inpOf([click], [frame(timer)]).style_and_layout, 30e6 + 5e6);
});

test('the longest script is the one that the interaction waited for longest', () => {
  const before = { ...handler, startTime: 700, duration: 310, invoker: 'TimerHandler:setTimeout' };
  const short = { ...handler, duration: 79, invoker: 'BUTTON.onpointerup' };
  const second = { ...handler, invoker: 'BUTTON.onclick' };
  const first = { ...frame(before, short), startTime: 700, duration: 320 };
  const inp = inpOf([click], [first, frame(handler, second)]);
  assert.equal(inp.longest_script.invoker, 'BUTTON#pay.onclick');
  assert.equal(inpOf([click], [frame()]).longest_script, undefined);
});

test('a script is in the part of the interaction that it began in', () => {
  const at = (startTime: number) => subpartOf([click], { ...handler, startTime });
  assert.equal(at(1019), 'input-delay');
  assert.equal(at(1020), 'processing-duration');
  assert.equal(at(1099), 'processing-duration');
  assert.equal(at(1100), 'presentation-delay');
});

test('what is not known of a script is not told', () => {
  const unknown = { sourceCharPosition: -1, sourceURL: '', sourceFunctionName: '' };
  assert.deepEqual(inpOf([click], [frame({ ...handler, ...unknown })]).longest_script, {
    invoker: 'BUTTON#pay.onclick',
    invoker_type: 'event-listener',
    subpart: 'processing-duration',
    duration: 80e6,
  });
  const first = { ...handler, sourceCharPosition: 0 };
  assert.equal(inpOf([click], [frame(first)]).longest_script.position, 0);
});

test('a frame in which nothing was laid out took no time for it', () => {
  const idle = { ...frame(), styleAndLayoutStart: 0 };
  assert.equal(inpOf([click], [idle]).style_and_layout, 0);
  assert.equal(inpOf([click], [idle, frame()]).style_and_layout, 30e6);
});

test('paint is what comes after the last frame, if that ends after the handlers', () => {
  const early = { ...frame(), startTime: 1000, duration: 99, styleAndLayoutStart: 1089 };
  assert.equal(inpOf([click], [early]).paint, 0);
  assert.equal(inpOf([click], [early]).unattributed, 150e6);
  assert.equal(inpOf([click], [{ ...early, duration: 100 }]).paint, 60e6);
  assert.equal(inpOf([click], [frame(), { ...early, duration: 99 }]).paint, 0);
});

test('parts add up, also where a frame ends after the paint as it was rounded', () => {
  const { paint, unattributed, ...inp } = inpOf([click], [{ ...frame(handler), duration: 154 }]);
  assert.equal(paint, -4e6);
  assert.equal(inp.script + inp.style_and_layout + paint + unattributed, 160e6);
  const twice = { ...handler, duration: 200, forcedStyleAndLayoutDuration: 0 };
  assert.equal(inpOf([click], [frame(twice)]).unattributed, (160 - 200 - 30 - 10) * 1e6);
});

test('the event that took longest tells, the first of those that are as long', () => {
  const up = { ...click, name: 'pointerup' };
  assert.equal(inpOf([up, click], []).event, 'pointerup');
  assert.equal(inpOf([{ ...up, duration: 152 }, click], []).event, 'click');
});

/** One every 500 ms, each in a frame of its own. */
const interactions = (count: number, from: number, duration: number, entry = 'click') =>
  Array.from({ length: count }, (_, i) => {
    const startTime = from + 500 * i;
    const at = { startTime, processingStart: startTime, processingEnd: startTime + 40 };
    return { ...click, ...at, name: entry, interactionId: startTime, duration };
  });
const framesOf = (events: object[]) => events.map((event) => ({ ...frame(handler), ...event }));

test('the ten longest interactions of a view are remembered, with all that they met', () => {
  const long = interactions(10, 1000, 208);
  const many = interactions(300, 10_000, 48);
  const all = [...long.flatMap((one) => [{ ...one, name: 'pointerup' }, one]), ...many];
  const entries = { event: all, 'long-animation-frame': framesOf([...long, ...many]) };
  const page = vitals({ entries: entries as never });
  for (const { startTime } of long) {
    const { inp } = page.context(ofInp(startTime)).ferrum;
    assert.equal(inp.event, 'pointerup');
    assert.ok('script' in inp);
  }
  // The last ones are there too, those between are not.
  const last = many.at(-1)?.startTime as number;
  assert.ok('script' in page.context(ofInp(last)).ferrum.inp);
  assert.equal(page.context(ofInp(many[100]?.startTime as number)), undefined);
});

test('frames that no interaction met are forgotten, but for the last ones', () => {
  const idle = framesOf(interactions(299, 10_000, 60));
  const at = (time = 0) => ({ ...click, startTime: time, processingEnd: time + 40 });
  const [early, late] = [10_000, idle.at(-99)?.startTime as number];
  const page = vitals({
    entries: { event: [click], 'long-animation-frame': [frame(handler), ...idle] } as never,
    pending: { event: [at(early), at(late)] },
  });
  const hasFrame = (time: number) => 'script' in page.context(ofInp(time)).ferrum.inp;
  assert.deepEqual([1000, early, late].map(hasFrame), [true, false, true]);
});

test('a view finds its interactions after one that was full of slower ones', () => {
  const pending: { event: object[] } = { event: [] };
  const page = vitals({
    entries: { event: interactions(150, 1000, 800) },
    pending: pending as never,
  });
  const [own, other] = [...interactions(1, 100_500, 96), ...interactions(1, 100_900, 88)];
  pending.event.push(own as object, other as object);
  page.context(ofInp(100_500, 100_000), 100_000);
  page.context(ofInp(1000));
  pending.event.push(...interactions(300, 101_000, 48));
  const { inp } = page.context(ofInp(100_900, 100_000), 100_000).ferrum;
  assert.equal(inp.event, 'click');
});

test('a view that has ended tells what it told before', () => {
  const pending: { event: object[] } = { event: [] };
  const page = vitals({ entries: { event: [click] }, pending: pending as never });
  const told = page.context(ofInp(1000))?.ferrum.inp;
  page.context({}, 100_000);
  pending.event.push(...interactions(300, 101_000, 48));
  assert.deepEqual(page.context(ofInp(1000)).ferrum.inp, told);
  assert.equal(page.context(ofInp(1001)), undefined);
});

test('of the views before the last fifty nothing is remembered', () => {
  const pending: { event: object[] } = { event: [] };
  const page = vitals({ entries: { event: [click] }, pending: pending as never });
  page.context(ofInp(1000));
  for (let view = 1; view <= 50; view++) page.context(ofInp(100_000), 100_000 + view);
  pending.event.push(...interactions(300, 101_000, 48));
  assert.equal(page.context(ofInp(1000)).ferrum.inp.event, 'click');
  page.context({}, 99_999);
  assert.equal(page.context(ofInp(1000)), undefined);
});

test('an entry that cannot be read does not take others along', () => {
  const broken = {
    ...click,
    startTime: 0,
    get interactionId(): number {
      throw new Error('a page has changed entries');
    },
  };
  const page = vitals({ entries: { event: [broken, click] } as never });
  assert.equal(page.context(ofInp(1000)).ferrum.inp.event, 'click');
  assert.equal(page.reports.length, 1);
});

test('what was told before is told with what has become known since', () => {
  const pending: Record<string, object[]> = { 'long-animation-frame': [] };
  const page = vitals({ entries: { event: [click] }, pending: pending as never });
  assert.equal(page.context(ofInp(1000)).ferrum.inp.script, undefined);
  pending['long-animation-frame']?.push(frame(handler));
  assert.equal(page.context(ofInp(1000)).ferrum.inp.script, 60e6);
});
