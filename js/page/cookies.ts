/** Cookies, as far as the page may have any: where they are blocked there are none, and none stays. */

import { guard } from '../guard.ts';
import type { Listen } from './listen.ts';

/** The values of the cookies with this name: there may be one for each domain and path. */
export function cookieValues(name: string): string[] {
  const read = guard(() =>
    document.cookie
      .split('; ')
      .filter((pair) => pair.startsWith(`${name}=`))
      .map((pair) => pair.slice(name.length + 1)),
  );
  return read() ?? [];
}

/** The last value that was written; that of a deleted cookie is `undefined`. */
let own: string | null = null;

/** `attributes` begin with a semicolon. A `maxAge` of 0, in seconds, deletes the cookie. */
export function setCookie(name: string, value: string, maxAge: number, attributes: string): void {
  own = value;
  guard(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is asynchronous
    document.cookie = `${name}=${value};path=/;max-age=${maxAge}${attributes}`;
  })();
}

interface Cookie {
  name: string;
  /** None of a cookie that was deleted. */
  value?: string;
}

interface CookieChange extends Event {
  changed: Cookie[];
  deleted: Cookie[];
}

/**
 * Of cookies whose name begins with `prefix`, other than by our own last write: to read cookies after
 * that, the browser has to wait for another process. False where there is no Cookie Store: in insecure
 * contexts, and in older browsers.
 */
export function observeCookie(listen: Listen, prefix: string, run: () => void): boolean {
  const { cookieStore } = window as { cookieStore?: EventTarget };
  listen<CookieChange>(cookieStore, ['change'], ({ changed, deleted }) => {
    const isNews = ({ name, value }: Cookie) => name.startsWith(prefix) && value !== own;
    if ([...changed, ...deleted].some(isNews)) run();
  });
  return !!cookieStore;
}
