/** When the engine is loaded: after the page's own work, and never within a call of the page. */

import type { EngineModule } from './engine-contract.ts';

/** ms after which a page whose `load` does not come is no longer waited for. */
const LOAD_LIMIT = 5000;

/** ms; an idle period may never come. */
const IDLE_LIMIT = 1000;

/** Runs `run` once, in an idle period after the page's `load`. */
export function afterPage(run: () => void): void {
  new Promise<unknown>((resolve) => {
    if (document.readyState === 'complete') return resolve(0);
    window.addEventListener('load', resolve);
    setTimeout(resolve, LOAD_LIMIT);
  }).then(() =>
    // Safari has no requestIdleCallback; to a timer the options are 0.
    (window.requestIdleCallback || setTimeout)(run, { timeout: IDLE_LIMIT } as never),
  );
}

/** ms between a failed download and the only other attempt. */
const RETRY_DELAY = 1000;

/** `isRetry` lets a loader ask for another address: browsers remember a module that failed. */
export type LoadEngine = (isRetry?: boolean) => Promise<EngineModule>;

export function loadModule(load: LoadEngine): Promise<EngineModule> {
  return load().catch(
    () => new Promise((resolve) => setTimeout(() => resolve(load(true)), RETRY_DELAY)),
  );
}
