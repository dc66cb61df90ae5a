// How long scripts run, from the browser's own trace: its counter `ScriptDuration` knows nothing
// of what runs in microtasks, where most of an SDK's start does.

const categories = ['devtools.timeline', 'toplevel', 'v8', 'v8.wasm'];

/** What the main thread does for scripts; some of it happens within other of it. */
const isScript = (name) =>
  /^(v8\.|V8\.|wasm\.)|^(MinorGC|MajorGC)$/.test(name) || scriptEvents.has(name);
const scriptEvents = new Set([
  'EvaluateScript',
  'EventDispatch',
  'FunctionCall',
  'TimerFire',
  'FireAnimationFrame',
  'FireIdleCallback',
  'BlinkScheduler_PerformMicrotaskCheckpoint',
]);

/** The complete trace events of all threads during `work`, by their time. */
export async function trace({ page }, work) {
  await page.tracing.start({ categories });
  await work();
  const { traceEvents } = JSON.parse(new TextDecoder().decode(await page.tracing.stop()));
  return traceEvents.filter(({ ph }) => ph === 'X').sort((one, other) => one.ts - other.ts);
}

/** The events of the thread on which `isMark` happened. */
export function threadOf(isMark, events) {
  const mark = events.find(isMark);
  if (!mark) throw new Error('the trace does not show what it is about');
  return events.filter(({ pid, tid }) => pid === mark.pid && tid === mark.tid);
}

/** µs of CPU time that a thread spent on scripts. What lies within another script event is in its time already. */
export function scriptTime(thread) {
  let end = 0;
  let sum = 0;
  for (const { name, ts, dur, tdur } of thread) {
    if (!isScript(name) || ts < end) continue;
    end = ts + dur;
    sum += tdur ?? 0;
  }
  return sum;
}

/**
 * For each click: of all scripts that its two frames wait for, the one that shows the button pressed and the one that
 * shows what `click` did. What runs between, while the button is held, delays neither.
 */
export function scriptTimesToPaint(thread) {
  return thread.filter(isDispatch('pointerdown')).map(({ ts }) => {
    const release = thread.find((event) => event.ts > ts && isDispatch('pointerup')(event));
    const click = thread.find((event) => event.ts > release?.ts && isDispatch('click')(event));
    // The last step of a frame that is the main thread's; each press and each click shows something.
    const frameAfter = (at) => thread.find((event) => event.name === 'Layerize' && event.ts > at);
    const paint = frameAfter(click?.ts);
    if (!paint) throw new Error('the trace shows no paint after a click');
    const isWithin = (from, to) => (event) => event.ts >= from && event.ts <= to;
    const isOfPress = isWithin(ts, frameAfter(ts).ts);
    const isOfRelease = isWithin(release.ts, paint.ts);
    return scriptTime(thread.filter((event) => isOfPress(event) || isOfRelease(event)));
  });
}

export function isDispatch(type) {
  return ({ name, args }) => name === 'EventDispatch' && args.data?.type === type;
}
