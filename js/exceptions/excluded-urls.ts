/** Addresses whose requests are no activity: the page's `excludedActivityUrls`. */

import type { EngineStart } from '../engine-contract.ts';
import type { UrlTest } from '../page/activity.ts';

export type UrlMatch = string | RegExp | UrlTest;

/** What the page gave may throw, and remember where it found something. */
export function urlTest(match: UrlMatch, error: EngineStart['error']): UrlTest {
  return (url) => {
    try {
      if (typeof match === 'function') return match(url);
      if (!(match instanceof RegExp)) return match === url;
      match.lastIndex = 0;
      return match.test(url);
    } catch (thrown) {
      error('excludedActivityUrls threw an error:', thrown);
      return false;
    }
  };
}
