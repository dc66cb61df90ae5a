/**
 * Between the shim and the engine, which is loaded later. The shim owns the public API, the early
 * listeners and patches, and the fuse; it writes down what the page does, without looking into it.
 * The engine owns everything else. `recorded.ts` turns the one into the other.
 */

import type { AssembleHook } from './extras/plugins.ts';
import type { intakeUrl } from './intake-url.ts';
import type { Session } from './session.ts';
import type { Context, InitConfiguration } from './types.ts';

/**
 * Calls kept until the engine is there, and as many errors: neither takes the room of the other. The
 * first ones are kept.
 */
export const QUEUE_LIMIT = 500;

/** The module that the shim imports when the page has done its own work. */
export interface EngineModule {
  /**
   * Resolves when calls may come. Resolves to `undefined` when the options are refused, after having
   * said so: the shim then waits for another `init`. A rejection is reported as telemetry; the shim stays
   * without an engine and still counts the visit at exit.
   */
  startEngine(shim: ShimStart): Promise<Engine | undefined>;
  /** Sends an error of Ferrum itself, of which nobody needs to know before there is an engine. */
  reportError(shim: ShimStart, error: unknown): void;
  /** Says why `init` cannot begin with this. */
  refuse(shim: ShimStart, given: unknown): void;
  /** After options that were refused: with those of the next `init` in the queue. */
  initAgain(shim: ShimStart, init: (given: InitConfiguration) => unknown): void;
}

/**
 * What the shim hands over. It goes on writing `visit`, `hasBounced`, `hiddenAt` and `room` until the
 * engine is ready: keep the object, and read them last, in the task in which {@link Engine} is
 * resolved.
 */
export interface ShimStart {
  /** Whether the page counts on what Datadog's SDK does by default. */
  isDropIn?: boolean;
  /**
   * As given by the page, in a shallow copy. `trackingConsent` is what the page wrote, not what holds:
   * the engine is only ever started with consent.
   */
  options: InitConfiguration;
  /** Present when somebody had to know it before the engine was ready: the initial view has its id. */
  visit?: Visit | undefined;
  /**
   * Whether the page was hidden before the engine was ready and the shim sent the initial view itself,
   * as `document_version` 1: this view goes on from version 2.
   */
  hasBounced?: boolean;
  /**
   * `performance.now()` when the shim first saw the page hidden; 0 when it was hidden at import;
   * absent while it never was. A page being prerendered is not hidden.
   */
  hiddenAt?: number;
  /** How many more calls the early queue takes, and how many more errors; below 0, some were dropped. */
  room: [calls: number, errors: number];
  /** By kind, as far as the shim can tell: plain or not, but objects; always current. */
  contexts: Context[];
  /** What the page called, until the engine is there. */
  queue: Call[];
  /** Of `init` in there. */
  initIndex: number;
  /**
   * Resources, and events as event timing has them: those since `init`, and those of before that the
   * browser had kept. At most 1,000, the first.
   */
  earlyEntries: PerformanceEntry[];
  /** What fills them; absent where the browser has no such observer. */
  entryObserver?: PerformanceObserver | undefined;
  /** Requests made since they are patched, as they began, at most 1,000. */
  requests: RequestCall[];
  /** Called as a request begins, and again with its `end`. The engine replaces it. */
  onRequest(call: RequestCall): unknown;
  /** Set once a request to the intake was made: the fuse then sends no view of its own. */
  hasSent?: boolean;
  /** The page's `fetch` as it was at import. */
  fetch: typeof fetch;
  /** Lent, so that the engine's side does not bring it again. */
  intakeUrl: typeof intakeUrl;
  /** The fuse, for what the engine catches outside of a call. Only the first error is reported. */
  fail(error: unknown): void;
  /** What plugins returned from `onInit`, or `{ thrown }`; with false among it nothing starts. */
  answers?: unknown[] | undefined;
  /** What plugins have registered, and not unregistered. */
  assembleHooks: Set<AssembleHook>;
  /** Reports what Ferrum can live with; nothing without consent. Never throws. */
  report(error: unknown): void;
  /** The console's as it was at import, as all of it is here. */
  warn: typeof console.warn;
  /** Likewise. */
  error: typeof console.error;
}

/** What the engine starts from: `prepare` makes it of what the shim hands over, in the same object. */
export interface EngineStart extends ShimStart {
  /** JSON texts of the contexts that the page has set, by kind; that of the view is the engine's own. */
  known: string[];
  /**
   * In order of time. Disconnects the shim's observer: call it once, when the engine's own observe.
   * Those, if buffered, see events of 104 ms and more, and the first resources, again.
   */
  takeEntries(): PerformanceEntry[];
  /**
   * Hands over every request of the page that is seen, those of before at once: as it begins, and
   * again when it has ended.
   */
  observeRequests(onRequest: (request: RequestRecord) => void): void;
  /** Sends a body to the intake; see `transport.ts`. Never throws, never rejects. */
  send: Send;
  /** `console.warn` with the prefix. */
  warn(message: string, ...details: unknown[]): void;
  /** `console.error` likewise. */
  error(message: string, ...details: unknown[]): void;
}

/** A call of `fetch`, or of `send` of an XMLHttpRequest, as the page made it. */
export interface RequestCall {
  /** Of `fetch`, or the URL given to `open`. */
  input: RequestInfo | URL;
  init?: RequestInit | undefined;
  method?: string;
  xhr?: XMLHttpRequest;
  /** Given to `send`. */
  body?: unknown;
  /** `performance.now()`, as `end`; absent before `send`. */
  start?: number;
  end?: number;
  /** Of an XMLHttpRequest. */
  status?: number;
  wasAborted?: boolean;
  response?: Response;
  error?: unknown;
  /** Present when headers were added. `high` are the upper 64 bits as hexadecimal text, or empty. */
  trace?: [id: bigint, span: bigint, high: string, flag: number];
  /** Its first {@link OWN_FRAMES} frames are the shim's; false where nobody could read it. */
  stack?: Error | false | undefined;
}

/** The same object at its beginning and at its end. */
export interface RequestRecord {
  kind: 'fetch' | 'xhr';
  /** In upper case. */
  method: string;
  /** Absolute. */
  url: string;
  /** `performance.now()`, as `end`, which is absent while it is pending. */
  start: number;
  end?: number | undefined;
  /** 0 while it is pending, and when there was no response. */
  status: number;
  /** By the page. */
  isAborted: boolean;
  /** 64 bits in decimal; with `traceId128Bit` all 128 in hexadecimal. Absent: no headers were added. */
  traceId?: string;
  /** Decimal. */
  spanId?: string;
  /** The ids belong into events only when true, and when there was a response or the page aborted. */
  isTraceSampled?: boolean;
  /** By which the engine knows it. */
  number?: number;
  /** What the page gave and got, for `beforeSend`, GraphQL and headers. Drop it after the event. */
  call: RequestCall;
}

/**
 * Frames of the shim on top of a stack: of a call of the API as well as of a patched function (`fetch`,
 * `send`, `console.error`).
 */
export const OWN_FRAMES = 3;

/** The session and the initial view, as the shim begins them. */
export interface Visit extends Session {
  viewId: string;
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

/**
 * What the page did, unchecked: the name of a method of the API with `performance.now()` at the call,
 * the arguments, and where the page made the call, if anybody could read that. While the engine was
 * not ready plain arguments were copied. Besides the methods there are
 *
 * - `windowError` with the event of an uncaught error or of an unhandled rejection,
 * - `consoleError` with the arguments of `console.error`.
 *
 * Those that return something (`get…`) are only called when the engine is there.
 */
export type Call = [method: string, at: number, args: unknown[], stack?: Error | false | undefined];

/**
 * The methods of the engine and their arguments after `at`, checked. `json` is JSON text of an object,
 * or `''` when there is none; what it holds besides `context`, which is an object, is unchecked.
 * `stack` is where the page made the call; absent when nobody could read it.
 */
export interface Methods {
  addAction: [name: string, json: string, stack?: Error | false | undefined];
  /** `json`: some of `type`, `context`, `actionKey`. */
  startAction: [name: string, json: string, stack?: Error | false | undefined];
  /** As `startAction`. */
  stopAction: [name: string, json: string, stack?: Error | false | undefined];
  /** `json`: some of `type`, `method`, `context`, `resourceKey`. */
  startResource: [url: string, json: string, stack?: Error | false | undefined];
  /** `json`: some of `type`, `statusCode`, `size`, `context`, `resourceKey`. */
  stopResource: [url: string, json: string, stack?: Error | false | undefined];
  /** `json`: `startTime` (epoch ms), `duration` (ms), some of `context`, `description`. */
  addDurationVital: [name: string, json: string, stack?: Error | false | undefined];
  /** `json`: some of `vitalKey`, `context`, `description`. */
  startDurationVital: [name: string, json: string, stack?: Error | false | undefined];
  /** As `startDurationVital`. */
  stopDurationVital: [name: string, json: string, stack?: Error | false | undefined];
  /**
   * `json`: `step_type` (`start` or `end`), and some of `failure_reason` (`error`, `abandoned`,
   * `other`), `operationKey`, `context`, `description`.
   */
  addOperationStep: [name: string, json: string, stack?: Error | false | undefined];
  /**
   * `error` is an Error as it came, or JSON text of what is no Error, and for `CONSOLE` all arguments
   * as they came. `origin` is for `CUSTOM` and `CONSOLE` an Error made in the call, or the handling
   * stack that a plugin for a framework has made; for `UNCAUGHT` message, filename, lineno and colno of
   * the event, each a line. `errors/` reads all this.
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
  /** The call's time is the one that counts. */
  setViewLoadingTime: [];
  /** The next interaction begins another. */
  stopSession: [];
  /** The whole context each time; `{}` when it was cleared. An account without id is not sent. */
  setContext: [kind: ContextKind, json: string];
  /** An object with some of `name`, `url`, `service`, `version` (strings) and `context` (an object). */
  startView: [json: string, stack?: Error | false | undefined];
  setViewName: [name: string];
  /** `json` is of any value. */
  addFeatureFlagEvaluation: [key: string, json: string];
  setTrackingConsent: [granted: boolean];
  /** `startTime` is NaN for now. Returns the JSON text of {@link InternalContext}, or `''`. */
  internalContext: [startTime: number];
  /** Returns the JSON text of the current view's own context, or `''`. */
  viewContext: [];
  /** `part` is the event's own; see `page/input.ts`. `context` is for `beforeSend`. */
  addEvent: [kind: number, part: object, frozenFor: number, context: object | undefined];
  /** Sends what was collected: the page may be about to go. */
  flush: [];
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
