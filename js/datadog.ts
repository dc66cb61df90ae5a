/**
 * The same SDK under the names of `@datadog/browser-rum`, with what its users count on: `fetch`,
 * XMLHttpRequest and `console.error` are patched as soon as it is there.
 */

import { createFerrum } from './api.ts';
import { DEFAULT_TRACKED_RESOURCE_HEADERS } from './resource-headers.ts';
import type { Ferrum, InitConfiguration, InternalContext, ProxyFunction } from './types.ts';

// Apart from the file, so that bundlers leave out what a page does not import.
export { CanvasRecordingQuality, DefaultPrivacyLevel } from './datadog-constants.js';
export type * from './types.ts';
export { DEFAULT_TRACKED_RESOURCE_HEADERS };

export interface DatadogRum extends Ferrum {
  /** @deprecated `trackResourceHeaders: true` means these. */
  readonly DEFAULT_TRACKED_RESOURCE_HEADERS: typeof DEFAULT_TRACKED_RESOURCE_HEADERS;
}

/** @deprecated Use {@link DatadogRum}. */
export type RumGlobal = DatadogRum;
export type RumInitConfiguration = InitConfiguration;
export type RumInternalContext = InternalContext;
export type ProxyFn = ProxyFunction;

export const datadogRum = createFerrum(() => import('./engine.js')) as DatadogRum;

// As the official package does: other SDKs of Datadog's look for it there.
if (typeof document !== 'undefined') {
  (globalThis as { DD_RUM?: DatadogRum }).DD_RUM = datadogRum;
}
