/**
 * The way to the engine: calls go into a queue until it is ready, then straight to it. Also its fuse,
 * and what is done in its place when the page is hidden before it came.
 */

import { bounceView, scrubbed } from './bounce.ts';
import { copy } from './copy.ts';
import { observeEntries } from './early-entries.ts';
import {
  ACCOUNT,
  type Call,
  type Engine,
  type EngineModule,
  type EngineStart,
  QUEUE_LIMIT,
  type RequestCall,
  USER,
  VIEW,
  type Visit,
} from './engine-contract.ts';
import { guard } from './guard.ts';
import { intakeUrl } from './intake-url.ts';
import { afterPage, type LoadEngine, loadModule } from './load.ts';
import { needsRequests } from './needs-requests.ts';
import { patch } from './patch.ts';
import { initPlugins } from './plugin-init.ts';
import { observeRequests } from './request.ts';
import { currentSession, isSampled } from './session.ts';
import { traceHeaders } from './trace.ts';
import { nativeFetch } from './transport.ts';
import type { Context, InitConfiguration, InternalContext } from './types.ts';
import { uuid } from './uuid.ts';

/** What the engine can be handed later. */
const REQUEST_LIMIT = 1000;

/** Before the engine is there, nobody answers, and there is no session to stop. */
const OF_ENGINE = /^get|Consent|pSession$/;

/** Gives `api` the methods that do not only reach the engine; plugins get it. */
export function createLink(loadEngine: LoadEngine, api: object) {
  /** By kind. */
  const contexts: Context[] = [{}, {}, {}, {}];
  const undo: (() => unknown)[] = [];
  const room = [QUEUE_LIMIT, QUEUE_LIMIT] as [number, number];
  const queue: Call[] = [];
  let isDead = typeof document === 'undefined';
  /** What the page said of it beside the option, which it beats. */
  let consent: unknown;
  /** Of `undo`, what is not of `init`. */
  let kept: number;
  let isScheduled: unknown;
  let engineModule: EngineModule | undefined;
  let engine: Engine | undefined;
  let configuration: InitConfiguration | undefined;

  const requests: RequestCall[] = [];
  const fetch = nativeFetch();
  const deliver = (call: Call): unknown => {
    try {
      return engine?.call(...call);
    } catch (error) {
      fail(error);
    }
  };

  /** Whether anybody could want to know where the page made a call: few do, and it takes its time. */
  const isStackRead = (): boolean =>
    !!start.options?.beforeSend || 'DD_SOURCE_CODE_CONTEXT' in window;

  // The engine's side counts the frames down to the page's.
  const call = (method: string, args: unknown[], stack?: Error | false): unknown => {
    if (isDead) return;
    const now = performance.now();
    stack ??= (method === 'addError' || isStackRead()) && Error();
    if (engine) return deliver([method, now, args, stack]);
    if (!OF_ENGINE.test(method) && room[+/Error$/.test(method) as 0]-- > 0)
      queue.push([method, now, args.map(copy), stack]);
  };

  const stop = (): void => {
    const stopped = engine;
    isDead = true;
    engine = undefined;
    contexts.fill({});
    for (const revert of undo) revert();
    guard(() => stopped?.stop())();
  };

  const isGranted = (): boolean =>
    (consent || start.options?.trackingConsent || 'granted') === 'granted';

  const report = (error: unknown): void => {
    if (isGranted()) guard(() => engineModule?.reportError(start, error))();
  };

  const fail = (error: unknown): void => {
    if (isDead) return;
    stop();
    // An engine that trapped in the middle of its work takes what it collected with it.
    if (!start.hasSent) guard(sendBounce)();
    report(error);
  };

  const start = {
    contexts,
    room,
    fail,
    report,
    assembleHooks: new Set(),
    queue,
    requests,
    earlyEntries: [] as PerformanceEntry[],
    onRequest: (request: RequestCall) =>
      request.end || requests.length >= REQUEST_LIMIT || requests.push(request),
    fetch,
    intakeUrl,
    ...console,
    ...(IS_DROP_IN && { isDropIn: true }),
  } as unknown as EngineStart;

  const listen = (type: string, listener: (event: Event) => void): void => {
    const guarded = guard(listener);
    window.addEventListener(type, guarded, true);
    undo.push(() => window.removeEventListener(type, guarded, true));
  };

  const noteError = (event: Event) => {
    // In the capture phase, images and scripts that failed to load come here too.
    if (event.target === window) call('windowError', [event]);
  };

  /**
   * Until the engine is there, which goes on with it. Begun by the first who needs it; `undefined` if it
   * is not sent.
   */
  const currentVisit = (): Visit | undefined => {
    const { options } = start;
    // An app around the page has the session.
    if (engine || !options || !isGranted() || 'DatadogEventBridge' in window) return;
    start.visit ??= { ...currentSession(options, Date.now()), viewId: uuid() };
    if (isSampled(start.visit.id, options.sessionSampleRate ?? 100)) return start.visit;
  };

  /** Counts the visit, once only: should the page come back, the engine goes on with the view. */
  const sendBounce = (): void => {
    const { options } = start;
    const visit = !start.hasBounced && currentVisit();
    if (!visit) return;
    const body = JSON.stringify(
      bounceView(options, contexts, queue, start.hiddenAt as number, visit),
    );
    start.hasBounced = true;
    // Refused over a quota of 64 KiB, too; the page may live long enough for an ordinary request.
    if (!guard(() => navigator.sendBeacon(intakeUrl(options, 'beacon'), body))()) {
      fetch(intakeUrl(options, 'fetch'), { method: 'POST', body }).catch(() => {});
    }
  };

  const onVisibility = (event?: Event): void => {
    const isHidden = event?.type === 'pagehide' || document.visibilityState === 'hidden';
    // A page that is being prerendered says `hidden`, and nobody has visited it.
    if (isHidden && !(document as { prerendering?: boolean }).prerendering) {
      start.hiddenAt ??= event ? performance.now() : 0;
      if (event) sendBounce();
    }
  };

  /** The options are refused: all is as before `init`, and the next one counts. */
  const forget = (): void => {
    isScheduled = false;
    start.options = undefined as never;
    for (const revert of undo.splice(kept)) revert();
    engineModule?.initAgain(start, init);
  };

  const onEngine = (started: Engine | undefined): unknown => {
    engine = started;
    if (!started) return forget();
    if (isDead) return stop();
    if (!isGranted()) call('setTrackingConsent', [false]);
    return queue.splice(0).forEach(deliver);
  };

  /** Consent may have been withdrawn, and the page may have called `stop`, while waiting. */
  const isWanted = (): unknown => (isScheduled = !isDead && start.options && isGranted());

  const schedule = (): void => {
    if (isScheduled || !isWanted()) return;
    afterPage(
      () =>
        isWanted() &&
        loadModule(loadEngine)
          .then((module) => {
            engineModule = module;
            return isWanted() && module.startEngine(start).then(onEngine);
          })
          .catch(report),
    );
  };

  /** Before the engine is there of the initial view, whatever the time. */
  const getInternalContext = (time?: unknown): InternalContext | undefined => {
    const visit = !isDead && currentVisit();
    if (!visit) return call('getInternalContext', [time]) as InternalContext | undefined;
    const { options } = start;
    return {
      application_id: options.applicationId,
      session_id: visit.id,
      view: {
        id: visit.viewId,
        referrer: scrubbed(options, document.referrer),
        url: scrubbed(options, location.href),
      },
    };
  };

  const trace: Parameters<typeof observeRequests>[1] = guard((request) => {
    const url = new URL((request.input as Request).url ?? request.input, document.baseURI).href;
    // Not those of Datadog's SDKs, through a proxy neither.
    if (!start.options || url.includes('dd-request-id')) return;
    return traceHeaders(request, start.options, url, {
      'session.id': getInternalContext()?.session_id,
      'user.id': contexts[USER]?.id as string,
      'account.id': contexts[ACCOUNT]?.id as string,
    });
  });

  const init = (given?: InitConfiguration): unknown => {
    if (isDead || start.options) return call('init', [given]);
    const options = given && ({ ...given } as InitConfiguration);
    if (options) {
      configuration = options;
      start.answers = initPlugins(options, api, start.assembleHooks);
    }
    if (start.answers?.includes(false)) return;
    if (
      !options?.applicationId ||
      !options.clientToken ||
      !/^(not-)?granted$/.test(options.trackingConsent || 'granted')
    ) {
      // The engine's side knows the words.
      return loadEngine()
        .then((module) => module.refuse(start, given))
        .catch(() => {});
    }
    start.options = options;
    start.initIndex = queue.length;
    kept = undo.length;
    start.entryObserver = observeEntries(start.earlyEntries);
    undo.push(() => start.entryObserver?.disconnect());
    if (!IS_DROP_IN && needsRequests(options))
      undo.push(...observeRequests(start, trace, isStackRead));
    return schedule();
  };

  if (!isDead) {
    onVisibility();
    listen('visibilitychange', onVisibility);
    listen('pagehide', onVisibility);
    listen('error', noteError);
    listen('unhandledrejection', noteError);
    if (IS_DROP_IN) {
      undo.push(patch(console, 'error', (_, args) => call('consoleError', args, Error())));
      // A page may have removed one of them.
      guard(() => undo.push(...observeRequests(start, trace, isStackRead)))();
    }
  }

  Object.assign(api, {
    init,
    stop,
    getInternalContext,
    /** Of an invalid one too. */
    getInitConfiguration: () => copy(start.options || configuration),
    setTrackingConsent(given: unknown): void {
      consent = given || (start.options && 'not-granted');
      call('setTrackingConsent', [isGranted()]);
      schedule();
    },
  });

  return {
    contexts,
    call,
    noteContext: guard((kind: number, make: () => unknown): void => {
      const made = make();
      const context =
        {}.toString.call(made) === '[object Object]' ? { ...(copy(made) as Context) } : {};
      // Of users and accounts.
      for (const key of kind % VIEW ? ['id', 'name', 'email'] : []) {
        if (context[key] != null) context[key] += '';
      }
      if (!isDead) contexts[kind] = context;
    }),
  };
}
