/**
 * What `beforeSend` and hooks are told of an event besides (browser-rum-core 7.16,
 * `domainContext.types.ts`): all the keys that the official SDK gives, whatever is known.
 */

import { OWN_FRAMES, type RequestRecord } from '../engine-contract.ts';
import { handlingStack } from '../errors/stack.ts';
import type { Stack } from '../page/domain-context.ts';
import type { Context } from '../types.ts';
import type { Kept } from './kept.ts';

/** ms between clicks of one chain (browser-rum-core 7.16, `MAX_DURATION_BETWEEN_CLICKS`). */
const CLICK_GAP = 1000;

type Parts = Record<string, Context | undefined>;

/** Takes what only belongs here out of the event. */
export function domainContextOf(event: Context, token: number, kept: Kept): object {
  const { type, view, action, error } = event as Parts & { type: string };
  if (type === 'view') return contextOfView(view as Context, kept);
  if (action?.type === 'click') return { events: eventsOf(event, kept) };
  const known = (kept.takeContext(token) ?? {}) as Context;
  if (type === 'error') return contextOfError(error as Context, known);
  if ('request' in known) return contextOfRequest(known);
  const { stack, ...context } = known;
  const called = calledBy(type, stack as Stack);
  // A vital has one only if it is known.
  return type === 'action' || called ? { handlingStack: called, ...context } : context;
}

/** What a plugin for a framework has made instead is in the event already. */
function calledBy(what: string, stack: Stack | string): string | undefined {
  return typeof stack === 'object' ? handlingStack(what, `${stack.stack}`, OWN_FRAMES) : undefined;
}

/** An error that is told in outline, as the page was left at once, has no handling stack itself. */
function contextOfError({ handling_stack: handling, source }: Context, known: Context): object {
  const what = source === 'console' ? 'console error' : 'error';
  return {
    error: thrown(known.error),
    handlingStack: handling ?? calledBy(what, known.stack as Stack),
  };
}

function contextOfView({ id, url, is_active: isActive }: Context, kept: Kept): object {
  // Of one that is just starting the id is not known yet.
  const starting = () => kept.contextsAfter(0).find((context) => 'location' in context);
  const known = kept.takeContext(id as string) ?? (isActive && starting());
  const { location, stack } = (known || {}) as { location?: object; stack?: Stack };
  return {
    location: location ?? locationOf(url as string),
    handlingStack: calledBy('view', stack),
  };
}

/** Of a view that the page did not start itself: it began where its address says. */
function locationOf(url: string): object {
  const parts = new URL(url, location.href) as unknown as Context;
  const names = 'href origin protocol host hostname port pathname search hash'.split(' ');
  return { ...location, ...Object.fromEntries(names.map((name) => [name, parts[name]])) };
}

function contextOfRequest({ request, performanceEntry }: Context): object {
  const { call, isAborted } = (request ?? {}) as Partial<RequestRecord>;
  return {
    isManual: false,
    isWebSocket: false,
    ...(performanceEntry ? { performanceEntry } : {}),
    isAborted: !!isAborted,
    handlingStack: calledBy('instrumented method', call?.stack),
    requestInit: call?.init,
    requestInput: call?.xhr ? undefined : call?.input,
    response: call?.response,
    error: call?.error,
    xhr: call?.xhr,
  };
}

/** A click brings its token along, as the engine numbers clicks in its own way. */
function eventsOf(event: Context, kept: Kept): Event[] {
  const details = (event._dd as Parts | undefined)?.action ?? {};
  const { token } = details;
  delete details.token;
  const { events = [] } = (kept.takeContext(token as number) ?? {}) as { events?: Event[] };
  const { frustration } = event.action as { frustration?: { type?: string[] } };
  return frustration?.type?.includes('rage_click')
    ? chain(events, kept.contextsAfter(token as number))
    : events;
}

/** The events of all clicks that became this one. */
function chain(events: Event[], later: object[]): Event[] {
  const all = [...events];
  for (const { events: [next] = [] } of later as { events?: Event[] }[]) {
    const last = all[all.length - 1];
    if (!next || !last || next.target !== last.target) continue;
    if (next.timeStamp - last.timeStamp > CLICK_GAP) break;
    all.push(next);
  }
  return all;
}

/** As the page threw it; what is no Error came as JSON. */
function thrown(kept: unknown): unknown {
  if (Array.isArray(kept)) return kept.find((item) => item instanceof Error);
  if (typeof kept !== 'string') return kept;
  try {
    return JSON.parse(kept);
  } catch {
    return undefined;
  }
}
