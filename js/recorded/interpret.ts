/**
 * What the shim wrote down, made into calls of the engine: names are checked, contexts kept, all
 * values become texts. This is the engine's side; before it is there, nobody needs this.
 */

import { createDisplay } from '../console.ts';
import type { Engine, EngineStart, ShimStart } from '../engine-contract.ts';
import { createSend } from '../transport.ts';
import type { Context } from '../types.ts';
import { CONTEXTS, contextCalls } from './contexts.ts';
import { errorCalls } from './errors.ts';
import { namedCalls, operationCalls } from './named.ts';
import { observeRecords } from './request.ts';
import { otherCalls } from './session.ts';
import { createTexts, type Deliver, type Interpret, NOTHING } from './texts.ts';

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

/**
 * `deliver` takes the checked calls. What a call throws costs that call and is reported, the first
 * time; only an engine that `hasTrapped` blows the fuse.
 */
export function interpret(
  deliver: Deliver,
  start: EngineStart,
  hasTrapped: () => boolean,
): Engine['call'] {
  const texts = createTexts(start);
  const calls: Record<string, Interpret> = {
    ...namedCalls(deliver, texts),
    ...operationCalls(deliver, texts),
    ...errorCalls(deliver, texts),
    ...contextCalls(deliver, texts, start),
    ...otherCalls(deliver, texts, start),
  };
  // The last state of a context may be among what was dropped; what was not follows in this task.
  if (Math.min(...start.room) < 0)
    setTimeout(restoreContexts, 0, calls, [...start.contexts], start);
  let isReported = false;
  return (method, at, args, stack) => {
    try {
      return calls[method]?.(at, args, stack || undefined);
    } catch (error) {
      if (hasTrapped()) throw error;
      if (!isReported) start.report(error);
      isReported = true;
    }
  };
}

function restoreContexts(
  calls: Record<string, Interpret>,
  last: Context[],
  { fail }: EngineStart,
): void {
  try {
    CONTEXTS.forEach((what, kind) => {
      calls[`set${what}`]?.(performance.now(), [last[kind]]);
    });
  } catch (error) {
    fail(error);
  }
}
