/** The public API and its options. */

import type { RumEvent, RumEventDomainContext } from './event-types.ts';

export type * from './event-types.ts';

/** Plain data. What JSON cannot say is replaced by a text, as `[Function] name`. */
export type Context = Record<string, unknown>;

/** A context as it is kept: what JSON can say. */
export interface PlainContext {
  [key: string]: ContextValue;
}

export type ContextValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | PlainContext
  | ContextValue[];

export type TrackingConsent = 'granted' | 'not-granted';

/** `id`, `name` and `email` are turned into strings. */
export interface User extends Context {
  id?: string | undefined;
  name?: string | undefined;
  email?: string | undefined;
}

/** `id` and `name` are turned into strings. Without an id nothing is sent. */
export interface Account extends Context {
  id: string;
  name?: string | undefined;
}

export interface ViewOptions {
  /** Absent: the backend derives one from the URL. */
  name?: string | undefined;
  /** Absent: the one given to `init`. */
  service?: string | null | undefined;
  /** Absent: the one given to `init`. */
  version?: string | null | undefined;
  /** On the events of this view only. */
  context?: Context | undefined;
  /** Instead of the page's own; may be relative. */
  url?: string | undefined;
}

/** For other SDKs that link what they send to this visit. */
export interface InternalContext extends PlainContext {
  application_id: string;
  session_id: string | undefined;
  view?: { id: string; name?: string; referrer: string; url: string };
  user_action?: { id: string[] };
}

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

  /** Without effect: bodies are sent as they are. */
  compressIntakeRequests?: boolean | undefined;
  /** Without effect, as `compressIntakeRequests`. */
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

export interface ActionOptions {
  /** Absent: `custom`. */
  type?: 'click' | 'custom' | 'tap' | 'scroll' | 'swipe' | 'application_start' | 'back';
  context?: object;
  /** Tells actions of one name apart. Absent: the name. */
  actionKey?: string;
}

export type ResourceType =
  | 'document'
  | 'xhr'
  | 'beacon'
  | 'fetch'
  | 'css'
  | 'js'
  | 'image'
  | 'font'
  | 'media'
  | 'other'
  | 'native'
  | 'websocket';

export interface ResourceOptions {
  /** Absent: `other`. */
  type?: ResourceType;
  method?: string;
  context?: Context;
  /** Tells resources of one URL apart. Absent: the URL. */
  resourceKey?: string;
}

export interface ResourceStopOptions {
  type?: ResourceType;
  statusCode?: number;
  /** Bytes. */
  size?: number;
  context?: Context;
  resourceKey?: string;
}

export interface VitalOptions {
  context?: object;
  description?: string;
}

export interface DurationVitalOptions extends VitalOptions {
  /** Tells vitals of one name apart. Absent: the name. */
  vitalKey?: string;
}

export interface AddDurationVitalOptions extends DurationVitalOptions {
  /** Epoch ms. */
  startTime: number;
  /** ms. */
  duration: number;
}

export interface OperationOptions extends VitalOptions {
  /** Tells operations of one name apart. Absent: the name. */
  operationKey?: string;
}

/** @deprecated Use {@link OperationOptions}. */
export type FeatureOperationOptions = OperationOptions;

export type FailureReason = 'error' | 'abandoned' | 'other';

export interface StartRecordingOptions {
  force: boolean;
}

/**
 * Nothing here ever throws into the page. Everything can be called at any time: before `init` and
 * before the engine is loaded calls are kept with their time (the first 500, and the first 500
 * errors), and without a document (Node) and after `stop` they do nothing. Later changes to arguments
 * are not seen; before the engine is loaded this holds for plain objects and arrays of at most 8,192
 * values. Past 220 KiB of JSON they are cut, and a warning says so. Messages begin with `Ferrum: `;
 * those about arguments are printed when the engine is there.
 */
export interface Ferrum {
  /** Of this package. */
  readonly version: string;

  /**
   * Calls `callback` at once. What it throws is printed:
   * `onReady callback threw an error:`.
   */
  onReady(callback: () => void): void;

  /**
   * Begins, once per page. The engine is loaded after the page's own `load`, in an idle period.
   *
   * Prints an error and does nothing for: no configuration (`Missing configuration`), something other
   * than an object (`Configuration must be an object`), no id or token (`"applicationId" is required`),
   * and a second time (`ferrum is already initialized.`, not with `silentMultipleInit`). The other
   * options are checked by the engine; with one that it refuses nothing is collected.
   */
  init(configuration: InitConfiguration): void;

  /** A copy of what was given to `init`, valid or not; `undefined` before. */
  getInitConfiguration(): InitConfiguration | undefined;

  /**
   * An action that the page itself names. A name that is no string is ignored:
   * `Invalid action name provided (expected a string, got …). Ignoring.`
   */
  addAction(name: string, context?: object): void;

  /**
   * Begins an action that lasts until `stopAction` with the same name (or `actionKey`); what happens
   * meanwhile counts as its errors, resources and long tasks. One that is not stopped is not sent.
   */
  startAction(name: string, options?: ActionOptions): void;
  /** Contexts of both calls are merged. */
  stopAction(name: string, options?: ActionOptions): void;

  /** Begins a resource that the browser does not know of, until `stopResource`. */
  startResource(url: string, options?: ResourceOptions): void;
  /** With the same URL (or `resourceKey`). */
  stopResource(url: string, options?: ResourceStopOptions): void;

  /** Something that took time. */
  addDurationVital(name: string, options: AddDurationVitalOptions): void;
  startDurationVital(name: string, options?: DurationVitalOptions): void;
  /** With the same name (or `vitalKey`). */
  stopDurationVital(name: string, options?: DurationVitalOptions): void;

  /** The beginning of what the visitor wants to do; the backend joins it with its end. */
  startOperation(name: string, options?: OperationOptions): void;
  succeedOperation(name: string, options?: OperationOptions): void;
  failOperation(name: string, failureReason: FailureReason, options?: OperationOptions): void;
  /** @deprecated Use {@link startOperation}. */
  startFeatureOperation(name: string, options?: OperationOptions): void;
  /** @deprecated Use {@link succeedOperation}. */
  succeedFeatureOperation(name: string, options?: OperationOptions): void;
  /** @deprecated Use {@link failOperation}. */
  failFeatureOperation(
    name: string,
    failureReason: FailureReason,
    options?: OperationOptions,
  ): void;

  /**
   * An error that the page handled, with its stack and its causes (at most 10). What is no Error is
   * reported as `Provided {its JSON}`.
   */
  addError(error: unknown, context?: object): void;

  /**
   * A moment of the current view. `time` is in ms, since the page's time origin or since 1970; absent:
   * now. Warns `Invalid timing name provided (…)`.
   */
  addTiming(name: string, time?: number): void;

  /** The current view has loaded, now. The last call counts; none is measured any more. */
  setViewLoadingTime(): void;

  /**
   * Replaces the user (`usr`) of all later events. What is no object clears it and prints
   * `Unsupported context:`.
   */
  setUser(user: User): void;
  /** A copy; `{}` when there is none. */
  getUser(): User & PlainContext;
  setUserProperty(key: string, value: unknown): void;
  removeUserProperty(key: string): void;
  clearUser(): void;

  /**
   * Replaces the account of all later events. Without an id it is kept but not sent:
   * `The property id of account is required; context will not be sent to the intake.`
   * What is no object clears it and prints `Unsupported context:`.
   */
  setAccount(account: Account): void;
  /** A copy; `{}` when there is none. */
  getAccount(): Partial<Account> & PlainContext;
  setAccountProperty(key: string, value: unknown): void;
  removeAccountProperty(key: string): void;
  clearAccount(): void;

  /**
   * Replaces the `context` of all later events. What is no object clears it and prints
   * `Unsupported context:`.
   */
  setGlobalContext(context: Context): void;
  /** A copy; `{}` when there is none. */
  getGlobalContext(): PlainContext;
  setGlobalContextProperty(key: string, value: unknown): void;
  removeGlobalContextProperty(key: string): void;
  clearGlobalContext(): void;

  /**
   * Ends the current view and begins another. Names, services, versions and URLs that are no string
   * are ignored: `Invalid view name provided (expected a string, got …). Ignoring.`
   */
  startView(options?: string | ViewOptions): void;
  /** Names the current view. Warns as `startView`. */
  setViewName(name: string): void;
  /**
   * Replaces the current view's own context; it goes with the view. What is no object clears it and
   * prints `Unsupported context:`.
   */
  setViewContext(context: Context): void;
  setViewContextProperty(key: string, value: unknown): void;
  /** A copy; `{}` when there is none. */
  getViewContext(): PlainContext;

  /**
   * The variant of a feature flag that the visitor got, on the current view and its errors; the last
   * value of a key counts. Warns `Invalid feature flag key provided (…)`.
   */
  addFeatureFlagEvaluation(key: string, value: unknown): void;

  /**
   * Beats the option of `init`, whichever is first. Anything but `granted` counts as not granted. Once
   * withdrawn, the session ends; nothing more is collected until it is granted again.
   */
  setTrackingConsent(consent: TrackingConsent): void;

  /**
   * The ids of the session and view at `startTime`, ms since the time origin; absent: now. Before the
   * engine is there those of the first view. `undefined` when there is none, when the session is not
   * collected, and before `init`.
   */
  getInternalContext(startTime?: number): InternalContext | undefined;

  /** Ends the session; the next interaction begins another. */
  stopSession(): void;

  /**
   * Where Datadog would show the replay of this session; `undefined` before the engine is ready. There
   * is none: the page behind the link says so.
   */
  getSessionReplayLink(): string | undefined;
  /** Without effect, which it says once. */
  startSessionReplayRecording(options?: StartRecordingOptions): void;
  /** Without effect, which it says once. */
  stopSessionReplayRecording(): void;

  /** Sends what there is, removes all listeners and undoes all patches. There is no way back. */
  stop(): void;
}
