/** Where the page stands when the engine starts. */

import type { Bounce } from '../engine-contract.ts';
import { uuid } from '../uuid.ts';

/** sessionStorage key of the id of this tab (browser-rum-core 7.16, `domain/contexts/tabContext`). */
const TAB_KEY = '_dd_tab_id';

/** JSON text, as `start` in `src/browser/mod.rs` wants it. */
export function describePage(bounce: Bounce | undefined): string {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return JSON.stringify({
    url: location.href,
    referrer: document.referrer,
    origin: performance.timeOrigin,
    activation: (navigation as { activationStart?: number } | undefined)?.activationStart ?? 0,
    hidden: document.visibilityState === 'hidden',
    focused: document.hasFocus(),
    layoutShift: PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
    tab: tabId(),
    seed: uuid(),
    // Without cookies the engine begins another session, to which that view does not belong.
    bounced: bounce && document.cookie.includes(bounce.sessionId) ? bounce.viewId : undefined,
  });
}

function tabId(): string {
  try {
    const known = sessionStorage.getItem(TAB_KEY);
    const id = known || uuid();
    if (!known) sessionStorage.setItem(TAB_KEY, id);
    return id;
  } catch {
    // Storage is blocked: the id lives as long as the page.
    return uuid();
  }
}
