/** The session in a cookie, which Datadog's SDKs share (browser-core 7.16, `sessionInCookie`). */

import { uuid } from '../uuid.ts';
import { cookieValues, observeCookie, setCookie } from './cookies.ts';
import { KEY, type SessionOptions, type SessionStorage } from './session-storage.ts';

/** Seconds: a year with the id of the visitor, else as long as a session. */
const COOKIE_LIFETIME = [4 * 3600, 365 * 86400];

/** `undefined` where no such cookie stays. */
export function openCookie(options: SessionOptions): SessionStorage | undefined {
  const isCrossSite = +!!options.usePartitionedCrossSiteSessionCookie;
  const isSecure = isCrossSite || options.useSecureSessionCookie;
  const flags = `;samesite=${isCrossSite ? 'none' : 'strict'}${isSecure ? ';secure' : ''}${isCrossSite ? ';partitioned' : ''}`;
  const lifetime = COOKIE_LIFETIME[+!!(options.trackAnonymousUser ?? true)] as number;

  for (const domain of options.trackSessionAcrossSubdomains ? domains() : ['']) {
    const attributes = domain && `;domain=${domain}`;
    // A byte that tells the cookie of this page from those of its subdomains and of other frames.
    const mark = `&c=${(((domain.split('.').length - 1) << 1) | isCrossSite).toString(16)}`;
    const marked = (name: string) => cookieValues(name).find((value) => value.endsWith(mark));
    // A session that is there already shows that they stay.
    if (!marked(KEY) && !stays(attributes + flags)) continue;
    return {
      read: (name) => (marked(name) ?? cookieValues(name)[0])?.replace(/&?\bc=\w+$/, ''),
      write: (value) => setCookie(KEY, value + mark, lifetime, attributes + flags),
      observe: ({ listen }, run) => observeCookie(listen, KEY, run),
    };
  }
}

/** From `example.com` to the whole name: nothing but trying tells which of them is a site. */
function domains(): string[] {
  const labels = location.hostname.split('.');
  const suffixes = labels.map((_, index) => labels.slice(index).join('.')).reverse();
  return suffixes.slice(suffixes[1] ? 1 : 0);
}

/** Under a name of its own: a page in another tab may be trying too. */
function stays(attributes: string): boolean {
  const name = `dd_cookie_test_${uuid()}`;
  setCookie(name, 'test', 60, attributes);
  const isThere = !!cookieValues(name)[0];
  setCookie(name, '', 0, attributes);
  return isThere;
}
