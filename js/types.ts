/** The public API and its options. */

/** Plain data. What JSON cannot say is replaced by a text, as `[Function] name`. */
export type Context = Record<string, unknown>;

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
  service?: string | undefined;
  /** Absent: the one given to `init`. */
  version?: string | undefined;
  /** On the events of this view only. */
  context?: Context | undefined;
  /** Instead of the page's own; may be relative. */
  url?: string | undefined;
}

/** For other SDKs that link what they send to this visit. */
export interface InternalContext {
  application_id: string;
  session_id: string | undefined;
  view?: { id: string; name?: string; referrer: string; url: string };
  user_action?: { id: string[] };
}

/** Builds the whole address of a request from Datadog's path and its query without `?`. */
export type ProxyFunction = (request: { path: string; parameters: string }) => string;

/** `undefined`, `null` and `''` count as absent. */
export interface InitConfiguration {
  /** The RUM application, a UUID. Required. */
  applicationId: string;
  /** Required. */
  clientToken: string;
  /** Datadog's site. Absent: `datadoghq.com`. */
  site?: string | undefined;
  /** Where to send instead: `{proxy}?ddforward={path and query}`, or what the function returns. */
  proxy?: string | ProxyFunction | undefined;
  /** Absent: the application id. */
  service?: string | null | undefined;
  env?: string | null | undefined;
  version?: string | null | undefined;
  /** Share of the sessions that are collected, in percent. Absent: 100. */
  sessionSampleRate?: number | undefined;
  /** Share of the pages that may report an error of Ferrum itself, in percent. Absent: 100. */
  telemetrySampleRate?: number | undefined;
  /** Absent: granted. With `not-granted` nothing is loaded, stored or sent until it is granted. */
  trackingConsent?: TrackingConsent | undefined;
  /** Whether requests become events. Absent: true. */
  trackResources?: boolean | undefined;
  /** Share of the requests that are traced, in percent; only reported so far. Absent: 100. */
  traceSampleRate?: number | undefined;
  /** Only reported so far, as `privacy.replay_level`. Absent: `mask-user-input`. */
  defaultPrivacyLevel?:
    | 'allow'
    | 'mask'
    | 'mask-user-input'
    | 'mask-unless-allowlisted'
    | undefined;
  /** Views begin by `startView` only. Absent: false. */
  trackViewsManually?: boolean | undefined;
  /** An id of the visitor that outlives the session. Absent: true. */
  trackAnonymousUser?: boolean | undefined;
  /** A second `init` prints no error. Absent: false. */
  silentMultipleInit?: boolean | undefined;
}

/**
 * Nothing here ever throws into the page. Everything can be called at any time: before `init` and
 * before the engine is loaded calls are kept with their time (the first 500, and the first 500
 * errors), and without a document (Node) and after `stop` they do nothing. Arguments are read during
 * the call, so later changes to them are not seen; past 220 KiB of JSON they are cut, and a warning
 * says so. All messages begin with `Ferrum: `.
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
   * than an object (`Configuration must be an object`), no id or token (`"applicationId" is required`,
   * `"clientToken" must be a non-empty string`), and a second time (`ferrum is already initialized.`,
   * not with `silentMultipleInit`). The other options are checked by the engine.
   */
  init(configuration: InitConfiguration): void;

  /** A copy of what was given to `init`, valid or not; `undefined` before. */
  getInitConfiguration(): InitConfiguration | undefined;

  /**
   * An action that the page itself names. A name that is no string is ignored:
   * `Invalid action name provided (expected a string, got …). Ignoring.`
   */
  addAction(name: string, context?: Context): void;

  /**
   * An error that the page handled, with its stack and its causes (at most 10). What is no Error is
   * reported as `Provided {its JSON}`.
   */
  addError(error: unknown, context?: Context): void;

  /**
   * A moment of the current view. `time` is in ms, since the page's time origin or since 1970; absent:
   * now. Warns `Invalid timing name provided (…)`.
   */
  addTiming(name: string, time?: number): void;

  /**
   * Replaces the user (`usr`) of all later events. What is no object clears it and prints
   * `Unsupported context:`.
   */
  setUser(user: User): void;
  /** A copy; `{}` when there is none. */
  getUser(): User;
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
  getAccount(): Partial<Account>;
  setAccountProperty(key: string, value: unknown): void;
  removeAccountProperty(key: string): void;
  clearAccount(): void;

  /**
   * Replaces the `context` of all later events. What is no object clears it and prints
   * `Unsupported context:`.
   */
  setGlobalContext(context: Context): void;
  /** A copy; `{}` when there is none. */
  getGlobalContext(): Context;
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
  getViewContext(): Context;

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
   * The ids of the session and view at `startTime`, ms since the time origin; absent: now. `undefined`
   * when there is none, or before the engine is ready.
   */
  getInternalContext(startTime?: number): InternalContext | undefined;

  /** Sends what there is, removes all listeners and undoes all patches. There is no way back. */
  stop(): void;
}
