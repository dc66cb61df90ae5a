/**
 * How far the page was scrolled, read once a second at most (browser-rum-core 7.16,
 * `viewMetrics/trackScrollMetrics.ts`).
 */

import { inFrames } from './frames.ts';
import { input } from './input.ts';
import { SCROLL } from './kinds.ts';
import type { Listening } from './listen.ts';

/** ms (same file, `THROTTLE_SCROLL_DURATION`). */
const THROTTLE = 1000;

export function observeScroll({ listen, guarded, undo }: Listening): void {
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
