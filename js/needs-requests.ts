/** Nothing of the page is patched unless it asks for what cannot be had otherwise. */

import { tracingOptions } from './trace.ts';
import type { InitConfiguration } from './types.ts';

/** Whether the options ask for headers of requests, or for what only who makes one sees of it. */
export function needsRequests(options: InitConfiguration): unknown {
  return (
    tracingOptions(options)[0] ||
    options.trackNetworkErrors ||
    options.trackResourceHeaders ||
    options.allowedGraphQlUrls
  );
}
