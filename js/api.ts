/**
 * The public API, `types.ts` says what each method is. Here calls are only written down; `calls.ts`
 * checks them when the engine is there.
 */

import { copy } from './copy.ts';
import { VIEW } from './engine-contract.ts';
import { guard } from './guard.ts';
import { createLink } from './link.ts';
import type { LoadEngine } from './load.ts';
import { DEFAULT_TRACKED_RESOURCE_HEADERS } from './resource-headers.ts';
import type { Context, Ferrum, ViewOptions } from './types.ts';
import { VERSION } from './version.ts';

const METHODS =
  'addAction startAction stopAction startResource stopResource addError addTiming setViewName setViewLoadingTime addFeatureFlagEvaluation addDurationVital startDurationVital stopDurationVital startOperation succeedOperation failOperation startFeatureOperation succeedFeatureOperation failFeatureOperation startSessionReplayRecording stopSessionReplayRecording _setDebug stopSession getSessionReplayLink';

type Method = (...args: never[]) => unknown;

export function createFerrum(loadEngine: LoadEngine): Ferrum {
  const api: Record<string, unknown> = {};
  const { call, contexts, noteContext } = createLink(loadEngine, api);
  /** `next` makes the context of that kind that is known until the engine is there. */
  const define = (method: string, kind?: number, next?: (...args: never[]) => unknown): void => {
    api[method] = (...args: never[]) => {
      if (next) noteContext(kind as number, () => next(...args));
      return call(method, args);
    };
  };

  for (const method of METHODS.split(' ')) define(method);
  define('startView', VIEW, (options?: ViewOptions) => options?.context);
  'GlobalContext User Account ViewContext'.split(' ').forEach((what, kind) => {
    const withProperty = (key: string, value: unknown) => ({ ...contexts[kind], [key]: value });
    const without = (key: string) => {
      const { [key]: _, ...others } = contexts[kind] as Context;
      return others;
    };
    api[`get${what}`] = () => call(`get${what}`, []) ?? copy(contexts[kind]);
    define(`set${what}`, kind, (context) => context);
    define(`set${what}Property`, kind, withProperty);
    define(`remove${what}Property`, kind, without);
    define(`clear${what}`, kind, () => {});
  });

  for (const key in api) api[key] = guard(api[key] as Method);

  // What the callback throws is the page's.
  return Object.assign(api, {
    onReady: (callback: () => void) => callback(),
    version: VERSION,
    ...(IS_DROP_IN && { DEFAULT_TRACKED_RESOURCE_HEADERS }),
  }) as never;
}
