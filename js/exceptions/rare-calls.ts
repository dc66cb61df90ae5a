/** Methods that few pages call. */

import { ACCOUNT, type EngineStart, GLOBAL, USER } from '../engine-contract.ts';
import { named } from '../recorded/named.ts';
import { type Deliver, type Interpret, NOTHING, parsed, type Texts } from '../recorded/texts.ts';
import { createManualEvents } from './manual.ts';

/** As the engine's chunk has the others. */
export function rareCalls(
  deliver: Deliver,
  texts: Texts,
  start: EngineStart,
): Record<string, Interpret> {
  const events = createManualEvents(deliver);
  const tell: Deliver = (method, at, ...args) =>
    events[method]?.(at, ...(args as [string, string]));
  return { ...timedCalls(tell, texts), ...operationCalls(tell, texts), ...remarks(start) };
}

export function timedCalls(deliver: Deliver, texts: Texts): Record<string, Interpret> {
  const withOptions = (method: 'startResource', label: string): Interpret =>
    named(texts, label, (at, text, value, stack) =>
      deliver(method, at, text, texts.options(value), stack),
    );
  const calls: Record<string, Interpret> = {};
  for (const verb of ['add', 'start', 'stop']) {
    calls[`${verb}DurationVital`] = withOptions(`${verb}DurationVital` as never, 'vital name');
    calls[`${verb}Resource`] = withOptions(`${verb}Resource` as never, 'resource URL');
  }
  return calls;
}

/** Also under the names that Datadog no longer recommends. */
export function operationCalls(deliver: Deliver, { name, json, options }: Texts) {
  const step =
    (type: 'start' | 'end', hasReason?: boolean): Interpret =>
    (at, [given, ...rest], stack) => {
      const text = name(given, 'operation name');
      const failure_reason = hasReason ? parsed(json(rest.shift())) : undefined;
      const known = JSON.parse(options(rest[0]) || NOTHING);
      const step = JSON.stringify({ step_type: type, failure_reason, ...known });
      if (text !== undefined) deliver('addOperationStep', at, text, step, stack);
    };
  const calls: Record<string, Interpret> = {};
  for (const noun of ['Operation', 'FeatureOperation']) {
    calls[`start${noun}`] = step('start');
    calls[`succeed${noun}`] = step('end');
    calls[`fail${noun}`] = step('end', true);
  }
  return calls;
}

/** What only gets an answer in the console, or none. */
export function remarks({ warn, error, isDropIn }: EngineStart): Record<string, Interpret> {
  let hasSaid = false;
  const noReplay = () => {
    if (!hasSaid) warn('Session replay is not recorded by Ferrum.');
    hasSaid = true;
  };
  return {
    init(_, [given]) {
      if (!given) error('Missing configuration');
      else if (!(given as { silentMultipleInit?: unknown }).silentMultipleInit) {
        error(`${isDropIn ? 'DD_RUM' : 'ferrum'} is already initialized.`);
      }
    },
    startSessionReplayRecording: noReplay,
    stopSessionReplayRecording: noReplay,
    _setDebug() {},
  };
}

/**
 * Tells the engine of a call that had to wait, with the contexts of `then`: the page may have changed
 * them meanwhile. Nobody else flushes a page that was hidden meanwhile, and may be killed.
 */
export function tellLate(
  deliver: Deliver,
  { known, fail }: EngineStart,
  then: string[],
  tell: () => void,
): void {
  const now = performance.now();
  const changed = ([GLOBAL, USER, ACCOUNT] as const).filter((kind) => then[kind] !== known[kind]);
  const setContexts = (texts: string[]) => {
    for (const kind of changed) deliver('setContext', now, kind, texts[kind] as string);
  };
  try {
    setContexts(then);
    tell();
    setContexts(known);
    if (document.visibilityState === 'hidden') deliver('flush', now);
  } catch (error) {
    fail(error);
  }
}
