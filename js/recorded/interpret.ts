/**
 * What the shim wrote down, made into calls of the engine: names are checked, contexts kept, all
 * values become texts. This is the engine's side; before it is there, nobody needs this.
 */

import { createDisplay } from '../console.ts';
import type { Engine, EngineStart, ShimStart } from '../engine-contract.ts';
import type { Exceptions, LoadExceptions } from '../exceptions.ts';
import { createSend } from '../transport.ts';
import { contextCalls } from './contexts.ts';
import { errorCalls } from './errors.ts';
import { namedCalls } from './named.ts';
import { observeRecords } from './request.ts';
import { otherCalls } from './session.ts';
import { createTexts, type Deliver, type Interpret, NOTHING, parsed } from './texts.ts';

/** Before anything else reads it; once, also when several `init` were refused. */
export function prepare(shim: ShimStart): EngineStart {
  if ('known' in shim) return shim as EngineStart;
  return Object.assign(shim, {
    ...createDisplay(shim),
    known: [NOTHING, NOTHING, NOTHING],
    send: createSend(shim),
    takeEntries() {
      const { earlyEntries, entryObserver } = shim;
      const late = entryObserver?.takeRecords() ?? [];
      entryObserver?.disconnect();
      return earlyEntries.concat(late).sort((a, b) => a.startTime - b.startTime);
    },
    observeRequests: (onRequest: Parameters<typeof observeRecords>[1]) =>
      observeRecords(shim, onRequest),
  });
}

/** Methods in `exceptions/rare-calls.ts`, but for those that never do anything. */
const RARE = /Vital|Operation|Resource|init/;

/** With less room for calls, or errors, some may be dropped until the engine is there. */
const LITTLE_ROOM = 50;

/**
 * What the calls in the queue need besides, so that they keep their order, and what the page wants to
 * be noticed from the start.
 */
export async function prepareCalls(
  { queue, room, options }: Pick<EngineStart, 'queue' | 'room' | 'options'>,
  load: LoadExceptions,
): Promise<Exceptions | undefined> {
  const isRare =
    options.trackElementErrors ||
    Math.min(...room) < LITTLE_ROOM ||
    queue.some(([method]) => RARE.test(method));
  // Without it the engine starts all the same.
  return isRare ? load().catch(() => undefined) : undefined;
}

/**
 * `deliver` takes the checked calls. What a call throws costs that call and is reported, the first
 * time; only an engine that `hasTrapped` blows the fuse. What few pages call waits until it is
 * loaded, unless it is `known`.
 */
export function interpret(
  deliver: Deliver,
  start: EngineStart,
  hasTrapped: () => boolean,
  load: LoadExceptions,
  known?: Exceptions,
): Engine['call'] {
  const texts = createTexts(start);
  const calls: Record<string, Interpret> = {
    ...namedCalls(deliver, texts),
    ...errorCalls(deliver, texts),
    ...contextCalls(deliver, texts, start),
    ...otherCalls(deliver, texts, start),
  };
  let isReported = false;
  const tell: Engine['call'] = (method, at, args, stack) => {
    try {
      return calls[method]?.(at, args, stack || undefined);
    } catch (error) {
      if (hasTrapped()) throw error;
      if (!isReported) start.report(error);
      isReported = true;
    }
  };
  const addRare = (exceptions: Exceptions): Exceptions => {
    Object.assign(calls, exceptions.rareCalls(deliver, texts, start));
    return exceptions;
  };
  if (known) addRare(known).restoreContexts(calls, start);
  let loading: Promise<Exceptions> | undefined;
  /** Of what the page gave, and of its contexts, it keeps what they are now. */
  const tellLater: Engine['call'] = (method, at, [name, ...others], stack) => {
    const args = [name, ...others.map((value) => parsed(texts.json(value)))];
    const contexts = [...start.known];
    loading ??= load().then(addRare);
    loading.then(
      ({ tellLate }) => tellLate(deliver, start, contexts, () => tell(method, at, args, stack)),
      () => {},
    );
  };
  return (...call) => (calls[call[0]] ? tell : tellLater)(...call);
}
