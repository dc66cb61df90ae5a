/**
 * The same SDK under the names of `@datadog/browser-rum`. It has the methods and options of
 * `ferrum`, not yet all of the official SDK's: `init` says which options have no effect.
 */

import { createFerrum } from './api.ts';
import type { Ferrum } from './types.ts';

export type * from './types.ts';

const OBJECT = 'DD_RUM';

export const datadogRum: Ferrum = createFerrum(() => import('./engine.js'), {
  name: 'Datadog Browser SDK',
  object: OBJECT,
});

// As the official package does: other SDKs of Datadog's look for it there.
if (typeof document !== 'undefined') {
  (globalThis as { [OBJECT]?: Ferrum })[OBJECT] = datadogRum;
}
