/** What the network and the window are like: parts of events that only pass through. */

import { inFrames } from './frames.ts';
import { input } from './input.ts';
import { CONTEXT } from './kinds.ts';
import type { Listening } from './listen.ts';

const CONNECTIVITY = 5;
const DISPLAY = 6;

/** ms; a window being resized says so every frame (browser-rum-core 7.16, `viewportObservable`). */
const RESIZE_THROTTLE = 200;

interface NetworkInformation extends EventTarget {
  /** `wifi`, `cellular`, … Not on desktops. */
  type?: string;
  /** `4g`, … Chromium only. */
  effectiveType?: string;
}

export function observeContexts({ listen, guarded }: Listening): void {
  const network = (navigator as { connection?: NetworkInformation }).connection;
  const onNetwork = () => set(CONNECTIVITY, connectivity(network));
  onNetwork();
  listen(window, ['online', 'offline'], onNetwork);
  listen(network, ['change'], onNetwork);

  const readViewport = guarded(() => set(DISPLAY, { viewport: viewport() }));
  requestAnimationFrame(readViewport);
  listen(window, ['resize'], inFrames(readViewport, RESIZE_THROTTLE));
}

function set(kind: number, value: unknown): void {
  input(CONTEXT, 0, [kind], [JSON.stringify(value)]);
}

function connectivity(network: NetworkInformation | undefined) {
  return {
    status: navigator.onLine ? 'connected' : 'not_connected',
    interfaces: network?.type ? [network.type] : undefined,
    effective_type: network?.effectiveType,
  };
}

/** CSS pixels of what is visible, zooming with two fingers left out. */
function viewport() {
  const { innerWidth = 0, innerHeight = 0 } = window;
  const whole = { width: innerWidth, height: innerHeight, scale: 1 };
  const { width, height, scale } = window.visualViewport ?? whole;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}
