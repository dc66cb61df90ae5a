/** What waits for a frame. */

/** Runs it in a task of its own after the next paint, which is what the user waits for. */
export function afterPaint(run: () => void): void {
  requestAnimationFrame(() => setTimeout(run));
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
