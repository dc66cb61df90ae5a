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

/** For each click: of all scripts between `pointerdown` and the first frame that shows what `click` did. */
export function scriptTimesToPaint(thread) {
  return thread.filter(isDispatch('pointerdown')).map(({ ts }) => {
    const click = thread.find((event) => event.ts > ts && isDispatch('click')(event));
    // The last step of a frame that is the main thread's; each click shows something.
    const paint = thread.find((event) => event.name === 'Layerize' && event.ts > click?.ts);
    if (!paint) throw new Error('the trace shows no paint after a click');
    return scriptTime(thread.filter((event) => event.ts >= ts && event.ts <= paint.ts));
  });
}

export function isDispatch(type) {
  return ({ name, args }) => name === 'EventDispatch' && args.data?.type === type;
}
