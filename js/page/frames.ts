/** What waits for frames, or until the browser has nothing else to do. */

/** ms: two frames of most screens. */
export const NEXT_PAINT = 32;

/**
 * Runs it in a task of its own when the next paint, which is what the user waits for, should be over.
 * A callback of the frame would know, but is itself work before the paint: 0.1 ms each.
 */
export function afterPaint(run: () => void): void {
  setTimeout(run, NEXT_PAINT);
}

/**
 * Reading sizes may lay the page out: they are read in a frame, when that is about to happen anyway,
 * and not in each of them. Runs it `wait` ms after the first of the calls that ask for it.
 */
export function inFrames(run: (at: number) => void, wait: number): () => void {
  let isPending = false;
  const onFrame = (at: number) => {
    isPending = false;
    run(at);
  };
  return () => {
    if (!isPending) setTimeout(() => requestAnimationFrame(onFrame), wait);
    isPending = true;
  };
}

/** ms; an idle period may never come. */
const IDLE_LIMIT = 1000;

export function whenIdle(run: () => void): void {
  // Safari has no requestIdleCallback.
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: IDLE_LIMIT });
  else setTimeout(run);
}
