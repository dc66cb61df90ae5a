/**
 * The page's requests, for what resource timing does not tell (method, outcome) and for tracing:
 * headers can only be added in the call. From `init` on, so that none is missed before the engine.
 */

import type { EngineStart, RequestCall } from './engine-contract.ts';
import { patch } from './patch.ts';
import type { Headers as TraceHeaders } from './trace.ts';

/** The headers to add. */
type Trace = (call: RequestCall) => TraceHeaders | undefined;

/** The results undo it. */
export function observeRequests(
  start: EngineStart,
  trace: Trace,
  isStackRead: () => boolean,
): (() => void)[] {
  const calls = new WeakMap<XMLHttpRequest, RequestCall>();
  const tell = (call: RequestCall, moment: 'start' | 'end') => {
    call[moment] = performance.now();
    start.onRequest(call);
  };

  const onFetch = (_: unknown, args: unknown[]) => {
    const [input, init] = args as [string | URL | Request, RequestInit?];
    const call: RequestCall = { input, init, stack: isStackRead() && Error() };
    const added = trace(call);
    tell(call, 'start');
    if (added) {
      const isCopy = input instanceof Request && !init?.headers;
      const traced = isCopy ? new Request(input) : { ...init, headers: new Headers(init?.headers) };
      for (const name in added) {
        traced.headers[name === 'baggage' ? 'append' : 'set'](name, added[name] as string);
      }
      args[isCopy ? 0 : 1] = traced;
    }
    return (promise: Promise<Response>) =>
      promise.then(
        (response) => {
          call.response = response;
          tell(call, 'end');
        },
        (error) => {
          call.error = error;
          tell(call, 'end');
        },
      );
  };

  const onChange = ({ target: xhr }: { target: XMLHttpRequest }) => {
    if (xhr.readyState < 4) return;
    const call = calls.get(xhr) as RequestCall;
    call.status = xhr.status;
    tell(call, 'end');
  };

  const prototype = XMLHttpRequest.prototype;
  return [
    patch(window, 'fetch', onFetch),
    patch(prototype, 'open', (xhr: XMLHttpRequest, [method, input]) =>
      calls.set(xhr, { xhr, method, input } as RequestCall),
    ),
    patch(prototype, 'send', (xhr: XMLHttpRequest, [body]) => {
      const call = calls.get(xhr) as RequestCall;
      call.body = body;
      call.stack = isStackRead() && Error();
      const added = trace(call);
      tell(call, 'start');
      // Before the page's own listeners: some abort what is done, and the status is gone.
      xhr.addEventListener('readystatechange', onChange as never, true);
      for (const name in added) xhr.setRequestHeader(name, added[name] as string);
    }),
    patch(prototype, 'abort', (xhr: XMLHttpRequest) => {
      (calls.get(xhr) as RequestCall).wasAborted = true;
    }),
  ];
}
