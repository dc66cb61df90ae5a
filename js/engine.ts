/**
 * The part that is loaded after the page has done its own work: the engine (wasm), and what observes
 * the page for it.
 */

import { modules } from 'virtual:glue';
import wasmSource from 'virtual:wasm';
import { createCalls } from './calls.ts';
import { createDelivery } from './compression.ts';
import { type Configuration, configure } from './configuration.ts';
import { type Engine, type EngineStart, QUEUE_LIMIT, type ShimStart } from './engine-contract.ts';
import type { Exceptions, LoadExceptions } from './exceptions.ts';
import type { Extras } from './extras/attach.ts';
import { onOutput, setEngine } from './memory.ts';
import { needsExtras, needsRemoteConfiguration } from './needs-extras.ts';
import { whenActivated } from './page/activation.ts';
import { createErrorEvents, type ErrorEvents, loadErrors } from './page/error-events.ts';
import { observeErrors } from './page/errors.ts';
import { whenIdle } from './page/frames.ts';
import { hasTrapped, input } from './page/input.ts';
import { CONTEXT, DELIVER, DELIVERY, SESSION_CHANGE, STOP, WAKE } from './page/kinds.ts';
import { createListen } from './page/listen.ts';
import { observePage, watchActivity } from './page/observe.ts';
import { ownChunk } from './page/own-chunks.ts';
import { base, startEngine as startInPage } from './page/page.ts';
import { observeRequests } from './page/requests.ts';
import { prepareRoutes } from './page/routes.ts';
import { selectorOf } from './page/selector.ts';
import { createSessionStore, type SessionStore } from './page/session-store.ts';
import { isRumInjected, lookForTests, observeSessionType } from './page/session-type.ts';
import { interpret, prepare, prepareCalls } from './recorded/interpret.ts';
import { createReviews } from './reviews.ts';
import { toJson } from './sanitize.ts';
import type { InitConfiguration } from './types.ts';

/** Characters; of fewer, none of them more than three bytes, no event is too large. */
const LARGE = 87_381;

/** The context that all events have; see `src/browser/inputs.rs`. */
const BASE = 4;

/** See `EngineModule`. */
export async function startEngine(shim: ShimStart): Promise<Engine | undefined> {
  const start = prepare(shim);
  const errors = createErrorEvents(start.fail);
  // What describes the errors of before comes while the engine does.
  if (start.room[1] < QUEUE_LIMIT) loadErrors();
  const options = await configureRemotely(start);
  if (!options) return undefined;
  start.options = options;
  const extras = await loadExtras(start, errors);
  start.options = extras.options?.(options) ?? options;
  if ((await extras.agree?.()) === false) return undefined;
  const configuration = await configure(start.options, start, loadExceptions);
  await lookForTests(loadExceptions);
  await prepareRoutes(loadExceptions);
  if (!configuration || isRumInjected()) return undefined;
  const store = await createSessionStore(configuration, start.warn, loadExceptions);
  if (!store) return undefined;
  await instantiate(start);
  await whenActivated();
  const rare = await prepareCalls(start, loadExceptions);
  const begin = () => run(start, configuration, store, errors, extras, rare);
  return configuration.trackViewsManually
    ? (await loadExceptions()).beginWithView(begin, start.fail)
    : begin();
}

const loadExceptions: LoadExceptions = async () =>
  (await ownChunk(import('virtual:exceptions'))).exceptions;

function withExceptions(run: (exceptions: Exceptions) => void): void {
  loadExceptions()
    .then(run)
    .catch(() => {});
}

/** See `EngineModule`. */
export function refuse(shim: ShimStart, given: unknown): void {
  withExceptions((exceptions) => exceptions.refuse(shim, given));
}

/** See `EngineModule`. */
export function initAgain(shim: ShimStart, init: (given: InitConfiguration) => unknown): void {
  withExceptions((exceptions) => exceptions.initAgain(shim, init));
}

/** Events that are too large, without the largest of what is in them. */
async function fitted(body: string, start: EngineStart): Promise<string> {
  try {
    return (await loadExceptions()).fitted(body, start);
  } catch {
    return body;
  }
}

function reportFailure(shim: ShimStart, error: unknown): void {
  withExceptions((exceptions) => exceptions.reportError(shim, error));
}

/** See `EngineModule`. */
export { reportFailure as reportError };

async function run(
  start: EngineStart,
  configuration: Configuration,
  store: SessionStore,
  errors: ErrorEvents,
  extras: Partial<Extras>,
  rare: Exceptions | undefined,
): Promise<Engine | undefined> {
  const listening = createListen(start.fail);
  let isLeaving = false;
  /** What is sent meanwhile, full batches included, must survive the page. */
  const leave = (work: () => void, isOver?: boolean) => {
    isLeaving = true;
    extras.leave?.(!!isOver);
    errors.release();
    reviews.release();
    work();
    delivery.hurry();
    isLeaving = false;
  };
  let answer = '';
  const wakeIn = createTimer(listening.guarded(() => input(WAKE, undefined, [], [store.peek()])));
  const activity = watchActivity(listening, configuration, start);
  const delivery = createDelivery(start, configuration.compressIntakeRequests);
  const send = (body: string, isExit: boolean) =>
    extras.send ? extras.send(body) : delivery.send(body, isExit);
  const reviews = createReviews(extras, () => ownChunk(createExtras(start, errors)));
  extras.watch?.(store);
  // In the order of the numbers in `src/browser/host.rs`.
  const outputs: ((text: string, number: number, other: number) => void)[] = [
    (body, isExit) => {
      const isLast = !!isExit || isLeaving;
      // A page that is left has no time to cut.
      if (isLast || body.length < LARGE) send(body, isLast);
      else fitted(body, start).then((text) => void send(text, false));
    },
    store.write,
    (_, isOn) => activity.observe(!!isOn),
    (_, delay) => wakeIn(delay),
    (event, ticket, token) =>
      event ? reviews.review(event, ticket, token, isLeaving) : errors.hold(ticket),
    (_, isExit) => input(DELIVER, undefined, [isExit]),
    (text) => {
      answer = text;
    },
  ];
  onOutput((kind, number, other, text) => outputs[kind]?.(text, number, other));
  const isReviewed = !!extras.isReviewing;
  await store.lock(() => startInPage(configuration, store, start, isReviewed));
  if (extras.send) input(DELIVERY, undefined, [isReviewed, true]);
  if (!answer) {
    listening.stop();
    (await loadExceptions()).refuseSecond(start);
    return undefined;
  }
  const requests = observeRequests(start, configuration, activity, errors.add, extras);
  const page = observePage(listening, start, configuration, activity, requests, store, leave);
  observeErrors(listening, configuration, errors.add);
  if (configuration.trackElementErrors) rare?.observeElements(listening, errors.add);
  store.onChange(listening, () => input(SESSION_CHANGE, undefined, [], [store.read()]));
  observeSessionType(listening, loadExceptions, () =>
    input(CONTEXT, undefined, [BASE], [base(configuration)]),
  );
  extras.run?.(configuration, listening.undo);
  const ask = (kind: number, at?: number) => {
    answer = '';
    input(kind, at);
    return answer;
  };
  whenIdle(() => {
    ownChunk(import('virtual:vitals'))
      .then(({ completeViews }) => completeViews(listening, start, selectorOf, extras, input))
      .catch(() => {});
  });
  const interpreted = interpret(
    createCalls(configuration, page, store, errors, ask, extras),
    start,
    hasTrapped,
    loadExceptions,
    rare,
  );
  return {
    call(...call) {
      // It is of the view that began before it, and is noticed now.
      if (page.lookAtAddress?.()) call[1] = performance.now();
      return interpreted(...call);
    },
    stop() {
      extras.endSession?.();
      listening.stop();
      leave(() => {
        page.stop();
        input(STOP);
      });
    },
  };
}

/** Few pages need any. They come before the engine starts, as they may change its options. */
async function loadExtras(start: EngineStart, errors: ErrorEvents): Promise<Partial<Extras>> {
  return needsExtras(start.options, document) ? createExtras(start, errors) : {};
}

async function createExtras(start: EngineStart, errors: ErrorEvents): Promise<Extras> {
  return (await import('virtual:extras')).createExtras(start, errors, input, toJson);
}

/** The options with what Datadog has for this application; `undefined` where they may not do alone. */
async function configureRemotely(start: EngineStart): Promise<InitConfiguration | undefined> {
  if (!needsRemoteConfiguration(start.options)) return start.options;
  return (await import('virtual:remote')).configureRemotely(start);
}

/**
 * Where there is no WebAssembly (a policy without `'wasm-unsafe-eval'`, Lockdown Mode, a file that a
 * server or a worker withholds), the same engine comes as JavaScript: three times slower, and larger.
 */
async function instantiate({ fetch }: EngineStart): Promise<void> {
  const load = async () => {
    const headers = { 'content-type': 'application/wasm' };
    return new Response(await wasmSource(fetch), { headers });
  };
  // Chromium refuses before it asks for the module: nothing is loaded in vain.
  // biome-ignore lint/suspicious/noThenProperty: a promise that begins when it is asked
  const module: PromiseLike<Response> = { then: (...done) => load().then(...done) };
  const compile = async () =>
    (await WebAssembly.instantiateStreaming(module, modules)).instance.exports;
  const translate = async () => (await import('virtual:engine-script')).default(modules);
  setEngine(await compile().catch(translate));
}

/** One timer: armed anew, the last time no longer counts. */
function createTimer(run: () => void): (delay: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (delay) => {
    clearTimeout(timer);
    timer = setTimeout(run, delay);
  };
}
