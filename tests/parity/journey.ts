/** A visit, written once and made with both SDKs. */

import type { datadogRum } from '@datadog/browser-rum';
import type { Site } from '../browser/site.ts';
import type { Driver } from './driver.ts';

declare global {
  interface Window {
    DD_RUM: typeof datadogRum;
  }
}

export interface Journey {
  name: string;
  /** Options for `init` beside those that every journey has. */
  options?: Record<string, unknown>;
  /** More of them, which JSON cannot say. Runs on the page. */
  code?: () => Record<string, unknown>;
  /** Runs on the page, before the SDK is loaded. */
  first?: () => void;
  /** Runs on the page, after the SDK is loaded and before `init`. */
  early?: () => void;
  /** How the SDK comes to the page; `none`: the journey starts it; `npm`: the page bundles it. Absent: a script in the head. */
  script?: 'async' | 'none' | 'npm';
  /** HTML at the end of the head, and of the body. */
  head?: string;
  body?: string;
  /** Of the page's response. */
  headers?: Record<string, string>;
  /** Paths that are left to chance elsewhere, and that this journey compares. */
  measures?: ('inp' | 'scroll' | 'versions' | 'query')[];
  /** Shows and hides tabs, which nobody else may do meanwhile. */
  alone?: true;
  /** No event is expected. */
  silent?: true;
  /** A host name that leads to the site, instead of its address. */
  host?: string;
  /** Answers of the site that only this journey needs. */
  site?: (site: Site) => void | Promise<void>;
  /** The page is open and the SDK ready, unless `script` is `none`. The runner leaves all tabs afterwards. */
  run?: (driver: Driver) => Promise<unknown>;
}

/** What runs on a page is only ever parsed there, so that stacks name the page's own file. */
export type OnPage<Result, Arguments extends unknown[] = []> = (
  ...given: Arguments
) => Result | Promise<Result>;
