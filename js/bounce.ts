/**
 * The least valid view event, from what the shim alone knows: for a page that is hidden before the
 * engine is ready, so that a bounce and the variants seen by it are counted.
 */

import type { Call, Visit } from './engine-contract.ts';
import { guard } from './guard.ts';
import { tags } from './tags.ts';
import type { Context, InitConfiguration, RumBeforeSend, ViewOptions } from './types.ts';

/**
 * `contexts` are by kind. Whatever views the page started meanwhile, to the intake they are one, with
 * the latest name.
 */
export function bounceView(
  options: InitConfiguration,
  contexts: Context[],
  calls: Call[],
  hiddenAt: number,
  { id, aid, viewId }: Visit,
): Context {
  const { applicationId, service, version } = options;
  const [ofAll, user, account, ofView] = contexts.map(told) as [Context, Context, Context, Context];
  const flags: Context = {};
  let name: unknown;
  for (const [method, , [first, value]] of calls) {
    if (/View(Name)?$/.test(method)) name = (first as ViewOptions)?.name ?? first ?? name;
    if (/Flag/.test(method)) flags[first as string] = value;
  }
  const count = (pattern: RegExp) => ({
    count: calls.filter(([method]) => pattern.test(method)).length,
  });
  // 0 is for what the browser does not tell; after `hiddenAt` nobody saw it.
  const seen = (time = 0) => (time < hiddenAt && nanoseconds(time)) || undefined;

  const event = {
    type: 'view',
    date: Math.round(performance.timeOrigin),
    application: { id: applicationId },
    source: 'browser',
    service: service || applicationId,
    version,
    ddtags: tags(options),
    session: { id, type: 'user' },
    view: {
      id: viewId,
      url: scrubbed(options, location.href),
      referrer: scrubbed(options, document.referrer),
      name,
      loading_type: 'initial_load',
      is_active: true,
      time_spent: nanoseconds(performance.now()),
      action: count(/addA/),
      error: count(/Error/),
      resource: { count: 0 },
      first_byte: seen(
        (performance.getEntriesByType('navigation')[0] as PerformanceResourceTiming | undefined)
          ?.responseStart,
      ),
      first_contentful_paint: seen(
        performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      ),
    },
    context: { ...ofAll, ...ofView },
    usr: { ...user, anonymous_id: aid },
    account: account.id && account,
    feature_flags: told(flags),
    _dd: {
      format_version: 2,
      document_version: 1,
      sdk_name: 'ferrum',
      configuration: { session_sample_rate: options.sessionSampleRate ?? 100 },
    },
  };
  // Whatever it changes, but it cannot discard a view.
  guard(options.beforeSend as RumBeforeSend)(event as never, { location } as never);
  return { ...event, context: told(event.context) };
}

/** Without what JSON has no text for: one BigInt, one cycle does not cost the others. */
function told(context: Context): Context {
  return Object.fromEntries(
    Object.entries(context).filter(([, value]) => guard(JSON.stringify)(value)),
  );
}

/** From ms. */
function nanoseconds(time: number): number {
  return Math.round(time * 1e6);
}

/** A part of the page's wish is enough: the engine's first version brings back what may stay. */
export function scrubbed(options: InitConfiguration, url: string): string {
  return (
    guard((options.scrubUrl || String) as typeof String)(url) ?? (url.split(/[?#]/)[0] as string)
  );
}
