/**
 * Requests and elements that failed. Texts for requests are those of browser-logs 7.16,
 * `networkErrorCollection`.
 */

import { cut } from '../error.ts';
import type { Failure } from '../page/errors.ts';
import type { Told } from './describe.ts';

/** Characters of the address of a request; an image may have all of itself in it. */
const ADDRESS_LIMIT = 4096;

export function tellFailure(failure: Failure): Told {
  const url = cut(failure.url, ADDRESS_LIMIT);
  const resource = { status_code: statusOf(failure), method: failure.method ?? 'GET', url };
  const message = `${whatFailed(failure)} ${url}`;
  // Nobody knows whether the page looked at the response.
  const own = { message, handling: undefined, resource };
  return { name: '', message: '', stack: '', own };
}

function whatFailed({ kind, method, localName }: Failure): string {
  return localName
    ? `Failed to load <${localName}>`
    : `${kind === 'xhr' ? 'XHR' : 'Fetch'} error ${method}`;
}

/** 0 when there was no response, or nobody knows. */
function statusOf({ url, status }: Failure): number {
  const entries = performance.getEntriesByName(url) as PerformanceResourceTiming[];
  return status ?? entries.at(-1)?.responseStatus ?? 0;
}
