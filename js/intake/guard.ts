import type { IncomingMessage } from 'node:http';

// Any page may send events, as to Datadog. Only the live page may read them.

/** Lets any page send, and read the answer. */
export function openHeaders(request: IncomingMessage): Record<string, string> {
  const { origin } = request.headers;
  const vary = { 'X-Content-Type-Options': 'nosniff', Vary: 'Origin' };
  if (!origin) return { ...vary, 'Access-Control-Allow-Origin': '*' };
  return {
    ...vary,
    'Access-Control-Allow-Origin': origin,
    // sendBeacon() sends cookies along: without this, the browser would report that as an error.
    'Access-Control-Allow-Credentials': 'true',
  };
}

/** The answer to a preflight, which asks for whatever the page is going to send. */
export function preflightHeaders(request: IncomingMessage): Record<string, string> {
  const wanted = request.headers['access-control-request-headers'];
  const isPrivateNetwork = request.headers['access-control-request-private-network'] === 'true';
  return {
    ...openHeaders(request),
    'Access-Control-Allow-Methods': 'POST, OPTIONS',
    'Access-Control-Max-Age': '600',
    ...(wanted !== undefined && { 'Access-Control-Allow-Headers': wanted }),
    ...(isPrivateNetwork && { 'Access-Control-Allow-Private-Network': 'true' }),
  };
}

/** Goes with whatever only the live page and the user's own shell may have. */
export const closedHeaders: Record<string, string> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
};

/** False for a page whose name was rebound to 127.0.0.1: the browser takes the live page for a part of it. */
export function isOwnHost({ headers: { host } }: IncomingMessage, port: number): boolean {
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** False for what any other page sends; browsers always tell. */
export function isOwnOrigin({ headers }: IncomingMessage): boolean {
  const { host, origin, 'sec-fetch-site': site } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === 'same-origin' || site === 'none';
}
