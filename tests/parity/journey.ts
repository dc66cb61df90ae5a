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
  /** Runs on the page, after the SDK is loaded and before `init`. */
  early?: () => void;
  /** How the SDK comes to the page; `none`: the journey starts it. Absent: a script in the head. */
  script?: 'async' | 'none';
  /** HTML at the end of the head, and of the body. */
  head?: string;
  body?: string;
  /** Of the page's response. */
  headers?: Record<string, string>;
  /** Paths that are left to chance elsewhere, and that this journey compares. */
  measures?: ('inp' | 'scroll')[];
  /** Shows and hides tabs, which nobody else may do meanwhile. */
  alone?: true;
  /** No event is expected. */
  silent?: true;
  /** Answers of the site that only this journey needs. */
  site?: (site: Site) => void;
  /** The page is open and the SDK ready, unless `script` is `none`. The runner leaves all tabs afterwards. */
  run?: (driver: Driver) => Promise<unknown>;
}

/** What runs on a page is only ever parsed there, so that stacks name the page's own file. */
export type OnPage<Result> = () => Result | Promise<Result>;
