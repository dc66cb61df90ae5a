/**
 * Requests to the intake: one each, no retry, nothing ever thrown or rejected. All but `nativeFetch`
 * is the engine's side.
 */

import type { EngineStart, Send } from './engine-contract.ts';
import type { InitConfiguration } from './types.ts';

type Fetch = typeof fetch;

/** Another organisation, which gets all events too. */
interface Replica {
  clientToken: string;
  applicationId?: string;
}

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
  const post = async (
    options: Pick<InitConfiguration, 'clientToken' | 'site' | 'proxy'>,
    body: string | Blob,
    exit: boolean | undefined,
    ...fragments: (string | undefined)[]
  ) => {
    try {
      if (exit && navigator.sendBeacon(intakeUrl(options, 'beacon', ...fragments), body)) return;
    } catch {}
    // Refused over a quota of 64 KiB, too; the page may live long enough for an ordinary request.
    for (const keepalive of exit ? [true, false] : [false]) {
      try {
        return await fetch(intakeUrl(options, 'fetch', ...fragments), {
          method: 'POST',
          body,
          mode: 'cors',
          priority: 'low',
          keepalive,
        });
      } catch {}
    }
  };
  return (body, exit, encoding = '', retry) => {
    start.hasSent = true;
    const { proxy, replica } = start.options as InitConfiguration & { replica?: Replica };
    // An internal option of Datadog's: what is tried again, it has got before.
    if (replica && !retry) {
      const { clientToken, applicationId } = replica;
      post({ clientToken, proxy }, body, exit, `&application.id=${applicationId}${encoding}`);
    }
    return post(start.options, body, exit, encoding, retry);
  };
}
