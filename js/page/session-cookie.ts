/** The session in a cookie, which Datadog's SDKs share (browser-core 7.16, `sessionInCookie`). */

import { uuid } from '../uuid.ts';
import { cookieValues, observeCookie, setCookie } from './cookies.ts';
import { KEY, type SessionOptions, type SessionStorage } from './session-storage.ts';

/** Seconds: a year with the id of the visitor, else as long as a session. */
const COOKIE_LIFETIME = [4 * 3600, 365 * 86400];

/**
 * `undefined` where no such cookie stays. `code` is a byte that tells the cookie of this page from those
 * of its subdomains and of other frames.
 */
export function openCookie(
  { trackAnonymousUser }: SessionOptions,
  attributes = ';samesite=strict',
  code = 0,
): SessionStorage | undefined {
  const lifetime = COOKIE_LIFETIME[+!!(trackAnonymousUser ?? true)] as number;
  const mark = `&c=${code.toString(16)}`;
  const marked = (name: string) => cookieValues(name).find((value) => value.endsWith(mark));
  // A session that is there already shows that they stay.
  if (!marked(KEY) && !stays(attributes)) return undefined;
  return {
    read: (name) => (marked(name) ?? cookieValues(name)[0])?.replace(/&?\bc=\w+$/, ''),
    write: (value) => setCookie(KEY, value + mark, lifetime, attributes),
    observe: ({ listen }, run) => observeCookie(listen, KEY, run),
  };
}

/** Under a name of its own: a page in another tab may be trying too. */
function stays(attributes: string): boolean {
  const name = `dd_cookie_test_${uuid()}`;
  setCookie(name, 'test', 60, attributes);
  const isThere = !!cookieValues(name)[0];
  setCookie(name, '', 0, attributes);
  return isThere;
}
