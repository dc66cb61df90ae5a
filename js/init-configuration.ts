/** The options of `init`. */

import type { RumEvent, RumEventDomainContext } from './event-types.ts';

export type TrackingConsent = 'granted' | 'not-granted';

/** Builds the whole address of a request from Datadog's path and its query without `?`. */
export type ProxyFunction = (request: { path: string; parameters: string }) => string;

/** A string is the whole of the URL, for `allowedTracingUrls` its beginning. */
export type MatchOption = string | RegExp | ((value: string) => boolean);

/** Datadog, W3C Trace Context, B3 in one header, B3 in three. */
export type PropagatorType = 'datadog' | 'tracecontext' | 'b3' | 'b3multi';

export interface TracingOption {
  match: MatchOption;
  /** Absent: `tracecontext` and `datadog`. */
  propagatorTypes?: PropagatorType[] | null | undefined;
}

export interface GraphQlUrlOption {
  match: MatchOption;
  trackPayload?: boolean;
  trackResponseErrors?: boolean;
}

export interface MatchHeader {
  /** Absent: every request. */
  url?: MatchOption;
  /** Absent: those of `DEFAULT_TRACKED_RESOURCE_HEADERS`. */
  name?: MatchOption;
  /** Its first group is taken, or the whole match. */
  extractor?: RegExp;
  location?: 'request' | 'response' | 'any';
}

export type FeatureFlagsForEvents = 'vital' | 'action' | 'long_task' | 'resource';

export type SessionPersistence = 'cookie' | 'local-storage' | 'memory';

export type TraceContextInjection = 'all' | 'sampled';

export type DefaultPrivacyLevel = 'allow' | 'mask' | 'mask-user-input' | 'mask-unless-allowlisted';

export type Site =
  | 'datadoghq.com'
  | 'us3.datadoghq.com'
  | 'us5.datadoghq.com'
  | 'datadoghq.eu'
  | 'ddog-gov.com'
  | 'us2.ddog-gov.com'
  | 'ap1.datadoghq.com'
  | 'ap2.datadoghq.com'
  | 'uk1.datadoghq.com'
  | (string & {});

/**
 * May change an event before it is sent, and discards it by returning false (views cannot be). What
 * it throws is printed, and the event is sent.
 */
export type RumBeforeSend = {
  // As a method, so that functions written for Datadog's own types fit.
  call(event: RumEvent, context: RumEventDomainContext): boolean;
}['call'];

/** What they are in full, a plugin knows from Datadog's own types. */
export interface RumPluginOnInitOptions {
  initConfiguration: object;
  publicApi: object;
  /** `callback` may add to every event as it is assembled. */
  registerAssembleEventHook(callback: never): unknown;
}

export interface OnRumStartOptions {
  addEvent?(startTime: number, event: object, domainContext: object, duration?: number): void;
  addError?(error: object): void;
}

/** Of a framework; Datadog's own work. */
export interface RumPlugin {
  name: string;
  getConfigurationTelemetry?(): Record<string, unknown>;
  /** False ends the start. */
  // biome-ignore lint/suspicious/noConfusingVoidType: a plugin may return nothing
  onInit?(options: RumPluginOnInitOptions): false | void | Promise<false | void>;
  onRumStart?(options: OnRumStartOptions): void;
}

/** `undefined`, `null` and `''` count as absent. */
export interface InitConfiguration {
  /** The RUM application, a UUID. Required. */
  applicationId: string;
  /** Required. */
  clientToken: string;
  /** Datadog's site. Absent: `datadoghq.com`. */
  site?: Site | undefined;
  /** Where to send instead: `{proxy}?ddforward={path and query}`, or what the function returns. */
  proxy?: string | ProxyFunction | undefined;
  /** Absent: the application id. Required for tracing. */
  service?: string | null | undefined;
  env?: string | null | undefined;
  version?: string | null | undefined;
  /** Share of the sessions that are collected, in percent. Absent: 100. */
  sessionSampleRate?: number | undefined;
  /** Share of the pages that may report an error of Ferrum itself, in percent. Absent: 100. */
  telemetrySampleRate?: number | undefined;
  /** Absent: granted. With `not-granted` nothing is loaded, stored or sent until it is granted. */
  trackingConsent?: TrackingConsent | undefined;
  /** Sees every event before it is sent. */
  beforeSend?: RumBeforeSend | undefined;
  /**
   * What is removed from the addresses in events (of views, requests, errors, scripts, sockets), and in
   * messages and stacks, before `beforeSend` sees them. `true`: query, fragment, user name and password;
   * a fragment that is a route (`#/users?id=1`) keeps its path. A list: as `true`, but query parameters
   * of these names stay. A function: the address is what it returns; where it throws or returns no
   * string, as `true`. Contexts stay as the page set them. Absent: nothing is removed.
   */
  scrubUrl?: boolean | string[] | ((url: string) => string) | undefined;
  /** Whether requests become events. Absent: true. */
  trackResources?: boolean | undefined;
  /** Whether clicks become actions. Absent: true. */
  trackUserInteractions?: boolean | undefined;
  /** Whether long tasks and long animation frames become events. Absent: true. */
  trackLongTasks?: boolean | undefined;
  /**
   * Whether a request that failed, or was answered with 500 or more, is an error event too; not one
   * that the page aborted. `fetch` and XMLHttpRequest are patched for it. Absent: false.
   */
  trackNetworkErrors?: boolean | undefined;
  /**
   * Whether views tell why their vitals are what they are, in `context.ferrum.*`. Absent: true.
   */
  trackVitalCauses?: boolean | undefined;
  /**
   * What vitals may take: `context.ferrum.over_budget` of a view names those that take more, and only up to
   * these they are rated `good` in `context.ferrum.ratings`. Milliseconds; `cls` has no unit. Each that is
   * absent: lcp 2500, fid 100, cls 0.1, inp 200.
   */
  budgets?: { lcp?: number; fid?: number; cls?: number; inp?: number } | undefined;
  /** Whether an image, script, stylesheet… that could not be loaded is an error event. Absent: false. */
  trackElementErrors?: boolean | undefined;
  /**
   * Whether the use of what browsers will remove is an error event, with the browser's own words.
   * Absent: false.
   */
  trackDeprecations?: boolean | undefined;
  /**
   * Headers of requests and responses to collect; true for the usual ones. `fetch` and XMLHttpRequest are
   * patched for it. Absent: none.
   */
  trackResourceHeaders?: boolean | MatchHeader[] | undefined;
  /** Requests that are GraphQL; `fetch` and XMLHttpRequest are patched for it. */
  allowedGraphQlUrls?: (MatchOption | GraphQlUrlOption)[] | undefined;
  /** Requests that do not count as activity of the page. */
  excludedActivityUrls?: MatchOption[] | undefined;
  /** Requests that get the headers of a trace; `fetch` and XMLHttpRequest are patched for it. */
  allowedTracingUrls?: (MatchOption | TracingOption)[] | undefined;
  /** Share of the collected sessions whose requests are traced, in percent. Absent: 100. */
  traceSampleRate?: number | undefined;
  /** Whether requests of sessions that are not traced get headers that say so. Absent: `sampled`. */
  traceContextInjection?: TraceContextInjection | undefined;
  /**
   * Whether the ids of session, user and account go along as `baggage`, with what the page has there
   * itself. Absent: true.
   */
  propagateTraceBaggage?: boolean | undefined;
  /** Trace ids of 128 bits, the upper half as Datadog's tracers make it. Datadog's SDK has 64 only. */
  traceId128Bit?: boolean | undefined;
  /** Absent: `mask-user-input`. */
  defaultPrivacyLevel?: DefaultPrivacyLevel | undefined;
  /** Whether the privacy level holds for the names of actions. Absent: true. */
  enablePrivacyForActionName?: boolean | undefined;
  /** Attribute that names an action. */
  actionNameAttribute?: string | undefined;
  /**
   * Whether `history.pushState` and `replaceState` are patched where the browser has no Navigation API
   * (Firefox before 147, Safari before 26.2), so that a route is a view from its beginning. Absent:
   * false, and there it is one from the next click, key or call on. Always in the drop-in.
   */
  trackHistory?: boolean | undefined;
  /** Views begin by `startView` only. Absent: false. */
  trackViewsManually?: boolean | undefined;
  /** An id of the visitor that outlives the session. Absent: true. */
  trackAnonymousUser?: boolean | undefined;
  /** More kinds of events that get the feature flags of their view. */
  trackFeatureFlagsForEvents?: FeatureFlagsForEvents[];
  /** Where the session is kept: the first that works. Absent: a cookie. */
  sessionPersistence?: SessionPersistence | SessionPersistence[] | undefined;
  /** Whether contexts outlive the page. Absent: false. */
  storeContextsAcrossPages?: boolean | undefined;
  /** Absent: false. */
  trackSessionAcrossSubdomains?: boolean | undefined;
  /** Absent: false. */
  useSecureSessionCookie?: boolean | undefined;
  /** For a page in a frame of another site. Absent: false. */
  usePartitionedCrossSiteSessionCookie?: boolean | undefined;
  /**
   * The origins (`https://shop.example`) of pages where it may run; on others it says so and collects
   * nothing. Needed in the content script of a browser extension. Absent: all.
   */
  allowedTrackingOrigins?: MatchOption[] | undefined;
  /** Whether events that scripts dispatch count. Absent: false. */
  allowUntrustedEvents?: boolean | undefined;
  /** A second `init` prints no error. Absent: false. */
  silentMultipleInit?: boolean | undefined;
  plugins?: RumPlugin[] | undefined;
  /** Absent: true, unless there is a proxy. */
  betaEnableViewUpdates?: boolean | undefined;
  /** Whether WebSockets become events. Absent: false. */
  betaTrackWebSockets?: boolean | undefined;
  /** Of the links of `getSessionReplayLink`. */
  subdomain?: string;

  /**
   * Whether bodies are deflated before they are sent, where the browser can (`CompressionStream`); what
   * is sent as the page is left is not. Absent: true, unless there is a proxy; in the drop-in false.
   */
  compressIntakeRequests?: boolean | undefined;
  /** Without effect: compression needs no worker. */
  workerUrl?: string;
  /** Without effect: sessions are not replayed. */
  sessionReplaySampleRate?: number | undefined;
  /** Without effect, as `sessionReplaySampleRate`. */
  startSessionReplayRecordingManually?: boolean | undefined;
  /** Without effect, as `sessionReplaySampleRate`. */
  sessionReplayCanvasRecording?:
    | { enable: boolean; quality?: 'low' | 'medium' | 'high' | undefined }
    | undefined;
  /** Without effect: there is no profiler. */
  profilingSampleRate?: number | undefined;
  /** Datadog's own. */
  telemetryConfigurationSampleRate?: number;
  /** Datadog's own. */
  telemetryUsageSampleRate?: number;
  /** Datadog's own. */
  enableExperimentalFeatures?: string[] | undefined;
  /** As `remoteConfiguration`, with this id. */
  remoteConfigurationId?: string | undefined;
  /**
   * Options, a user and a context that Datadog keeps under this id are fetched before the start, and
   * hold instead of the page's. When they cannot be had, the page's hold, unless they are `required`:
   * then nothing is collected.
   */
  remoteConfiguration?: { id: string; sync?: boolean; required?: boolean } | undefined;
  /** Where they are fetched instead. */
  remoteConfigurationProxy?: string | undefined;
  /** Datadog's own. */
  replica?: { applicationId?: string; clientToken: string } | undefined;
  /** Datadog's own. */
  datacenter?: string;
  /** Datadog's own. */
  source?: 'browser' | 'flutter' | 'unity' | undefined;
  /** Datadog's own. */
  sdkVersion?: string | undefined;
  /** Datadog's own. */
  variant?: string | undefined;
}
