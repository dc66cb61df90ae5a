/** A web view of an app whose Datadog SDK takes the events (browser-core 7.16, `eventBridge.ts`). */

import type { Context } from '../types.ts';
import { uuid } from '../uuid.ts';
import { VERSION } from '../version.ts';
import type { Display } from './display.ts';

interface NativeBridge {
  getPrivacyLevel?(): string;
  getIsTraceSampled?(): string;
  getAllowedWebViewHosts(): string;
  send(message: string): void;
}

type Question = Exclude<keyof NativeBridge, 'send'>;

export interface EventBridge {
  /** Options that hold instead of the page's: the app has the session and the credentials. */
  options<T extends object>(given: T): T;
  /** What is stored of the session, which never ends: the app has its own. */
  session(): string;
  /** `json` is an event. Never throws. */
  send(json: string): void;
}

/** `undefined` where there is none, or when it does not want events of this host. Never throws. */
export function eventBridge({ error }: Display, host = location.hostname): EventBridge | undefined {
  const native = (globalThis as { DatadogEventBridge?: NativeBridge }).DatadogEventBridge;
  /** What the app answers; nothing when it fails to. */
  const ask = (method: Question): string | undefined => {
    try {
      return native?.[method]?.();
    } catch {}
  };
  const hosts = parse(ask('getAllowedWebViewHosts'));
  if (!native || !Array.isArray(hosts)) return undefined;
  if (!hosts.some((entry) => isHost(host, `${entry}`, error))) return undefined;
  const id = uuid();
  let traceSampleRate: number | undefined;
  return {
    options(given) {
      traceSampleRate = (given as { traceSampleRate?: number }).traceSampleRate;
      const isTraceSampled = parse(ask('getIsTraceSampled')) as boolean | null | undefined;
      return overridden(given, ask('getPrivacyLevel'), isTraceSampled ?? undefined);
    },
    session: () => `id=${id}&created=${Date.now()}&expire=${Date.now() + SESSION_TIME}`,
    send(json) {
      try {
        const event = completed(JSON.parse(json), traceSampleRate);
        native.send(JSON.stringify({ eventType: 'rum', event }));
      } catch (thrown) {
        error('The event bridge threw an error:', thrown);
      }
    },
  };
}

/** ms; any time that is longer than what is between two looks at the session. */
const SESSION_TIME = 15 * 60 * 1000;

/**
 * browser-rum-core 7.16, `overrideInitConfigurationForBridge`. That the session is the app's, that it
 * has decided about traces and wants whole views is said in the engine's terms. Ferrum's telemetry
 * would go to Datadog without credentials.
 */
function overridden<T extends object>(
  given: T,
  privacyLevel: string | undefined,
  isTraceSampled: boolean | undefined,
): T {
  const options = given as Record<string, unknown>;
  return {
    ...given,
    ...(isTraceSampled !== undefined && { traceSampleRate: isTraceSampled ? 100 : 0 }),
    sessionPersistence: 'memory',
    trackAnonymousUser: false,
    betaEnableViewUpdates: false,
    telemetrySampleRate: 0,
    service: options.service || options.applicationId,
    applicationId: '00000000-aaaa-0000-aaaa-000000000000',
    clientToken: 'empty',
    sessionSampleRate: 100,
    defaultPrivacyLevel: options.defaultPrivacyLevel ?? privacyLevel,
  };
}

/** What only events for an app have; and the page's own sample rate, for the app's decision. */
function completed(event: Context, traceSampleRate: number | undefined): Context {
  const _dd = event._dd as Context & { configuration: Context };
  _dd.browser_sdk_version = VERSION;
  _dd.configuration.trace_sample_rate = Math.round((traceSampleRate ?? 100) * 1000) / 1000;
  if ('rule_psr' in _dd) _dd.rule_psr = traceSampleRate && traceSampleRate / 100;
  return event;
}

/** An entry is a host with all below it, or a pattern with one `*`. */
function isHost(host: string, entry: string, error: Display['error']): boolean {
  const [start, end, more] = entry.split('*') as [string, string?, string?];
  if (end === undefined) return host === entry || host.endsWith(`.${entry}`);
  if (more !== undefined) {
    error(`Invalid WebView host pattern "${entry}": only one wildcard (*) is supported.`);
    return false;
  }
  return host.length > entry.length - 1 && host.startsWith(start) && host.endsWith(end);
}

function parse(json: string | undefined): unknown {
  try {
    return JSON.parse(json as string);
  } catch {
    return undefined;
  }
}
