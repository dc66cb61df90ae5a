/** The headers that make a request of the page part of a trace. */

import type { RequestCall } from './engine-contract.ts';
import { guard } from './guard.ts';
import { isSampled } from './session.ts';
import type { InitConfiguration, MatchOption, PropagatorType, TracingOption } from './types.ts';
import { hex, randomNumbers } from './uuid.ts';

/** What is no string becomes one in the request. */
export type Headers = Record<string, string | number | bigint>;

/** The option may be a list or a single value. */
export function tracingOptions({ allowedTracingUrls }: InitConfiguration) {
  return [allowedTracingUrls ?? []].flat() as (MatchOption | TracingOption)[];
}

/** A string is the beginning of the URL. Throws for what is no match option, or false. */
function matches(match: MatchOption | TracingOption, url: string): boolean {
  // `test` would go on from where a global expression found something.
  if ((match as RegExp).exec) return url.search(match as RegExp) >= 0;
  return (match as () => unknown).call
    ? (match as (url: string) => boolean)(url)
    : url.startsWith(match as string);
}

/**
 * Of a request to `url` in a session that is sent; `undefined` when it is not to be traced. Writes the
 * ids into `call`. `baggage` becomes the header of that name.
 * Throws, and writes nothing, for what no header can hold.
 */
export function traceHeaders(
  call: RequestCall,
  options: InitConfiguration,
  url: string,
  baggage: Record<string, string | undefined>,
): Headers | undefined {
  const option = tracingOptions(options).find(
    guard((each) => matches(each, url) || matches((each as TracingOption).match, url)),
  ) as TracingOption | undefined;
  const sessionId = baggage['session.id'];
  if (!option || !sessionId) return;
  const rate = (options.sessionSampleRate ?? 100) * (options.traceSampleRate ?? 100);
  const flag = +isSampled(sessionId, rate / 100);
  if (!flag && options.traceContextInjection !== 'all') return;

  const [id, other] = randomNumbers();
  // Of 63 bits.
  const span = other >> 1n;
  // As Datadog's tracers do: seconds, then zeros.
  const high = options.traceId128Bit ? `${((Date.now() / 1000) >>> 0).toString(16)}00000000` : '';
  const traceId = high + hex(id);
  const spanId = hex(span);
  const headers: Record<PropagatorType, Headers> = {
    datadog: {
      'x-datadog-origin': 'rum',
      'x-datadog-parent-id': span,
      'x-datadog-sampling-priority': flag,
      'x-datadog-trace-id': id,
      ...(high && { 'x-datadog-tags': `_dd.p.tid=${high}` }),
    },
    tracecontext: {
      traceparent: `00-${traceId.padStart(32, '0')}-${spanId}-0${flag}`,
      tracestate: `dd=s:${flag};o:rum`,
    },
    b3: { b3: `${traceId}-${spanId}-${flag}` },
    b3multi: { 'X-B3-TraceId': traceId, 'X-B3-SpanId': spanId, 'X-B3-Sampled': flag },
  };
  // A single type stands for a list of one; a list of none that there is for none at all.
  const chosen = [option.propagatorTypes || []]
    .flat()
    .map((type) => headers[type as PropagatorType])
    .filter(Boolean);
  const added = Object.assign(
    {},
    ...(chosen[0] ? chosen : [headers.tracecontext, headers.datadog]),
    (options.propagateTraceBaggage ?? true) && { baggage: baggageOf(baggage) },
  );
  call.trace = [id, span, high, flag];
  return added;
}

/** The members that have a value. Throws for a lone surrogate. */
function baggageOf(members: Record<string, string | undefined>): string {
  return Object.entries(members)
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}=${encodeURIComponent(value as string)}`)
    .join();
}
