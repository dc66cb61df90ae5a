/** Puts the extras that a page asked for between its options, the engine and the intake. */

import type { Configuration } from '../configuration.ts';
import { CUSTOM, type EngineStart, type RequestRecord } from '../engine-contract.ts';
import type { KeepContext } from '../page/domain-context.ts';
import type { ErrorEvents } from '../page/error-events.ts';
import { KINDS, VITAL } from '../page/events.ts';
import type { input as tellEngine } from '../page/input.ts';
import { CONTEXT, RAW_EVENT } from '../page/kinds.ts';
import type { SessionStore } from '../page/session-store.ts';
import type { toJson as lentToJson } from '../sanitize.ts';
import { randomNumbers, uuid } from '../uuid.ts';
import type { Complete } from '../vitals.ts';
import { type Assemble, createAssembly } from './assembly.ts';
import { storeContexts } from './contexts-storage.ts';
import type { AddEvent, ToJson } from './display.ts';
import { documentTrace } from './document-trace.ts';
import { domainContextOf } from './domain-context.ts';
import { eventBridge } from './event-bridge.ts';
import { findGraphQl, graphQlErrors, graphQlOf, graphQlUrls, responseText } from './graphql.ts';
import { matchHeaders, resourceHeaders } from './headers.ts';
import { createKept, type Kept } from './kept.ts';
import { isAllowedOrigin } from './origins.ts';
import { type AddError, pluginsAgree, startPlugins } from './plugins.ts';
import { createReading } from './reading.ts';
import { alsoSendTo } from './replica.ts';
import { watchSession } from './session-end.ts';
import { trackWebSockets } from './websocket.ts';
import { watchWebSockets } from './websocket-signals.ts';

export interface Extras {
  /** Options that hold instead of the page's. */
  options<T extends object>(given: T): T;
  /** Whether every plugin wants Ferrum to start, and it may be on this page. */
  agree(): Promise<boolean>;
  /** Whether anybody wants to see events before they are sent. */
  isReviewing: boolean;
  /** Keeps what events are told with. */
  keepContext: KeepContext;
  nameContext: Kept['nameContext'];
  /** Completes views, before anybody reviews them: `vitals.ts` sets it. */
  complete?: Complete;
  assemble: Assemble;
  /** Instead of a request; absent where the intake is the page's own. */
  send?(body: string): void;
  /** What is merged into `resource` of a request's event. */
  describe(request: RequestRecord): object;
  /** When a request has ended: what can only be read then. */
  look(request: RequestRecord): void;
  /** `_dd` of the page's own request, if a server traced it. */
  documentTrace(): object | undefined;
  /**
   * Whether the response of this address is still being read: then `run` comes later, at the latest
   * when the page is left.
   */
  isAwaited(url: string, run: () => void): boolean;
  /** The engine is there, until what is given to `undo` is done. */
  run(configuration: Configuration, undo: (revert: () => void) => void): void;
  /** Before the first look at the session. */
  watch(store: SessionStore): void;
  /** The page ends its session. Whether there is none that it could end. */
  endSession(): boolean;
  /** The page is left, and may live on (`isOver` false). */
  leave(isOver: boolean): void;
  /** The page has set a context. */
  store(kind: number, json: string): void;
}

/** With what the engine's chunk lends. */
export function createExtras(
  start: EngineStart,
  errors: ErrorEvents,
  input: typeof tellEngine,
  sanitize: typeof lentToJson,
): Extras {
  const toJson: ToJson = (value) => sanitize(value, () => {});
  const kept = createKept();
  const options = start.options as Configuration;
  const plugins = [options.plugins ?? []].flat() as never[];
  const { answers = [], assembleHooks: hooks } = start;
  const bridge = eventBridge(start);
  const graphQl = graphQlUrls(options.allowedGraphQlUrls, start);
  const matchers = matchHeaders(options.trackResourceHeaders, start);
  const texts = new WeakMap<RequestRecord, string | undefined>();
  const reading = createReading();
  let sockets: ReturnType<typeof trackWebSockets> | undefined;
  let stored: ReturnType<typeof storeContexts> | undefined;

  const graphQlPart = (request: RequestRecord): object | undefined => {
    const { url, method, call } = request;
    const option = findGraphQl(graphQl, url, start);
    const found = option && graphQlOf(option, method, url, call.init?.body ?? call.body);
    const text = texts.get(request);
    const response = call.xhr ? textOf(call.xhr) : text;
    const errors = option?.trackResponseErrors ? graphQlErrors(response) : undefined;
    return found && { ...found, ...errors };
  };

  const isReviewing =
    !!(options.beforeSend || options.scrubUrl || plugins[0]) ||
    'DD_SOURCE_CODE_CONTEXT' in globalThis;
  const addEvent = eventAdder(input, isReviewing ? kept.keepContext : undefined);

  if (options.replica) start.send = alsoSendTo(options.replica, start);

  const endSockets = () => sockets?.end(performance.now(), 'session_end');
  const lookForEnd = watchSession(endSockets);

  return {
    options: (given) => bridge?.options(given) ?? given,
    agree: async () =>
      isAllowedOrigin(options.allowedTrackingOrigins, start) && pluginsAgree(answers, start),
    isReviewing,
    nameContext: kept.nameContext,
    keepContext: kept.keepContext,
    assemble: createAssembly(options as never, hooks, toJson, start, (event, token) =>
      domainContextOf(event, token, kept),
    ),
    ...(bridge && {
      send: (body: string) => {
        for (const line of body.split('\n')) bridge.send(line);
      },
    }),
    describe(request) {
      const headers =
        matchers[0] && resourceHeaders(matchers, request.url, ...headersOf(request), start);
      return { graphql: graphQlPart(request), ...headers };
    },
    look(request) {
      const { url, call } = request;
      const option = call.response && findGraphQl(graphQl, url, start);
      if (!option?.trackResponseErrors || !call.response) return;
      const read = responseText(call.response);
      reading.add(url, read);
      read.then((text) => texts.set(request, text));
    },
    isAwaited: reading.isAwaited,
    documentTrace() {
      const trace_id = documentTrace(document);
      const { traceSampleRate: rate } = start.options;
      const rule_psr = typeof rate === 'number' ? rate / 100 : undefined;
      return trace_id ? { trace_id, span_id: `${randomNumbers()[0] >> 1n}`, rule_psr } : undefined;
    },
    run(configuration, undo) {
      startPlugins(plugins, addEvent, errorAdder(errors), toJson, start);
      if (configuration.betaTrackWebSockets && configuration.trackResources) {
        sockets = trackWebSockets(addEvent, uuid);
        undo(watchWebSockets(sockets.signal, start.fail));
      }
      if (configuration.storeContextsAcrossPages) {
        stored = storeContexts((kind) => start.known[kind] as string, contextSetter(input, start));
        undo(stored.stop);
      }
    },
    watch(store) {
      const { read, peek, write } = store;
      const look = (stored: string) => {
        const holding = bridge?.session() ?? stored;
        lookForEnd(holding);
        return holding;
      };
      store.read = () => look(read());
      store.peek = () => look(peek());
      store.write = (value) => write(look(value));
    },
    endSession() {
      endSockets();
      return !!bridge;
    },
    leave(isOver) {
      reading.leave();
      if (isOver) sockets?.end(performance.now(), 'page_terminated');
      else sockets?.report(performance.now());
    },
    store: (kind, json) => stored?.store(kind as never, json),
  };
}

function eventAdder(input: typeof tellEngine, keep: KeepContext | undefined): AddEvent {
  return (at, json, domainContext = {}, duration = 0) => {
    const kind = Math.max(0, KINDS.indexOf(JSON.parse(json).type));
    const frozenFor = kind === VITAL ? duration : 0;
    input(RAW_EVENT, at, [kind, keep?.(domainContext) ?? 0, frozenFor], [json]);
  };
}

function errorAdder(errors: ErrorEvents): AddError {
  return (at, error, json, handlingStack, componentStack) =>
    errors.add([CUSTOM, error as Error, json, handlingStack, componentStack], at);
}

/** Replaces a context of the page: `kind` as in the engine's contract. */
function contextSetter(input: typeof tellEngine, { known, contexts }: EngineStart) {
  return (kind: number, json: string): void => {
    known[kind] = json;
    contexts[kind] = JSON.parse(json);
    input(CONTEXT, undefined, [kind], [json]);
  };
}

function textOf(xhr: XMLHttpRequest): string | undefined {
  return !xhr.responseType || xhr.responseType === 'text' ? xhr.responseText : undefined;
}

/** Those that the page sent are known of `fetch` only. */
function headersOf({ call }: RequestRecord): [Headers | undefined, Headers | string | undefined] {
  const { input, init, response, xhr } = call;
  if (xhr) return [undefined, xhr.getAllResponseHeaders()];
  const own = init?.headers ?? (input instanceof Request ? input.headers : undefined);
  return [own && new Headers(own), response?.headers];
}
