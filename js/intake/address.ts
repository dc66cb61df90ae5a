import type { CarrierRequest } from './stream.ts';

/** Where a request goes, once a proxy's `ddforward` is resolved. */
export interface Address {
  path: string;
  query: URLSearchParams;
  /** The last part of `/api/v2/{track}`; absent for any other path. */
  track?: string;
  /** The path and query came from `ddforward`. */
  isForwarded: boolean;
}

/**
 * Reads the target of a request. Throws a `URIError` if `ddforward` is badly encoded.
 *
 * @param target - `request.url`, as it came over the wire
 */
export function parseAddress(target: string): Address {
  const forwarded = forwardedTarget(target);
  const { path, query } = split(forwarded ?? target);
  const track = /^\/api\/v2\/([a-z][a-z0-9_-]{0,31})$/.exec(path)?.[1];
  return {
    path,
    query: new URLSearchParams(query),
    isForwarded: forwarded !== undefined,
    ...(track !== undefined && { track }),
  };
}

/** The SDK appends `?ddforward=` even to a proxy that has a query already, so a `?` may stand before it twice. */
function forwardedTarget(target: string): string | undefined {
  const encoded = /[?&]ddforward=([^&]*)/.exec(target)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

function split(target: string): { path: string; query: string } {
  const mark = target.indexOf('?');
  if (mark < 0) return { path: target, query: '' };
  return { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/** What the query string says about the request that carried a line; how many bytes it had is yet to be counted. */
export function carrierOf(query: URLSearchParams): CarrierRequest {
  const carrier: CarrierRequest = { bytes: 0 };
  const texts = {
    id: 'dd-request-id',
    api: '_dd.api',
    encoding: 'dd-evp-encoding',
    sdkVersion: 'dd-evp-origin-version',
  } as const;
  const numbers = {
    batchTime: 'batch_time',
    retryCount: '_dd.retry_count',
    retryAfter: '_dd.retry_after',
  } as const;
  for (const [field, parameter] of entries(texts)) {
    const value = query.get(parameter)?.slice(0, 200);
    if (value) carrier[field] = value;
  }
  for (const [field, parameter] of entries(numbers)) {
    const value = query.get(parameter);
    if (value && /^\d{1,15}$/.test(value)) carrier[field] = Number(value);
  }
  return carrier;
}

function entries<K extends string>(names: Record<K, string>): [K, string][] {
  return Object.entries(names) as [K, string][];
}
