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

/** ms of CPU time that the thread on which `isMark` happened spent on scripts. */
export function scriptTime(events, isMark) {
  const mark = events.find(isMark);
  if (!mark) throw new Error('the trace does not show what it is about');
  return sumOfScripts(threadOf(mark, events)) / 1000;
}

/**
 * µs of CPU time, for each click: all scripts between `pointerdown` and the first frame that shows
 * what `click` did.
 */
export function scriptsToPaint(events) {
  const first = events.find(isDispatch('pointerdown'));
  if (!first) throw new Error('the trace shows no pointerdown');
  const thread = threadOf(first, events);
  return thread.filter(isDispatch('pointerdown')).map(({ ts }) => {
    const click = thread.find((event) => event.ts > ts && isDispatch('click')(event));
    // The last step of a frame that is the main thread's; each click shows something.
    const paint = thread.find((event) => event.name === 'Layerize' && event.ts > click?.ts);
    if (!paint) throw new Error('the trace shows no paint after a click');
    return sumOfScripts(thread.filter((event) => event.ts >= ts && event.ts <= paint.ts));
  });
}

function isDispatch(type) {
  return ({ name, args }) => name === 'EventDispatch' && args.data?.type === type;
}

function threadOf({ pid, tid }, events) {
  return events.filter((event) => event.pid === pid && event.tid === tid);
}

/** What lies within another script event is in its time already. */
function sumOfScripts(events) {
  let end = 0;
  let sum = 0;
  for (const { name, ts, dur, tdur } of events) {
    if (!isScript(name) || ts < end) continue;
    end = ts + dur;
    sum += tdur ?? 0;
  }
  return sum;
}
