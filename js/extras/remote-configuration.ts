/**
 * Options that are kept at Datadog (browser-rum-core 7.16, `remoteConfiguration.ts`). Unlike there,
 * collection begins with the page's own options when they cannot be had.
 */

import type { InitConfiguration } from '../types.ts';
import type { Display } from './display.ts';
import { pathKeys } from './json-path.ts';
import { extracted } from './match.ts';
import { isObject } from './object.ts';

export interface RemoteOptions {
  /** Waited for. */
  remoteConfigurationId?: string | undefined;
  /** The last known is used, and a newer one is for the next page; `sync`: waited for. */
  remoteConfiguration?: { id: string; sync?: boolean | undefined; required?: boolean } | undefined;
  remoteConfigurationProxy?: string | undefined;
}

interface Remote {
  rum?: Record<string, unknown>;
  profiling?: { sampleRate?: number };
}

/** What the engine's chunk has to bring. */
export interface RemoteHost extends Display {
  fetch: typeof fetch;
  /** Comes after what the page has set so far; without `isWaiting`, after what it had until `init`. */
  setContextProperty(kind: 'user' | 'context', key: string, value: unknown): void;
  isWaiting?: boolean;
  /** Resolves after so many ms. */
  wait(ms: number): Promise<undefined>;
}

/** Of the stored form, which the official SDK reads too (`remoteConfigurationCache.ts`). */
const CACHE_VERSION = 3;

/** ms after which the page's own options will do; the official SDK waits as long as it takes. */
const LIMIT = 5000;

/** Those that it may set (browser-rum-core 7.16, `SUPPORTED_RUM_FIELDS`). */
const FIELDS =
  'applicationId service env version sessionSampleRate sessionReplaySampleRate telemetrySampleRate trackAnonymousUser trackUserInteractions trackResources trackLongTasks traceContextInjection actionNameAttribute defaultPrivacyLevel enablePrivacyForActionName traceSampleRate trackSessionAcrossSubdomains allowedTracingUrls allowedTrackingOrigins'.split(
    ' ',
  );

/**
 * The options to start with; `undefined` when the page forbids to start without a remote
 * configuration (`required`) and there is none. Never rejects.
 */
export async function remoteConfiguration(
  page: InitConfiguration & RemoteOptions,
  host: RemoteHost,
): Promise<InitConfiguration | undefined> {
  const { remoteConfiguration: described, remoteConfigurationId } = page;
  const id = described?.id ?? (remoteConfigurationId as string);
  // Views say it, whichever way it came.
  const given = { ...page, remoteConfigurationId: id };
  const key = `dd_rc_${id}`;
  const isAwaited = remoteConfigurationId || described?.sync;
  const isRequired = !isAwaited && described?.required;

  let config = isAwaited ? undefined : read(key);
  const fetched = download(given, id, host).then((found) => {
    if (found) write(key, found);
    return found;
  });
  // With `required` the official SDK would leave this page out even if the answer came at once.
  if (isAwaited || (isRequired && !config)) {
    host.isWaiting = true;
    config = await Promise.race([fetched, host.wait(LIMIT)]);
    // An old one is better than none.
    config ??= read(key);
  }
  try {
    if (config) return applied(given, config, host);
  } catch (thrown) {
    host.error('Error applying the remote configuration.', thrown);
    return given;
  }
  return isRequired ? undefined : given;
}

async function download(
  { site, remoteConfigurationProxy }: InitConfiguration & RemoteOptions,
  id: string,
  { fetch, error }: RemoteHost,
): Promise<Remote | undefined> {
  let fault = 'Error fetching the remote configuration.';
  try {
    const domain = (site || 'datadoghq.com').replace(/\.(?=.*\.)/g, '-');
    const response = await fetch(
      remoteConfigurationProxy ||
        `https://sdk-configuration.browser-intake-${domain}/v1/${encodeURIComponent(id)}.json`,
    );
    if (response.ok) {
      const found = (await response.json()) as Remote;
      if (found.rum || found.profiling) return found;
      fault = 'No remote configuration for RUM.';
    }
  } catch {}
  error(fault);
}

function read(key: string): Remote | undefined {
  try {
    const { version, config } = JSON.parse(localStorage.getItem(key) as string);
    return version === CACHE_VERSION && isObject(config) ? config : undefined;
  } catch {}
}

/** What is stored already stays, with what the official SDK has noted of it. */
function write(key: string, config: Remote): void {
  if (JSON.stringify(read(key)) === JSON.stringify(config)) return;
  // All that the official SDK asks of the id is that no other be like it.
  const metadata = { lastSynced: Date.now(), syncId: `${Math.random()}` };
  try {
    localStorage.setItem(key, JSON.stringify({ version: CACHE_VERSION, config, metadata }));
  } catch {
    // Full, or forbidden: the next page asks again.
  }
}

function applied(given: InitConfiguration, { rum, profiling }: Remote, host: RemoteHost) {
  const options = { ...given } as InitConfiguration & Record<string, unknown>;
  for (const field of FIELDS) {
    if (rum && field in rum) options[field] = resolved(rum[field], host);
  }
  for (const kind of ['user', 'context'] as const) {
    for (const { key, value } of [rum?.[kind] ?? []].flat() as { key: string; value: unknown }[]) {
      host.setContextProperty(kind, key, resolved(value, host));
    }
  }
  if (profiling?.sampleRate !== undefined) options.profilingSampleRate = profiling.sampleRate;
  return options;
}

/** Marked objects stand for what JSON has not, or for a value of the page. */
function resolved(given: unknown, host: RemoteHost): unknown {
  if (Array.isArray(given)) return given.map((item) => resolved(item, host));
  if (!isObject(given)) return given;
  const { rcSerializedType: type, value } = given;
  if (type === undefined) {
    return Object.fromEntries(
      Object.entries(given).map(([key, item]) => [key, resolved(item, host)]),
    );
  }
  if (type === 'string') return value;
  if (type === 'regex') return regExp(value, host);
  if (type === 'dynamic') return dynamic(given, host);
  host.error(`Unsupported remote configuration: "rcSerializedType": "${type}"`);
}

function regExp(pattern: unknown, display: Display): RegExp | undefined {
  try {
    return new RegExp(pattern as string);
  } catch {
    invalid('regex', pattern, display);
  }
}

function invalid(what: string, given: unknown, { error }: Display): undefined {
  error(`Invalid ${what} in the remote configuration: '${given}'`);
}

interface Dynamic {
  strategy: string;
  name: string;
  key: string;
  path: string;
  selector: string;
  attribute?: string;
  extractor?: { value: string };
}

function dynamic(given: unknown, host: RemoteHost): unknown {
  const { strategy, name, key, path, extractor, ...rest } = given as Dynamic;
  const value =
    strategy === 'cookie'
      ? cookie(name)
      : strategy === 'localStorage'
        ? stored(key)
        : strategy === 'dom'
          ? fromDocument(rest, host)
          : strategy === 'js'
            ? fromPage(path, host)
            : host.error(`Unsupported remote configuration: "strategy": "${strategy}"`);
  if (!extractor || typeof value !== 'string') return value;
  const pattern = regExp(extractor.value, host);
  return pattern && extracted(value, pattern);
}

function cookie(name: string): string | undefined {
  const all = document.cookie.split(/; */).map((pair) => /^(.*?)\s*=\s*(.*)/.exec(pair) ?? []);
  return all.find((pair) => pair[1] === name)?.[2] || undefined;
}

function stored(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {}
}

function fromDocument(
  { selector, attribute }: Pick<Dynamic, 'selector' | 'attribute'>,
  display: Display,
): string | undefined {
  try {
    const element = document.querySelector(selector);
    if (element?.getAttribute('type') === 'password' && attribute === 'value') {
      display.error(`Forbidden element selected by the remote configuration: '${selector}'`);
      return undefined;
    }
    const text = attribute === undefined ? element?.textContent : element?.getAttribute(attribute);
    return text ?? undefined;
  } catch {
    invalid('selector', selector, display);
  }
}

function fromPage(path: string, display: Display): unknown {
  const keys = pathKeys(path);
  if (!keys[0]) return invalid('JSON path', path, display);
  try {
    // Where the way ends early there is no value.
    return keys.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | null)?.[key],
      window,
    );
  } catch (thrown) {
    display.error(`Error accessing: '${path}'`, thrown);
  }
}
