/** Contexts of which the early queue may have dropped the last state. */

import type { EngineStart } from '../engine-contract.ts';
import { CONTEXTS } from '../recorded/contexts.ts';
import type { Interpret } from '../recorded/texts.ts';

/** After what the queue did keep, which the engine is told in this task. */
export function restoreContexts(
  calls: Record<string, Interpret>,
  { room, contexts, fail }: EngineStart,
): void {
  if (Math.min(...room) >= 0) return;
  const last = [...contexts];
  setTimeout(() => {
    try {
      CONTEXTS.forEach((what, kind) => {
        calls[`set${what}`]?.(performance.now(), [last[kind]]);
      });
    } catch (error) {
      fail(error);
    }
  });
}
