/**
 * Between the shim and the engine, which is loaded later. The shim owns the public API, the early
 * listeners, the fuse and the request; the engine owns everything else.
 */

import type { InitConfiguration } from './types.ts';

/** The module that the shim imports when the page has done its own work. */
export interface EngineModule {
  /**
   * Resolves when calls may come. Resolves to `undefined` when the options are invalid, after having
   * said so with {@link EngineStart.error}: the shim then becomes inert. A rejection is reported as
   * telemetry; the shim stays without an engine and still counts the visit at exit.
   */
  startEngine(start: EngineStart): Promise<Engine | undefined>;
  /**
   * The body that reports an error of Ferrum itself, of {@link telemetryError}; `undefined` when it is
   * not to be sent. Here because nobody needs it before there is an engine.
   */
  telemetryError(options: InitConfiguration, error: unknown): string | undefined;
}

/**
 * What the engine starts from. The shim goes on writing `bounce`, `hiddenAt` and `dropped` until the
 * engine is ready: keep the object, and read them last, in the task in which {@link Engine} is
 * resolved.
 */
export interface EngineStart {
  /**
   * As given by the page, in a shallow copy. `trackingConsent` is what the page wrote, not what holds:
   * the engine is only ever started with consent. `configurationJson` makes them JSON.
   */
  options: InitConfiguration;
  /** `performance.now()` at the call of `init`. */
  startedAt: number;
  /**
   * Present when the page was hidden before the engine was ready and the shim sent the initial view
   * itself, as `document_version` 1: this view goes on under the same id, from version 2.
   */
  bounce?: Bounce;
  /**
   * `performance.now()` when the shim first saw the page hidden; 0 when it was hidden at import;
   * absent while it never was. A page being prerendered is not hidden.
   */
  hiddenAt?: number;
  /** Calls and errors that the early queue had no room for. */
  dropped: number;
  /**
   * Event timing entries of interactions seen since `init`, at most 200, the longest. Disconnects the
   * shim's observer: call it once, when the engine's own observes. That one, if buffered, sees those
   * of 104 ms and more again.
   */
  takeEventEntries(): PerformanceEntry[];
  /** The page's `fetch` as it was at import. */
  fetch: typeof fetch;
  /** Sends a body to the intake; see `transport.ts`. Never throws, never rejects. */
  send: Send;
  /** The fuse, for what the engine catches outside of a call. Only the first error is reported. */
  fail(error: unknown): void;
  /** `console.warn` with the prefix, with the function that the console had at import. */
  warn(message: string, ...details: unknown[]): void;
  /** `console.error` likewise. */
  error(message: string, ...details: unknown[]): void;
}

/** The view that the shim sent. */
export interface Bounce {
  viewId: string;
  sessionId: string;
}

/**
 * `exit` is true when the page may be about to go. `encoding` and `retry` are fragments of the query,
 * each with its leading `&`. Resolves to the response, or to `undefined` when there is none: no
 * network, or a beacon.
 */
export type Send = (
  body: string | Blob,
  exit?: boolean,
  encoding?: string,
  retry?: string,
) => Promise<Response | undefined>;

export interface Engine {
  /**
   * Page code may run inside of a call (`beforeSend`, a patched console) and call again: calls may
   * nest. A throw blows the fuse.
   */
  call(...call: Call): unknown;
  /** Flushes, removes the listeners, undoes the patches. Called at most once. */
  stop(): void;
}

/** The method, `performance.now()` at the call, and the arguments. */
export type Call = {
  [M in keyof Methods]: [method: M, at: number, ...args: Methods[M]];
}[keyof Methods];

/**
 * The methods and their arguments after `at`. `json` is JSON text of an object, or `''` when there is
 * none.
 */
export interface Methods {
  addAction: [name: string, json: string];
  /**
   * `error` is an Error as it came, or JSON text of what is no Error (`undefined` included), and for
   * `CONSOLE` all arguments as they came. `origin` is for `CUSTOM` and `CONSOLE` an Error made in the
   * call, or the handling stack that a plugin for a framework has made; for `UNCAUGHT` the message of
   * the event, a line feed and a stack of one frame, if there is one. `errorTexts` makes texts of all
   * this.
   */
  addError: [
    kind: typeof UNCAUGHT | typeof UNHANDLED_REJECTION | typeof CUSTOM | typeof CONSOLE,
    error: Error | string | unknown[],
    json: string,
    origin: Error | string,
    /** Of a plugin for a framework. */
    componentStack?: string,
  ];
  /** `time` is -1 when the call's own time is meant. */
  addTiming: [name: string, time: number];
  /** The whole context each time; `{}` when it was cleared. An account without id is not sent. */
  setContext: [kind: ContextKind, json: string];
  /** An object with some of `name`, `url`, `service`, `version` (strings) and `context` (an object). */
  startView: [json: string];
  setViewName: [name: string];
  /** `json` is of any value. */
  addFeatureFlagEvaluation: [key: string, json: string];
  setTrackingConsent: [granted: boolean];
  /** `startTime` is -1 for now. Returns the JSON text of {@link InternalContext}, or `''`. */
  internalContext: [startTime: number];
  /** Returns the JSON text of the current view's own context, or `''`. */
  viewContext: [];
}

export const UNCAUGHT = 0;
export const UNHANDLED_REJECTION = 1;
export const CUSTOM = 2;
export const CONSOLE = 3;
/** The browser reports it: only `page/errors.ts` brings this kind and the next. */
export const REPORT = 4;
/** A request or an element failed. */
export const NETWORK = 5;

export const GLOBAL = 0;
export const USER = 1;
export const ACCOUNT = 2;
export const VIEW = 3;

export type ContextKind = typeof GLOBAL | typeof USER | typeof ACCOUNT | typeof VIEW;
