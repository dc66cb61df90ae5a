import type { ServerResponse } from 'node:http';

/** Ends a response with a body in JSON, or without one. */
export function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string>,
): void {
  const hasBody = body !== undefined && status !== 204 && status !== 304;
  response.writeHead(status, {
    ...headers,
    ...(hasBody && { 'Content-Type': 'application/json' }),
  });
  response.end(hasBody ? JSON.stringify(body) : undefined);
}

/** Ends a response with the reason why the request was refused. */
export function refuse(
  response: ServerResponse,
  status: number,
  reason: string,
  headers: Record<string, string>,
): void {
  answer(response, status, { errors: [reason] }, headers);
}

/** Ends a response to a request with the wrong method. */
export function refuseMethod(
  response: ServerResponse,
  allow: string,
  headers: Record<string, string>,
): void {
  refuse(response, 405, `the method must be ${allow}`, { ...headers, Allow: allow });
}
