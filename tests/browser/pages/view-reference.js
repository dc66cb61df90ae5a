/** Posts what web-vitals says of each view of the page, whenever the page is hidden, after all of its own listeners. */

/** By what tells views apart: they have in common what came before. */
const views = new Map();
let restores = 0;
let isLeft = false;

function viewOf({ navigationType, navigationId, navigationURL, navigationStartTime }) {
  const isSoft = navigationType === 'soft-navigation';
  const restore = navigationType === 'back-forward-cache' ? restores : 0;
  const key = isSoft ? navigationId : `load ${restore}`;
  if (!views.has(key)) {
    views.set(key, {
      type: navigationType,
      id: navigationId,
      url: isSoft ? navigationURL : location.href,
      start: navigationStartTime ?? 0,
      restore,
      metrics: {},
    });
  }
  return views.get(key);
}

function take(metric) {
  // Entries are large; of these, only what the comparison looks at is part of the metric too.
  const { navigationEntry, lcpResourceEntry, largestShiftEntry, fcpEntry, ...attribution } = metric.attribution;
  const { processedEventEntries, longAnimationFrameEntries: frames = [], ...causes } = attribution;
  const forgets = { hasForgottenFrames: hasForgotten(frames, causes, processedEventEntries) };
  const { navigationType, navigationId, navigationInteractionId } = metric;
  const navigation = { navigationType, navigationId, navigationInteractionId, ...arrivals(navigationEntry) };
  viewOf(metric).metrics[metric.name] = {
    value: metric.value,
    ...navigation,
    ...causes,
    ...layoutOf(frames, causes),
    ...forgets,
  };
}

const longFrames = [];
new PerformanceObserver((list) => longFrames.push(...list.getEntries())).observe({
  type: 'long-animation-frame',
  buffered: true,
});

/**
 * Whether an interaction met long frames that the reference does not know of: those that it is told of before the
 * interaction, and after a later one, it forgets (6.2.3, `cleanupEntries`). In which order it is told is chance.
 */
function hasForgotten(known, { interactionTime }, events = []) {
  const processingEnd = Math.max(...events.map((event) => event.processingEnd));
  const starts = known.map((frame) => frame.startTime);
  return longFrames.some(
    ({ startTime, duration }) =>
      startTime + duration >= interactionTime && startTime <= processingEnd && !starts.includes(startTime),
  );
}

/** What the reference does not tell of its navigation entry; nothing where it did not happen. */
function arrivals(entry = {}) {
  const { activationStart, redirectStart, redirectEnd, workerStart, fetchStart } = entry;
  const after = (time) => (time ? Math.max(0, time - activationStart) : undefined);
  return {
    redirect: redirectStart ? after(redirectEnd) - after(redirectStart) : undefined,
    worker: workerStart ? after(fetchStart) - after(workerStart) : undefined,
    earlyHints: after(entry.firstInterimResponseStart),
    finalHeaders: after(entry.finalResponseHeadersStart),
  };
}

/**
 * Layout began at 0 where there was none in a frame, and web-vitals takes all of the page's time until the frame's
 * end for it. Which frames these are is left to chance: so it is put right here.
 */
function layoutOf(frames, { totalStyleAndLayoutDuration: layout, totalUnattributedDuration: rest }) {
  if (layout === undefined) return {};
  const idle = frames.filter(({ styleAndLayoutStart }) => !styleAndLayoutStart);
  const wrong = idle.reduce((sum, { startTime, duration }) => sum + startTime + duration, 0);
  return { totalStyleAndLayoutDuration: layout - wrong, totalUnattributedDuration: rest + wrong };
}

for (const on of ['onLCP', 'onCLS', 'onINP', 'onFCP', 'onTTFB']) {
  webVitals[on](take, { reportSoftNavs: true });
}

// FID left web-vitals with version 5: its definition in version 4.
const activation = () => performance.getEntriesByType('navigation')[0]?.activationStart ?? 0;
const firstHide = () =>
  performance
    .getEntriesByType('visibility-state')
    .find(({ name, startTime }) => name === 'hidden' && startTime >= activation())?.startTime ??
  Number.POSITIVE_INFINITY;
const takeDelay = (value) => {
  const hard = views.get(`load ${restores}`);
  if (hard) hard.metrics.FID ??= { value };
};
const takeInput = ([input]) => {
  if (input && restores === 0 && input.startTime < firstHide()) {
    takeDelay(input.processingStart - input.startTime);
  }
};
const observer = new PerformanceObserver((list) => takeInput(list.getEntries()));
observer.observe({ type: 'first-input', buffered: true });

/** Version 4's own measurement (4.2.4, `firstInputPolyfill`): restored pages get no second `first-input`. */
const TYPES = ['mousedown', 'keydown', 'touchstart', 'pointerdown'];
const options = { capture: true, passive: true };
// As that version: where browsers tell of no inputs at all, restored pages have none either.
const isSupported = PerformanceObserver.supportedEntryTypes.includes('first-input');
/** How long an event had waited when the first listener of the page heard of it, and the last one. */
const waits = new WeakMap();
const began = Date.now();
let first;
let firstHiddenTime;

function eachType(change) {
  for (const type of TYPES) change(type, onInput, options);
}

function hear(event) {
  const wait = performance.now() - event.timeStamp;
  waits.set(event, [waits.get(event)?.[0] ?? wait, wait]);
  const { FID } = views.get(`load ${restores}`)?.metrics ?? {};
  if (FID && event === first) FID.waits = waits.get(event);
}

const hearLast = (event) => hear(event);

for (const type of TYPES) addEventListener(type, hear, options);

function record(delay, event) {
  if (first) return;
  first = event;
  eachType(removeEventListener);
  if (delay >= 0 && delay < Date.now() - began && event.timeStamp < firstHiddenTime) takeDelay(delay);
}

function onPointerDown(delay, event) {
  const end = ({ type }) => {
    if (type === 'pointerup') record(delay, event);
    removeEventListener('pointerup', end, options);
    removeEventListener('pointercancel', end, options);
  };
  addEventListener('pointerup', end, options);
  addEventListener('pointercancel', end, options);
}

function onInput(event) {
  if (!event.cancelable) return;
  const delay = performance.now() - event.timeStamp;
  if (event.type === 'pointerdown') onPointerDown(delay, event);
  else record(delay, event);
}

addEventListener('visibilitychange', ({ timeStamp }) => {
  if (document.visibilityState === 'hidden') firstHiddenTime = Math.min(firstHiddenTime, timeStamp);
}, true);

addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  restores++;
  isLeft = false;
  first = undefined;
  if (isSupported) eachType(addEventListener);
  // After whoever listens from now on.
  setTimeout(() => {
    for (const type of TYPES) {
      removeEventListener(type, hearLast, options);
      addEventListener(type, hearLast, options);
    }
    // As soon as all browsers know.
    firstHiddenTime = document.visibilityState === 'hidden' ? 0 : Number.POSITIVE_INFINITY;
  });
}, true);

function post() {
  takeInput(observer.takeRecords());
  const html = document.documentElement.outerHTML;
  // When the page had been shown again, each time.
  const shown = performance.getEntriesByName('shown').map(({ startTime }) => startTime);
  const all = [...views.values()].map((view) => ({ ...view, shown: shown[view.restore - 1] }));
  const report = { isLeft, origin: performance.timeOrigin, html, views: all };
  navigator.sendBeacon('/report', JSON.stringify(report));
}

// It is hidden next, if it is not already.
addEventListener('pagehide', () => {
  isLeft = true;
  if (document.visibilityState === 'hidden') post();
});

addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') post();
});
