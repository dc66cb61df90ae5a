/** Where the session is kept if not simply in a cookie. */

import { guard } from '../guard.ts';
import { openCookie } from '../page/session-cookie.ts';
import { KEY, type SessionOptions, type SessionStorage } from '../page/session-storage.ts';
import type { SessionPersistence } from '../types.ts';

type Open = (options: SessionOptions) => SessionStorage | undefined;

/** Of the first domain where one stays. */
function openCookieAnywhere(options: SessionOptions): SessionStorage | undefined {
  const isCrossSite = +!!options.usePartitionedCrossSiteSessionCookie;
  const isSecure = isCrossSite || options.useSecureSessionCookie;
  const flags = `;samesite=${isCrossSite ? 'none' : 'strict'}${isSecure ? ';secure' : ''}${isCrossSite ? ';partitioned' : ''}`;
  for (const domain of options.trackSessionAcrossSubdomains ? domains() : ['']) {
    const attributes = domain && `;domain=${domain}`;
    const code = ((domain.split('.').length - 1) << 1) | isCrossSite;
    const storage = openCookie(options, attributes + flags, code);
    if (storage) return storage;
  }
}

/** From `example.com` to the whole name: nothing but trying tells which of them is a site. */
function domains(): string[] {
  const labels = location.hostname.split('.');
  const suffixes = labels.map((_, index) => labels.slice(index).join('.')).reverse();
  return suffixes.slice(suffixes[1] ? 1 : 0);
}

/** Throws where it is blocked. */
function openLocalStorage(): SessionStorage {
  const test = '_dd_test_';
  localStorage.setItem(test, test);
  localStorage.removeItem(test);
  return {
    read: (key) => localStorage.getItem(key),
    write: (value) => localStorage.setItem(KEY, value),
    observe({ listen }, run) {
      // Nothing of what other SDKs on this page do.
      listen(window, ['storage'], run);
      return false;
    },
  };
}

/** How the SDKs of a page share it (browser-core 7.16, `sessionInMemory`). */
interface MemorySession {
  state?: Record<string, string>;
  onChange?: (state: MemorySession['state']) => void;
}

/** Of this page alone, with the other SDKs on it. In there `aid` is called `anonymousId`. */
function openMemory(): SessionStorage {
  const page = globalThis as { _DD_SESSION?: MemorySession };
  page._DD_SESSION ??= {};
  const session = page._DD_SESSION;
  return {
    read: (key) =>
      key === KEY ? `${new URLSearchParams(session.state)}`.replace('anonymousId=', 'aid=') : '',
    write(value) {
      const pairs = new URLSearchParams(value.replace(/\baid=/, 'anonymousId='));
      session.state = Object.fromEntries(pairs);
      // Not within what the engine does: they may call us.
      queueMicrotask(guard(() => session.onChange?.(session.state)));
    },
    observe(_, run) {
      const { onChange } = session;
      session.onChange = (state) => {
        onChange?.(state);
        run();
      };
      return false;
    },
  };
}

/** From what all SDKs of a site share to what this page alone has. */
const PERSISTENCES: Record<string, Open> = {
  cookie: openCookieAnywhere,
  'local-storage': openLocalStorage,
  memory: openMemory,
};

/**
 * `undefined` when the page wants no storage at all. Where what it wants is blocked, the next best is
 * taken, in the end the page's memory: the official SDK collects nothing there. That is never a cookie:
 * who wants none may have reasons.
 */
export function openStorage(
  options: SessionOptions,
  warn: (message: string) => void,
): SessionStorage | undefined {
  const wanted = options.sessionPersistence;
  const names = Object.keys(PERSISTENCES);
  const fallbacks = names.slice(names.indexOf(wanted.at(-1) as string) + 1);
  for (const name of wanted[0] ? [...wanted, ...fallbacks] : []) {
    const storage = guard(PERSISTENCES[name] as Open)(options);
    if (!storage) continue;
    if (!wanted.includes(name as SessionPersistence))
      warn(`no ${wanted} here: the session is kept in ${name}.`);
    return storage;
  }
  warn('No storage available for session. We will not send any data.');
  return undefined;
}
