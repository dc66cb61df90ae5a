/**
 * How far the page was scrolled, read once a second at most (browser-rum-core 7.16,
 * `viewMetrics/trackScrollMetrics.ts`).
 */

import { inFrames } from '../page/frames.ts';
import type { input as tellEngine } from '../page/input.ts';
import { SCROLL } from '../page/kinds.ts';
import type { Listening } from '../page/listen.ts';

/** ms (same file, `THROTTLE_SCROLL_DURATION`). */
const THROTTLE = 1000;

export function observeScroll(
  { listen, guarded, undo }: Listening,
  input: typeof tellEngine,
): void {
  const read = guarded((at: number) => {
    const { scrollHeight } = document.scrollingElement ?? document.documentElement;
    const top = Math.round(window.scrollY);
    const { height, scale } = window.visualViewport ?? { height: window.innerHeight, scale: 1 };
    input(SCROLL, at, [Math.round(height * scale) + top, top, scrollHeight]);
  });
  const onChange = inFrames(read, THROTTLE);
  listen(window, ['scroll'], onChange);
  const { scrollingElement } = document;
  if (!scrollingElement || !('ResizeObserver' in window)) return;
  const observer = new ResizeObserver(onChange);
  observer.observe(scrollingElement);
  undo(() => observer.disconnect());
}
