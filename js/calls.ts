/** The methods of the public API that reach the engine. */

import type { Configuration } from './configuration.ts';
import { ACCOUNT, type Methods } from './engine-contract.ts';
import type { Extras } from './extras/attach.ts';
import { keepContext } from './page/domain-context.ts';
import type { ErrorEvents } from './page/error-events.ts';
import { addEvent, input } from './page/input.ts';
import {
  ACTION,
  CONSENT,
  CONTEXT,
  DELIVER,
  FLAG,
  INTERNAL_CONTEXT,
  LOADING_TIME,
  START_ACTION,
  START_VIEW,
  STOP_ACTION,
  STOP_SESSION,
  TIMING,
  VIEW_CONTEXT,
  VIEW_NAME,
} from './page/kinds.ts';
import type { PageObserver } from './page/observe.ts';
import type { SessionStore } from './page/session-store.ts';
import type { Deliver } from './recorded/texts.ts';

type AnyMethod = (at: number, ...args: unknown[]) => unknown;

export function createCalls(
  { applicationId }: Configuration,
  page: PageObserver,
  store: SessionStore,
  errors: ErrorEvents,
  ask: (kind: number, at?: number) => string,
  extras: Partial<Extras>,
): Deliver {
  const methods: { [M in keyof Methods]?: (at: number, ...args: Methods[M]) => unknown } = {
    addEvent(at, kind, part, frozenFor, context) {
      addEvent(kind, at, part, frozenFor, context && keepContext(context));
    },
    flush: (at) => input(DELIVER, at, [true]),
    addAction(at, name, json, stack) {
      const token = keepContext({ stack });
      input(ACTION, at, [token], [name, json]);
    },
    startAction: timedAction(START_ACTION),
    stopAction: timedAction(STOP_ACTION),
    setViewLoadingTime: (at) => input(LOADING_TIME, at),
    addError(at, ...call) {
      const [, error, , stack] = call;
      errors.add(call, at, keepContext({ error, stack }));
    },
    addTiming: (at, name, time) => input(TIMING, at, [time], [name]),
    startView(at, json, stack) {
      // What happened in the view before is its own; before the first one nobody takes it.
      if (ask(INTERNAL_CONTEXT)) page.settle();
      const { name, service, version, context, url } = JSON.parse(json);
      const texts = [name, service, version, JSON.stringify(context), absolute(url)];
      const token = keepContext({ location: { ...location }, stack });
      input(START_VIEW, at, [], texts);
      const started = token && ask(INTERNAL_CONTEXT);
      if (started) extras.nameContext?.(token, JSON.parse(started).view.id);
    },
    setViewName: (at, name) => input(VIEW_NAME, at, [], [name]),
    addFeatureFlagEvaluation: (at, key, json) => input(FLAG, at, [], [key, json]),
    setTrackingConsent(at, granted) {
      if (!granted) extras.endSession?.();
      input(CONSENT, at, [granted], [store.read()]);
    },
    stopSession(at) {
      if (!extras.endSession?.()) input(STOP_SESSION, at, [], [store.read()]);
    },
    setContext(at, kind, json) {
      // Datadog refuses an account without id; the page has been told.
      const isRefused = kind === ACCOUNT && !JSON.parse(json).id;
      input(CONTEXT, at, [kind], [isRefused ? '' : json]);
      extras.store?.(kind, json);
    },
    internalContext(_, startTime) {
      const text = ask(INTERNAL_CONTEXT, startTime);
      return text && JSON.stringify({ application_id: applicationId, ...JSON.parse(text) });
    },
    viewContext: () => ask(VIEW_CONTEXT),
  };
  return (method, at, ...args) => (methods[method] as AnyMethod | undefined)?.(at, ...args);
}

/** `startAction` and `stopAction`. */
function timedAction(kind: number) {
  return (at: number, name: string, json: string): void => {
    const { actionKey, type, context } = JSON.parse(json || '{}');
    input(kind, at, [], [actionKey ?? name, name, type, context && JSON.stringify(context)]);
  };
}

/** `undefined` for what is no URL: the view then has the page's. */
function absolute(url: string | undefined): string | undefined {
  try {
    return url && new URL(url, location.href).href;
  } catch {
    return undefined;
  }
}
