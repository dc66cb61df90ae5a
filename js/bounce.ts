/**
 * The least valid view event, from what the shim alone knows: for a page that is hidden before the
 * engine is ready, so that a bounce and the variants seen by it are counted.
 */

import { copy } from './copy.ts';
import { ACCOUNT, type Bounce, type Call, GLOBAL, USER, VIEW } from './engine-contract.ts';
import { guard } from './guard.ts';
import { currentSession, isSampled } from './session.ts';
import { tags } from './tags.ts';
import type { Context, InitConfiguration, RumBeforeSend, ViewOptions } from './types.ts';
import { uuid } from './uuid.ts';

interface Bounced extends Context {
  view: Context;
}

/**
 * The event and its ids; `undefined` when the session is not sampled. `contexts` are by
 * kind. Whatever views the page started meanwhile, to the intake they are one, with the latest name.
 */
export function bounceView(
  options: InitConfiguration,
  contexts: Context[],
  calls: Call[],
  hiddenAt: number,
): (Bounce & { event: Context }) | undefined {
  const { id: sessionId, aid } = currentSession(options, Date.now());
  const rate = options.sessionSampleRate ?? 100;
  if (!isSampled(sessionId, rate)) return;

  const viewId = uuid();
  const { applicationId, service, version } = options;
  const context = contexts.map(told);
  const flags: Context = {};
  let name: unknown;
  for (const [method, , [first, value]] of calls) {
    if (/View(Name)?$/.test(method)) name = (first as ViewOptions)?.name ?? first ?? name;
    if (/Flag/.test(method)) flags[first as string] = value;
  }
  const count = (suffix: string) => ({
    count: calls.filter(([method]) => method.endsWith(suffix)).length,
  });
  // A part of the page's wish is enough: the engine's first version brings back what may stay.
  const scrubbed = (url: string) =>
    guard((options.scrubUrl || String) as typeof String)(url) ?? url.split(/[?#]/)[0];
  // 0 is for what the browser does not tell; after `hiddenAt` nobody saw it.
  const seen = (time?: number) => (time && time < hiddenAt ? nanoseconds(time) : undefined);

  const event = {
    type: 'view',
    date: Math.round(performance.timeOrigin),
    application: { id: applicationId },
    source: 'browser',
    service: service || applicationId,
    version,
    ddtags: tags(options),
    session: { id: sessionId, type: 'user' },
    view: {
      id: viewId,
      url: scrubbed(location.href),
      referrer: scrubbed(document.referrer),
      name,
      loading_type: 'initial_load',
      is_active: true,
      time_spent: nanoseconds(performance.now()),
      action: count('addAction'),
      error: count('Error'),
      resource: { count: 0 },
      first_byte: seen(
        (performance.getEntriesByType('navigation')[0] as PerformanceResourceTiming | undefined)
          ?.responseStart,
      ),
      first_contentful_paint: seen(
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      ),
    },
    context: { ...context[GLOBAL], ...context[VIEW] },
    usr: { ...context[USER], anonymous_id: aid },
    account: context[ACCOUNT]?.id && context[ACCOUNT],
    feature_flags: told(flags),
    _dd: {
      format_version: 2,
      document_version: 1,
      sdk_name: 'ferrum',
      configuration: { session_sample_rate: rate },
    },
  };
  const changed = copy(event) as typeof event;
  guard(options.beforeSend as RumBeforeSend)(changed as never, { location } as never);
  guard(takeChanges)(event, changed);
  return { viewId, sessionId, event };
}

/** What `beforeSend` may change of a view (`extras/before-send.ts`); it cannot be discarded. */
function takeChanges(event: Bounced, changed: Bounced): void {
  for (const key of 'service version name url referrer context'.split(' ')) {
    const holder = (of: Bounced) => (key in event.view ? of.view : of);
    const value = holder(changed)[key];
    if (typeof value === 'string') holder(event)[key] = value;
    else if (value && key === 'context') event.context = told(value as Context);
  }
}

/** Without what JSON has no text for: one BigInt, one cycle does not cost the others. */
function told(context: Context): Context {
  const text = guard((value: unknown) => JSON.stringify(value));
  return Object.fromEntries(Object.entries(context).filter(([, value]) => text(value)));
}

/** From ms. */
function nanoseconds(time: number): number {
  return Math.round(time * 1e6);
}
