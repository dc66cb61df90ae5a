/** Views, sessions, and what only answers. */

import type { EngineStart } from '../engine-contract.ts';
import type { InternalContext, ViewOptions } from '../types.ts';
import { type Deliver, type Interpret, NOTHING, type Texts, toNumber } from './texts.ts';

export function otherCalls(deliver: Deliver, { name, options }: Texts, start: EngineStart) {
  const internalContext = (at: number, time?: unknown): InternalContext | undefined =>
    JSON.parse((deliver('internalContext', at, toNumber(time)) as string) || 'null') ?? undefined;
  const calls: Record<string, Interpret> = {
    startView(at, [given], stack) {
      const isObject = given && typeof given === 'object';
      const view: ViewOptions = isObject
        ? JSON.parse(options(given) || NOTHING)
        : { name: given as never };
      for (const key of ['name', 'service', 'version', 'url'] as const) {
        if (view[key] !== undefined) view[key] = name(view[key], `view ${key}`);
      }
      deliver('startView', at, JSON.stringify({ ...view, context: view.context ?? {} }), stack);
    },
    setViewLoadingTime: (at) => deliver('setViewLoadingTime', at),
    stopSession: (at) => deliver('stopSession', at),
    setTrackingConsent: (at, [granted]) => deliver('setTrackingConsent', at, !!granted),
    getInternalContext: (at, [startTime]) => internalContext(at, startTime),
    getSessionReplayLink: (at) => replayLink(start, internalContext(at)),
  };
  return calls;
}

/** Of Datadog's application (browser-rum-core 7.16, `domain/getSessionReplayUrl`). */
function replayLink({ options }: EngineStart, context: InternalContext | undefined): string {
  const { site = 'datadoghq.com', subdomain } = options;
  const known: Record<string, string> = {
    'datadoghq.com': 'app',
    'datadoghq.eu': 'app',
    'datad0g.com': 'dd',
  };
  const host = [subdomain || known[site], site].filter(Boolean).join('.');
  const view = context?.view ? `&seed=${context.view.id}` : '';
  return `https://${host}/rum/replay/sessions/${context?.session_id ?? 'no-session-id'}?error-type=slim-package${view}`;
}
