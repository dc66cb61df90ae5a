/**
 * Requests to the intake: one each, no retry, nothing ever thrown or rejected. All but `nativeFetch`
 * is the engine's side.
 */

import type { EngineStart, Send } from './engine-contract.ts';

type Fetch = typeof fetch;

/**
 * The `fetch` of now, so that later patches of the page do not see Ferrum's traffic. Zone.js keeps
 * the native one aside; its own would run Angular's change detection.
 */
export function nativeFetch(): Fetch {
  const page = globalThis as { __zone_symbol__fetch?: Fetch; fetch: Fetch };
  return page.__zone_symbol__fetch || page.fetch;
}

export function createSend(
  start: Pick<EngineStart, 'options' | 'fetch' | 'intakeUrl' | 'hasSent'>,
): Send {
  // Called as a method it would refuse.
  const { fetch, intakeUrl } = start;
  return async (body, exit, ...fragments) => {
    start.hasSent = true;
    try {
      if (exit && navigator.sendBeacon(intakeUrl(start.options, 'beacon', ...fragments), body)) {
        return;
      }
    } catch {}
    // Refused over a quota of 64 KiB, as beacons are: then the page may live long enough for an ordinary
    // request. What is compressed is short, and the page may have been left meanwhile.
    for (const keepalive of exit ? [true, false] : [!!fragments[0]]) {
      try {
        return await fetch(intakeUrl(start.options, 'fetch', ...fragments), {
          method: 'POST',
          body,
          mode: 'cors',
          priority: 'low',
          keepalive,
        });
      } catch {}
    }
  };
}
