/**
 * The least valid view event, from what the shim alone knows: for a page that is hidden before the
 * engine is ready, so that a bounce and the variants seen by it are counted.
 */

import { ACCOUNT, type Bounce, type Call, GLOBAL, USER, VIEW } from './engine-contract.ts';
import { currentSession, isSampled } from './session.ts';
import { tags } from './tags.ts';
import type { Context, InitConfiguration } from './types.ts';
import { uuid } from './uuid.ts';

/**
 * The event and its ids; `undefined` when the session is not sampled. `contexts` are JSON texts by
 * kind. Whatever views the page started meanwhile, to the intake they are one, with the latest name.
 */
export function bounceView(
  options: InitConfiguration,
  contexts: string[],
  calls: Call[],
  hiddenAt: number,
): (Bounce & { event: Context }) | undefined {
  const { id: sessionId, aid } = currentSession(options, Date.now());
  const rate = options.sessionSampleRate ?? 100;
  if (!isSampled(sessionId, rate)) return;

  const viewId = uuid();
  const { applicationId, service, version } = options;
  const context = contexts.map((text) => JSON.parse(text) as Context);
  const flags: Context = {};
  let name: unknown;
  for (const call of calls) {
    if (call[0] === 'setViewName') name = call[2];
    if (call[0] === 'startView') name = JSON.parse(call[2]).name ?? name;
    if (call[0] === 'addFeatureFlagEvaluation') flags[call[2]] = JSON.parse(call[3]);
  }
  const count = (method?: Call[0]) => ({
    count: calls.filter((call) => call[0] === method).length,
  });

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
      url: location.href,
      referrer: document.referrer,
      name,
      loading_type: 'initial_load',
      is_active: true,
      time_spent: nanoseconds(performance.now()),
      action: count('addAction'),
      error: count('addError'),
      resource: count(),
      long_task: count(),
      frustration: count(),
      ...paint(hiddenAt),
    },
    context: filled({ ...context[GLOBAL], ...context[VIEW] }),
    usr: filled({ ...context[USER], anonymous_id: aid }),
    account: context[ACCOUNT]?.id && context[ACCOUNT],
    feature_flags: filled(flags),
    _dd: {
      format_version: 2,
      drift: 0,
      document_version: 1,
      sdk_name: 'ferrum',
      configuration: { session_sample_rate: rate, session_replay_sample_rate: 0 },
    },
  };
  return { viewId, sessionId, event };
}

/** First byte and first contentful paint, as far as they are known and were seen. */
function paint(hiddenAt: number): Context {
  const start = (name: string, entries: PerformanceEntryList) => {
    // 0 is for what the browser does not tell; after `hiddenAt` nobody saw it.
    const time = (entries[0] as unknown as Record<string, number> | undefined)?.[name];
    return time && time < hiddenAt ? nanoseconds(time) : undefined;
  };
  const timestamp = start('startTime', performance.getEntriesByName('first-contentful-paint'));
  return {
    first_byte: start('responseStart', performance.getEntriesByType('navigation')),
    first_contentful_paint: timestamp,
    performance: timestamp && { fcp: { timestamp } },
  };
}

/** From ms. */
function nanoseconds(time: number): number {
  return Math.round(time * 1e6);
}

/** Empty objects are left out of events. */
function filled(context: Context): Context | undefined {
  return JSON.stringify(context) === '{}' ? undefined : context;
}
