/**
 * The public API, `types.ts` says what each method is. Here calls are only written down; `calls.ts`
 * checks them when the engine is there.
 */

import { copy } from './copy.ts';
import { VIEW } from './engine-contract.ts';
import { guard } from './guard.ts';
import { createLink } from './link.ts';
import type { LoadEngine } from './load.ts';
import type { Context, Ferrum, InitConfiguration, ViewOptions } from './types.ts';
import { VERSION } from './version.ts';

const METHODS =
  'addAction startAction stopAction startResource stopResource addError addTiming setViewName setViewLoadingTime addFeatureFlagEvaluation addDurationVital startDurationVital stopDurationVital startOperation succeedOperation failOperation startFeatureOperation succeedFeatureOperation failFeatureOperation startSessionReplayRecording stopSessionReplayRecording _setDebug stopSession getSessionReplayLink';

type Method = (...args: never[]) => unknown;

export interface Flavor {
  /** What messages begin with. */
  name: string;
  /** What the page calls the API. */
  object: string;
  /** What Datadog's SDK patches is patched. */
  isDropIn?: boolean;
  /** Whether `fetch` and XMLHttpRequest are to be patched; the drop-in does it at once. */
  needsRequests?(options: InitConfiguration): unknown;
  /** Of the API. */
  constants?: object;
}

export function createFerrum(loadEngine: LoadEngine, flavor: Flavor): Ferrum {
  const api: Record<string, unknown> = {};
  const { call, contexts, noteContext } = createLink(loadEngine, flavor, api);
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
    define(`clear${what}`, kind, () => 0);
  });

  for (const key in api) api[key] = guard(api[key] as Method);

  // What the callback throws is the page's.
  const onReady = (callback: () => void) => callback();
  return Object.assign(api, { onReady, version: VERSION, ...flavor.constants }) as never;
}
