/** Where the session is kept if not in a cookie. */

import { guard } from '../guard.ts';
import { KEY, type SessionStorage } from './session-storage.ts';

/** Throws where it is blocked. */
export function openLocalStorage(): SessionStorage {
  const test = '_dd_test_';
  localStorage.setItem(test, test);
  localStorage.removeItem(test);
  return {
    read: (key) => localStorage.getItem(key),
    write: (value) => localStorage.setItem(KEY, value),
    observe: ({ listen }, run) => listen(window, ['storage'], run),
  };
}

/** How the SDKs of a page share it (browser-core 7.16, `sessionInMemory`). */
interface MemorySession {
  state?: Record<string, string>;
  onChange?: (state: MemorySession['state']) => void;
}

/** Of this page alone, with the other SDKs on it. In there `aid` is called `anonymousId`. */
export function openMemory(): SessionStorage {
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
    },
  };
}
