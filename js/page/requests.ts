/**
 * Requests that the page made: what their timing entries do not tell is added to them, and those
 * without an entry, as failed ones in WebKit, become events all the same (the official SDK never
 * reports them).
 */

import type { Configuration } from '../configuration.ts';
import { type EngineStart, NETWORK, type RequestRecord } from '../engine-contract.ts';
import { uuid } from '../uuid.ts';
import { type ActivityObserver, INTAKE } from './activity.ts';
import { keepContext } from './domain-context.ts';
import type { AnyEntry } from './entries.ts';
import { hasFailed, type ReportError } from './errors.ts';
import { nanoseconds, RESOURCE_EVENT } from './events.ts';
import { addEvent, input } from './input.ts';
import { PAGE_ACTIVITY } from './kinds.ts';

/** Requests that wait for their entry (browser-rum-core 7.16, `requestRegistry.ts`: `MAX_REQUESTS`). */
const LIMIT = 1000;

/** ms after which the entry of a request without a response is no longer expected. */
const PATIENCE = 1000;

/** The number of those that the page aborted before they began: nothing was ever requested. */
const UNBORN = 0;

const START = 1;
const END = 2;

export interface Details {
  /** JSON of what is merged into the event, or `''`. */
  json: string;
  isTraced: boolean;
  /** Whether it is page activity that was not told of when it began, as requests are not patched. */
  isLateActivity: boolean;
  /** What `beforeSend` is told is kept under it. */
  token: number;
}

export interface Requests {
  /** Of the request that a timing entry is of. */
  detailsOf(entry: AnyEntry): Details;
  /** Whether the entry of this address has to wait; then `run` comes later. */
  isAwaited: RequestLook['isAwaited'] | undefined;
  /** Reports those whose entry will not come. */
  settle(): void;
}

/** What the page wants to know of requests besides: `look` as they end, `describe` in their event. */
export interface RequestLook {
  look(request: RequestRecord): void;
  describe(request: RequestRecord): object;
  /** `_dd` of the page's own request, if a server traced it. */
  documentTrace(): object | undefined;
  /**
   * Whether the response of this address is still being read: then `run` comes later, at the latest
   * when the page is left.
   */
  isAwaited(url: string, run: () => void): boolean;
}

export function observeRequests(
  start: EngineStart,
  configuration: Configuration,
  activity: ActivityObserver,
  report: ReportError,
  extras: Partial<RequestLook>,
): Requests {
  const finished = new Set<RequestRecord>();
  let last = 0;

  const tell = (request: RequestRecord, what: number, at: number) => {
    request.number ??= ++last;
    input(PAGE_ACTIVITY, at, [what, request.number]);
  };
  const finish = (request: RequestRecord, at: number) => {
    extras.look?.(request);
    finished.add(request);
    const [oldest] = finished;
    if (finished.size > LIMIT && oldest) finished.delete(oldest);
    if (configuration.trackNetworkErrors && hasFailed(request)) report([NETWORK, request], at);
  };
  start.observeRequests((request) => {
    const { url, start: begin, end, call } = request;
    const options = call.init ?? (call.input as RequestInit | undefined);
    if (end === undefined && options?.signal?.aborted) request.number = UNBORN;
    if (!activity.isExcluded(url)) tell(request, end === undefined ? START : END, end ?? begin);
    if (end !== undefined && !INTAKE.test(url)) finish(request, end);
  });

  const partOf = (request: RequestRecord): Part => {
    const { method, status, url } = request;
    return {
      resource: { method, status_code: status, url, ...extras.describe?.(request) },
      _dd: traceOf(request, start.options.traceSampleRate),
    };
  };
  return {
    detailsOf(entry) {
      const request = matching(finished, entry);
      if (request) finished.delete(request);
      const part: Part = request
        ? partOf(request)
        : { _dd: entry.initiatorType === 'navigation' ? extras.documentTrace?.() : undefined };
      const { contentType } = entry;
      if (contentType) {
        part.resource ??= {};
        part.resource.response = merged(part.resource.response, contentType);
      }
      return {
        json: JSON.stringify(part),
        isTraced: !!part._dd,
        isLateActivity: !request && isCall(entry) && !activity.isExcluded(entry.name),
        token: keepContext({ request, performanceEntry: entry }),
      };
    },
    isAwaited: extras.isAwaited,
    settle() {
      const now = performance.now();
      for (const request of finished) {
        const { start: begin, end = now, status, kind } = request;
        if (status !== 0 || now - end < PATIENCE) continue;
        finished.delete(request);
        if (request.number === UNBORN) continue;
        const { resource, _dd } = partOf(request);
        const duration = nanoseconds(end - begin);
        const part = { resource: { id: uuid(), type: kind, duration, ...resource }, _dd };
        const token = keepContext({ request });
        if (configuration.trackResources) addEvent(RESOURCE_EVENT, begin, part, 0, token);
      }
    },
  };
}

interface Part {
  resource?: Record<string, unknown>;
  _dd?: object | undefined;
}

function isCall({ initiatorType }: AnyEntry): boolean {
  return /fetch|xmlhttprequest/.test(initiatorType);
}

/** The latest that had begun before the entry, of the same address. */
function matching(requests: Set<RequestRecord>, entry: AnyEntry): RequestRecord | undefined {
  let closest: RequestRecord | undefined;
  if (!isCall(entry)) return closest;
  for (const request of requests) {
    const isBefore = request.start <= entry.startTime && request.start > (closest?.start ?? -1);
    if (isBefore && request.url === entry.name) closest = request;
  }
  return closest;
}

/** Of a request without an answer nobody knows whether a backend has seen it. */
function traceOf(request: RequestRecord, rate: number | undefined): object | undefined {
  const { traceId, spanId, isTraceSampled, status, isAborted } = request;
  if (!isTraceSampled || !(status || isAborted)) return undefined;
  const rule_psr = typeof rate === 'number' ? rate / 100 : undefined;
  return { trace_id: traceId, span_id: spanId, rule_psr };
}

function merged(response: unknown, contentType: string): object {
  const { headers } = (response ?? {}) as { headers?: object };
  return { headers: { 'content-type': contentType, ...headers } };
}
