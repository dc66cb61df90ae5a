/**
 * Errors that nobody throws: what the browser reports (violated policies, interventions) and, where
 * the page asks for it, deprecations, elements that could not be loaded, and failed requests. Texts
 * are those of browser-core 7.16, `domain/report/reportObservable`, and for requests those of
 * browser-logs 7.16, `networkErrorCollection`. The official RUM SDK sees neither what was reported
 * before it listens, nor elements, nor requests.
 */

import { NETWORK, REPORT } from '../engine-contract.ts';
import { cut, type ErrorTexts } from '../error.ts';
import type { Listening } from './listen.ts';

/** Characters of a policy (browser-core 7.16, `buildRawReportErrorFromCspViolation`). */
const POLICY_LIMIT = 100;

/** Characters of the address of a request; an image may have all of itself in it. */
const ADDRESS_LIMIT = 4096;

const VIOLATION = 'csp-violation';

/** To be given to the engine. */
export type ReportError = (at: number, ...texts: ErrorTexts) => void;

export interface ErrorOptions {
  /** Whether use of what browsers will remove is an error. Absent: false. */
  trackDeprecations?: boolean | undefined;
  /** Whether an image, script, stylesheet… that could not be loaded is an error. Absent: false. */
  trackElementErrors?: boolean | undefined;
}

interface Position {
  sourceFile?: string | null;
  lineNumber?: number | null;
  columnNumber?: number | null;
}

interface Violation extends Position {
  effectiveDirective: string;
  originalPolicy: string;
  disposition: string;
  /** Of an event. */
  blockedURI?: string;
  /** Of a report. */
  blockedURL?: string;
}

interface BrowserReport {
  type: string;
  body: Position & { id: string; message: string };
}

/** Returns what ends it; the listeners end with the others. */
export function observeErrors(
  { listen, guarded }: Listening,
  { trackDeprecations, trackElementErrors }: ErrorOptions,
  report: ReportError,
): () => void {
  const add = (texts?: ErrorTexts | false) => texts && report(performance.now(), ...texts);
  listen(document, ['securitypolicyviolation'], (event) => add(violationTexts(event as never)));
  if (trackElementErrors) {
    listen(window, ['error'], ({ target }) => {
      add(target !== window && elementTexts(target as never));
    });
  }
  // Firefox has none.
  if (!window.ReportingObserver) return () => {};
  const take = (reports: unknown[]) => {
    for (const each of reports) add(reportTexts(each as BrowserReport));
  };
  const observer = new ReportingObserver(
    // The listener is told of later violations, and at once.
    guarded((reports) => take(reports.filter(({ type }) => type !== VIOLATION))),
    {
      types: [VIOLATION, 'intervention'].concat(trackDeprecations ? 'deprecation' : []),
      buffered: true,
    },
  );
  observer.observe();
  take(observer.takeRecords());
  return () => observer.disconnect();
}

/** A request that the page made, as the patch of `fetch` and XHR or a resource timing tells. */
export interface FinishedRequest {
  kind: 'fetch' | 'xhr';
  url: string;
  method: string;
  /** 0 when there was no response. */
  status: number;
  isAborted?: boolean | undefined;
}

/** `undefined` for a request that did not fail. */
export function requestTexts(request: FinishedRequest): ErrorTexts | undefined {
  const { kind, url, method, status, isAborted } = request;
  if (isAborted || (status !== 0 && status < 500)) return undefined;
  const name = kind === 'xhr' ? 'XHR' : 'Fetch';
  return networkTexts(`${name} error ${method}`, status, method, url);
}

/** `undefined` for an element that loads nothing. */
function elementTexts(element: Element): ErrorTexts | undefined {
  const { localName, currentSrc, src, href } = element as HTMLImageElement & HTMLLinkElement;
  // Chromium leaves that of a blocked image as it is written in the page.
  const url = /:/.test(currentSrc) ? currentSrc : src || href;
  // The href of an SVG image is an object.
  if (typeof url !== 'string' || !url) return undefined;
  const [entry] = performance.getEntriesByName(url).slice(-1) as PerformanceResourceTiming[];
  const status = entry?.responseStatus ?? 0;
  return networkTexts(`Failed to load <${localName}>`, status, 'GET', url);
}

function networkTexts(
  what: string,
  status_code: number,
  method: string,
  address: string,
): ErrorTexts {
  const url = cut(address, ADDRESS_LIMIT);
  const detail = JSON.stringify({ status_code, method, url });
  return texts(NETWORK, `${what} ${url}`, detail, '', '', '');
}

function violationTexts(violation: Violation): ErrorTexts | undefined {
  const { effectiveDirective, originalPolicy, disposition, blockedURI, blockedURL } = violation;
  const blocked = blockedURI ?? blockedURL;
  // A policy that forbids WebAssembly: Ferrum's own attempt, after which it did without. Of a file
  // on another origin the browser only tells the origin.
  if (blocked === 'wasm-eval' && Error().stack?.includes(`${violation.sourceFile}`))
    return undefined;
  const message = `'${blocked}' blocked by '${effectiveDirective}' directive`;
  const policy = cut(originalPolicy, POLICY_LIMIT);
  return texts(
    REPORT,
    `csp_violation: ${message}`,
    JSON.stringify({ disposition }),
    effectiveDirective,
    policy ? `${message} of the policy "${policy}"` : 'no policy',
    frameOf(violation),
  );
}

const reportTexts = ({ type, body }: BrowserReport): ErrorTexts | undefined =>
  type === VIOLATION
    ? violationTexts(body as never)
    : texts(REPORT, `${type}: ${body.message}`, '', body.id, body.message, frameOf(body));

function frameOf({ sourceFile, lineNumber, columnNumber }: Position): string {
  return sourceFile ? `    at ${sourceFile}:${lineNumber ?? 0}:${columnNumber ?? 0}` : '';
}

/** In the order of {@link ErrorTexts}; `detail` is JSON of what only this kind has. */
function texts(kind: number, message: string, detail: string, ...thrown: string[]): ErrorTexts {
  return [kind, ['', '', message, '', '', '', detail, ...thrown].map((text) => cut(text))];
}
