/** Requests to the intake: one each, no retry, nothing ever thrown or rejected. */

import type { EngineStart, Send } from './engine-contract.ts';
import { intakeUrl } from './intake-url.ts';

/**
 * `fetch` is the one of now, so that later patches of the page do not see Ferrum's traffic. Zone.js
 * keeps the native one aside; its own would run Angular's change detection. The options are read when
 * something is sent.
 */
export function createSend(start: Pick<EngineStart, 'options'>): Send {
  const page = globalThis as { __zone_symbol__fetch?: typeof fetch; fetch: typeof fetch };
  const nativeFetch = page.__zone_symbol__fetch || page.fetch;
  return async (body, exit, ...fragments) => {
    try {
      if (exit && navigator.sendBeacon(intakeUrl(start.options, 'beacon', ...fragments), body))
        return;
    } catch {}
    try {
      return await nativeFetch(intakeUrl(start.options, 'fetch', ...fragments), {
        method: 'POST',
        body,
        mode: 'cors',
        priority: 'low',
        keepalive: !!exit,
      });
    } catch {}
  };
}
