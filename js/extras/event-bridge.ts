/** A web view of an app whose Datadog SDK takes the events (browser-core 7.16, `eventBridge.ts`). */

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
  /** Whether traces are sampled, where the app has decided that. */
  isTraceSampled: boolean | undefined;
  /** `json` is an event. Never throws. */
  send(json: string, type?: 'rum' | 'internal_telemetry'): void;
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
  return {
    options: (given) => overridden(given, ask('getPrivacyLevel')),
    isTraceSampled: (parse(ask('getIsTraceSampled')) as boolean | null) ?? undefined,
    send(json, type = 'rum') {
      try {
        native.send(`{"eventType":"${type}","event":${json}}`);
      } catch (thrown) {
        error('The event bridge threw an error:', thrown);
      }
    },
  };
}

/** browser-rum-core 7.16, `overrideInitConfigurationForBridge`. */
function overridden<T extends object>(given: T, privacyLevel: string | undefined): T {
  const options = given as Record<string, unknown>;
  return {
    ...given,
    service: options.service || options.applicationId,
    applicationId: '00000000-aaaa-0000-aaaa-000000000000',
    clientToken: 'empty',
    sessionSampleRate: 100,
    defaultPrivacyLevel: options.defaultPrivacyLevel ?? privacyLevel,
  };
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
