/** What the network and the window are like: parts of events that only pass through. */

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

  let isPending = false;
  const readViewport = guarded(() => set(DISPLAY, { viewport: viewport() }));
  const onResize = () => {
    isPending = false;
    // Reading the size may lay the page out; in a frame that is about to happen anyway.
    requestAnimationFrame(readViewport);
  };
  onResize();
  listen(window, ['resize'], () => {
    if (!isPending) setTimeout(onResize, RESIZE_THROTTLE);
    isPending = true;
  });
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
  const { visualViewport } = window;
  return visualViewport
    ? {
        width: Math.round(visualViewport.width * visualViewport.scale),
        height: Math.round(visualViewport.height * visualViewport.scale),
      }
    : { width: window.innerWidth || 0, height: window.innerHeight || 0 };
}
