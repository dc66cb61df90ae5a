/**
 * Keeps the session across pages, in the cookie that Datadog's SDKs share. Where cookies are blocked,
 * reads give nothing and writes do nothing: the engine goes on with what it remembers.
 */

/** browser-core 7.16, `SESSION_STORE_KEY`. */
const NAME = '_dd_s_v2';

/** A year with the anonymous id, else as long as a session lasts (`SESSION_COOKIE_EXPIRATION_DELAY`). */
const LIFETIMES = [14_400, 31_536_000] as const;

/**
 * The cookie's value; empty when there is none or the page must not know. Of several (set for parent
 * domains by somebody) the one without a domain wins, which says `c=0`.
 */
export function readCookie(): string {
  try {
    const values = [...document.cookie.matchAll(new RegExp(`\\b${NAME}=([^;]*)`, 'g'))];
    const [, value] = values.find(([, value]) => value?.endsWith('c=0')) ?? values[0] ?? [];
    return value ?? '';
  } catch {
    return '';
  }
}

export function writeCookie(value: string): void {
  const lifetime = LIFETIMES[+/\baid=/.test(value) as 0 | 1];
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is asynchronous, and not everywhere
    document.cookie = `${NAME}=${value};path=/;samesite=strict;max-age=${lifetime}`;
  } catch {}
}
