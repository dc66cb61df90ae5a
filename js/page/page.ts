/** Where the page stands when the engine starts, and what of its events never changes. */

import type { Configuration } from '../configuration.ts';
import type { EngineStart, Visit } from '../engine-contract.ts';
import { guard } from '../guard.ts';
import { sessionIn } from '../session.ts';
import { tags } from '../tags.ts';
import { uuid } from '../uuid.ts';
import { KINDS } from './events.ts';
import { input } from './input.ts';
import { START } from './kinds.ts';
import type { SessionStore } from './session-store.ts';
import { sessionType } from './session-type.ts';

/** sessionStorage key of the id of this tab (browser-rum-core 7.16, `domain/contexts/tabContext`). */
const TAB_KEY = '_dd_tab_id';

export function startEngine(
  options: Configuration,
  store: SessionStore,
  { visit, hasBounced }: EngineStart,
  isReviewed: boolean,
): void {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const session = sessionText(store.read(), visit);
  input(
    START,
    undefined,
    [
      performance.timeOrigin,
      (navigation as { activationStart?: number } | undefined)?.activationStart ?? 0,
      document.visibilityState === 'hidden',
      document.hasFocus(),
      PerformanceObserver.supportedEntryTypes.includes('layout-shift'),
      options.sessionSampleRate,
      options.trackResources,
      options.trackViewsManually,
      options.trackAnonymousUser,
      options.betaEnableViewUpdates,
      isReviewed,
      options.trackFeatureFlagsForEvents.reduce(
        (kinds, kind) => kinds | (1 << KINDS.indexOf(kind)),
        0,
      ),
      !!hasBounced,
    ],
    [
      location.href,
      document.referrer,
      uuid(),
      // Another tab or SDK may have begun another session, to which that view does not belong.
      visit && session.includes(visit.id) ? visit.viewId : '',
      session,
      base(options),
      JSON.stringify(viewBase(options)),
    ],
  );
}

/** What is stored; where nothing is, as only the engine may store it there, what the shim began. */
function sessionText(stored: string, visit: Visit | undefined): string {
  if (!visit || sessionIn(stored, Date.now()).id) return stored;
  const { viewId: _, ...session } = visit;
  return `${new URLSearchParams(session as never)}`;
}

/** What all events have: JSON text. */
export function base(options: Configuration): string {
  const { applicationId, service, version } = options;
  return JSON.stringify({
    application: { id: applicationId },
    source: options.source,
    service: service || applicationId,
    version: version || undefined,
    ddtags: tags(options, options.internalTags),
    ...sessionType(),
    tab: { id: tabId() },
    _dd: {
      format_version: 2,
      sdk_name: 'ferrum',
      configuration: {
        session_sample_rate: rounded(options.sessionSampleRate),
        session_replay_sample_rate: 0,
        profiling_sample_rate: 0,
        trace_sample_rate: rounded(options.traceSampleRate),
      },
    },
  });
}

/** What all views have. */
function viewBase(options: Configuration) {
  return {
    session: { sampled_for_replay: false },
    device: {
      locale: navigator.language,
      locales: navigator.languages,
      time_zone: timeZone(),
    },
    privacy: { replay_level: options.defaultPrivacyLevel },
    _dd: {
      configuration: {
        start_session_replay_recording_manually: options.startSessionReplayRecordingManually,
        remote_configuration_id: options.remoteConfigurationId,
      },
    },
  };
}

/** `Intl` loads its data first: a fresh renderer takes 25 ms for that. */
function timeZone(): string {
  const { Temporal } = globalThis as { Temporal?: { Now: { timeZoneId(): string } } };
  return Temporal ? Temporal.Now.timeZoneId() : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function rounded(rate: number): number {
  return Math.round(rate * 1000) / 1000;
}

function tabId(): string {
  // Where storage is blocked the id lives as long as the page.
  return guard(() => (sessionStorage[TAB_KEY] ||= uuid()))() ?? uuid();
}
