/**
 * Errors that nobody throws: what the browser reports (violated policies, interventions) and, where
 * the page asks for it, deprecations, elements that could not be loaded (for those see
 * `exceptions/element-errors.ts`), and failed requests. Here they are only noticed; `errors/` reads
 * them. The official RUM SDK sees neither what was reported before it listens, nor elements, nor
 * requests.
 */

import { type NETWORK, REPORT } from '../engine-contract.ts';
import type { InitConfiguration } from '../types.ts';
import type { Listening } from './listen.ts';

const VIOLATION = 'csp-violation';

export interface Position {
  sourceFile?: string | null;
  lineNumber?: number | null;
  columnNumber?: number | null;
}

export interface Violation extends Position {
  effectiveDirective: string;
  originalPolicy: string;
  disposition: string;
  /** Of an event. */
  blockedURI?: string;
  /** Of a report. */
  blockedURL?: string;
}

/** An event of a violation, or a report, which has a body. */
export interface BrowserReport extends Position {
  type: string;
  body?: Violation | (Position & { id: string; message: string });
}

/** A request that the page made, or an element. */
export interface Failure {
  url: string;
  /** Of an element. */
  localName?: string;
  kind?: 'fetch' | 'xhr';
  method?: string;
  /** 0 when there was no response. */
  status?: number;
}

export type Reported =
  | [kind: typeof REPORT, report: BrowserReport, json?: undefined]
  | [kind: typeof NETWORK, failure: Failure, json?: undefined];

/** To be given to the engine. */
export type ReportError = (error: Reported, at?: number) => void;

export function observeErrors(
  { listen, guarded, undo }: Listening,
  { trackDeprecations }: InitConfiguration,
  report: ReportError,
): void {
  const add = (given: BrowserReport) =>
    isOwn((given.body ?? given) as Violation) || report([REPORT, given]);
  listen(document, ['securitypolicyviolation'], (event) => add(event as never));
  // Firefox has none.
  if (!window.ReportingObserver) return;
  const take = (reports: unknown[]) => {
    for (const each of reports) add(each as BrowserReport);
  };
  const observer = new ReportingObserver(
    // The listener is told of later violations, and at once.
    guarded((reports) => take(reports.filter(({ type }) => type !== VIOLATION))),
    {
      types: [VIOLATION, 'intervention'].concat(trackDeprecations ? 'deprecation' : []),
      buffered: true,
    },
  );
  undo(() => observer.disconnect());
  observer.observe();
  take(observer.takeRecords());
}

/**
 * A policy that forbids WebAssembly: Ferrum's own attempt, after which it did without. Of a file on
 * another origin the browser only tells the origin.
 */
function isOwn({ blockedURI, blockedURL, sourceFile }: Violation): boolean | undefined {
  return (blockedURI ?? blockedURL) === 'wasm-eval' && Error().stack?.includes(`${sourceFile}`);
}

/** Whether the server or the network failed; neither the page nor what it asked for. */
export function hasFailed({ status, isAborted }: { status: number; isAborted: boolean }): boolean {
  return !isAborted && (status === 0 || status >= 500);
}
