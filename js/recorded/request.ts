/** The page's requests as the engine wants to know them. This is the engine's side. */

import type { RequestCall, RequestRecord, ShimStart } from '../engine-contract.ts';

/** Those of before at once. */
export function observeRecords(shim: ShimStart, onRequest: (record: RequestRecord) => void): void {
  const records = new WeakMap<RequestCall, RequestRecord>();
  shim.onRequest = (call) => {
    const known = records.get(call);
    const record = known ?? describe(call);
    records.set(call, record);
    if (known) finish(record);
    onRequest(record);
  };
  for (const call of shim.requests.splice(0)) {
    shim.onRequest(call);
    if (call.end !== undefined) shim.onRequest(call);
  }
}

function describe(call: RequestCall): RequestRecord {
  const { input, init, method, xhr, start = 0, trace } = call;
  const request = input instanceof Request ? input : undefined;
  const verb = method ?? init?.method ?? request?.method ?? 'GET';
  const record: RequestRecord = {
    kind: xhr ? 'xhr' : 'fetch',
    method: `${verb}`.toUpperCase(),
    url: request?.url ?? absolute(input as string | URL),
    start,
    status: 0,
    isAborted: false,
    call,
  };
  if (!trace) return record;
  const [id, span, high, flag] = trace;
  return Object.assign(record, {
    traceId: high ? high + id.toString(16).padStart(16, '0') : `${id}`,
    spanId: `${span}`,
    isTraceSampled: !!flag,
  });
}

function finish(record: RequestRecord): void {
  const { input, init, xhr, status, wasAborted, response, end } = record.call;
  const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
  record.end = end;
  record.status = status ?? response?.status ?? 0;
  // A response that came before the page aborted its body is one.
  record.isAborted = xhr ? !!wasAborted : !response && !!signal?.aborted;
}

/** What is no URL is not requested either. */
function absolute(url: string | URL): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return `${url}`;
  }
}
