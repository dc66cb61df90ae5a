/**
 * The way to the engine: calls go into a queue until it is ready, then straight to it. Also its fuse,
 * and what is done in its place when the page is hidden before it came.
 */

import { bounceView } from './bounce.ts';
import type { createDisplay } from './console.ts';
import type { Call, Engine, EngineModule, EngineStart, Methods } from './engine-contract.ts';
import { observeEvents } from './event-timing.ts';
import { guard } from './guard.ts';
import { afterPage, type LoadEngine, loadModule } from './load.ts';
import { createSend, nativeFetch } from './transport.ts';
import type { InitConfiguration } from './types.ts';

/** Of errors, and of other calls: neither takes the room of the other. The first ones are kept. */
const QUEUE_LIMIT = 500;

const NOTHING = '{}';

export function createLink(loadEngine: LoadEngine, display: ReturnType<typeof createDisplay>) {
  /** JSON texts by kind. */
  const contexts = [NOTHING, NOTHING, NOTHING, NOTHING];
  const undo: (() => unknown)[] = [];
  let callRoom = QUEUE_LIMIT;
  let errorRoom = QUEUE_LIMIT;
  let queue: Call[] = [];
  let isDead = typeof document === 'undefined';
  let isGranted: boolean | undefined;
  let isScheduled = false;
  let engineModule: EngineModule | undefined;
  let engine: Engine | undefined;

  let hasSent = false;

  const start = { dropped: 0, fetch: nativeFetch(), ...display } as EngineStart;
  const send = createSend(start);

  const deliver = (call: Call): unknown => {
    try {
      return engine?.call(...call);
    } catch (error) {
      fail(error);
    }
  };

  const call = <M extends keyof Methods>(method: M, ...args: Methods[M]): unknown => {
    if (isDead) return;
    const stamped = [method, performance.now(), ...args] as unknown as Call;
    if (engine) return deliver(stamped);
    if (method === 'addError' ? errorRoom-- > 0 : callRoom-- > 0) queue.push(stamped);
    else start.dropped++;
  };

  /** Nothing can answer before the engine is ready. */
  const ask = <M extends keyof Methods>(method: M, ...args: Methods[M]): unknown =>
    engine && call(method, ...args);

  const stop = (): void => {
    const stopped = engine;
    isDead = true;
    engine = undefined;
    queue = [];
    contexts.fill(NOTHING);
    for (const revert of undo) revert();
    guard(() => stopped?.stop())();
  };

  const report = guard((error: unknown): void => {
    const body = isGranted && engineModule?.telemetryError(start.options, error);
    if (body) send(body);
  });

  const fail = (error: unknown): void => {
    if (isDead) return;
    stop();
    // An engine that trapped in the middle of its work takes what it collected with it.
    if (!hasSent) guard(sendBounce)();
    report(error);
  };

  const listen = (type: string, listener: (event: Event) => void): void => {
    const guarded = guard(listener);
    window.addEventListener(type, guarded, true);
    undo.push(() => window.removeEventListener(type, guarded, true));
  };

  /** Counts the visit, once only: should the page come back, the engine goes on with the view. */
  const sendBounce = (): void => {
    if (!start.options || !isGranted || engine || start.bounce) return;
    // The engine refuses it; what it was to remove must not be sent meanwhile.
    if ((start.options as { beforeSend?: unknown }).beforeSend) return;
    const view = bounceView(start.options, contexts, queue, start.hiddenAt as number);
    if (!view) return;
    start.bounce = view;
    send(JSON.stringify(view.event), true);
  };

  const onVisibility = (event?: Event): void => {
    const isHidden = event?.type === 'pagehide' || document.visibilityState === 'hidden';
    // A page that is being prerendered says `hidden`, and nobody has visited it.
    if (isHidden && !(document as { prerendering?: boolean }).prerendering) {
      start.hiddenAt ??= event ? performance.now() : 0;
      if (event) sendBounce();
    }
  };

  const onEngine = (started: Engine | undefined): void => {
    engine = started;
    if (isDead || !started) {
      stop();
      return;
    }
    if (!isGranted) call('setTrackingConsent', false);
    for (const early of queue) deliver(early);
    queue = [];
    if (start.dropped) {
      // The last state of a context may be among what was dropped.
      contexts.forEach((json, kind) => {
        call('setContext', kind as Methods['setContext'][0], json);
      });
    }
  };

  /** Consent may have been withdrawn, and the page may have called `stop`, while waiting. */
  const isWanted = (): boolean => {
    isScheduled = !isDead && !!start.options && !!isGranted;
    return isScheduled;
  };

  const schedule = (): void => {
    if (isScheduled || !isWanted()) return;
    afterPage(async () => {
      if (!isWanted()) return;
      try {
        engineModule = await loadModule(loadEngine);
        if (isWanted()) onEngine(await engineModule.startEngine(start));
      } catch (error) {
        report(error);
      }
    });
  };

  if (!isDead) {
    onVisibility();
    listen('visibilitychange', onVisibility);
    listen('pagehide', onVisibility);
  }

  return {
    contexts,
    call,
    ask,
    listen,
    stop,
    isDead: (): boolean => isDead,
    isStarted: (): boolean => !!start.options,
    setContext(kind: Methods['setContext'][0], json: string): void {
      if (isDead) return;
      contexts[kind] = json;
      call('setContext', kind, json);
    },
    start(given: InitConfiguration): void {
      start.options = given;
      start.startedAt = performance.now();
      start.takeEventEntries = observeEvents();
      start.send = (...request) => {
        hasSent = true;
        return send(...request);
      };
      start.fail = fail;
      undo.push(start.takeEventEntries);
      isGranted ??= (given.trackingConsent || 'granted') === 'granted';
      schedule();
    },
    setConsent(granted: boolean): void {
      isGranted = granted;
      ask('setTrackingConsent', granted);
      schedule();
    },
  };
}
