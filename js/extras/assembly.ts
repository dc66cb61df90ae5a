/** What happens to an event between the engine and the intake, where the page asked for any of it. */

import type { Context } from '../types.ts';
import { applyBeforeSend, type BeforeSend } from './before-send.ts';
import type { Display, ToJson } from './display.ts';
import { type AssembleHook, applyHooks } from './plugins.ts';
import { createScrub, type ScrubUrl } from './scrub.ts';
import { sourceContext } from './source-context.ts';

export interface AssemblyOptions {
  beforeSend?: unknown;
  scrubUrl?: ScrubUrl;
}

/**
 * The event as it is to be sent; `undefined` when the page does not want it. `json` is an event with
 * all that events share, a view in full; `token` is what its context is known by. To be called before
 * events are counted or limited.
 */
export type Assemble = (json: string, token: number) => string | undefined;

/** For `beforeSend` and hooks; by its `handlingStack` the micro-frontend is known. */
export type ContextOf = (event: Context, token: number) => object;

export function createAssembly(
  { beforeSend, scrubUrl }: AssemblyOptions,
  hooks: Set<AssembleHook>,
  toJson: ToJson,
  display: Display,
  contextOf: ContextOf,
): Assemble {
  const scrub = createScrub(scrubUrl);
  const source = sourceContext();
  return (json, token) => {
    const event = JSON.parse(json) as Context;
    const domainContext = contextOf(event, token);
    source.apply(event, (domainContext as { handlingStack?: string }).handlingStack);
    if (!applyHooks(event, hooks, domainContext, toJson, display)) return undefined;
    // Before `beforeSend`, which so has the last word on its fields.
    scrub?.event(event);
    const isKept =
      typeof beforeSend !== 'function' ||
      applyBeforeSend(event, beforeSend as BeforeSend, domainContext, toJson, display);
    if (!isKept) return undefined;
    if (JSON.stringify(event.context) === '{}') delete event.context;
    return JSON.stringify(event);
  };
}
