import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDispatch, scriptTime, scriptTimesToPaint, threadOf } from '../../js/bench/trace.mjs';

/** An event of the page's main thread, which had the processor for half of the time. */
function event(name: string, ts: number, dur: number, type?: string) {
  return { name, pid: 1, tid: 1, ts, dur, tdur: dur / 2, args: type ? { data: { type } } : {} };
}

const click = (at: number) => [
  event('EventDispatch', at, 10, 'pointerdown'),
  event('FunctionCall', at + 2, 6),
  event('EventDispatch', at + 18, 2, 'pointerup'),
  event('EventDispatch', at + 20, 4, 'click'),
  event('FireAnimationFrame', at + 30, 8),
  event('Layerize', at + 40, 5),
  event('FunctionCall', at + 50, 100),
];

test('scripts within scripts are counted once, and other work not at all', () => {
  const thread = [
    event('EvaluateScript', 0, 100),
    event('v8.run', 10, 80),
    event('Layout', 100, 50),
    event('BlinkScheduler_PerformMicrotaskCheckpoint', 150, 20),
    event('wasm.CompileLazy', 155, 10),
  ];
  assert.equal(scriptTime(thread), 60);
});

test('a click costs what runs before its paint', () => {
  assert.deepEqual(scriptTimesToPaint([...click(0), ...click(1000)]), [12, 12]);
});

test('what runs after the press was painted, and before the release, delays no paint', () => {
  const held = [event('Layerize', 12, 1), event('TimerFire', 14, 2)];
  const thread = [...click(0), ...held].sort((one, other) => one.ts - other.ts);
  assert.deepEqual(scriptTimesToPaint(thread), [12]);
});

test('what runs while the button is held counts when the press waits for its paint', () => {
  const thread = [...click(0), event('TimerFire', 14, 2)].sort((one, other) => one.ts - other.ts);
  assert.deepEqual(scriptTimesToPaint(thread), [13]);
});

test('a click without paint, and a trace without clicks, are no measurement', () => {
  assert.throws(() => scriptTimesToPaint(click(0).slice(0, 5)), /no paint/);
  assert.throws(() => threadOf(isDispatch('pointerdown'), []), /does not show/);
});

test('other threads and processes do not count', () => {
  const others = [
    { ...event('FunctionCall', 1, 5), tid: 2 },
    { ...event('FunctionCall', 1, 5), pid: 2 },
  ];
  const thread = click(0);
  assert.deepEqual(threadOf(isDispatch('pointerdown'), [...others, ...thread]), thread);
});
