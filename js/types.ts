/** The public API. */

import type { InitConfiguration, TrackingConsent } from './init-configuration.ts';

export type * from './event-types.ts';
export type * from './init-configuration.ts';

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

  /**
   * Something that took time. What makes events of this, of operations and of resources of calls is
   * loaded with the first such call: one that is made in the page's last task (`pagehide`), and is the
   * first, is lost.
   */
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
