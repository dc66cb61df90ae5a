/**
 * Where the session is kept, so that other tabs, pages to come and Datadog's own SDKs share it. Texts
 * are what the engine reads and writes; see `src/session.rs`.
 */

import { guard } from '../guard.ts';
import type { SessionPersistence } from '../types.ts';
import type { Listening } from './listen.ts';
import { openCookie } from './session-cookie.ts';
import { KEY, type SessionOptions, type SessionStorage } from './session-storage.ts';
import { openLocalStorage, openMemory } from './session-storages.ts';

/** Of version 6 of the official SDK, whose sessions and visitors go on. */
const LEGACY_KEY = '_dd_s';

/**
 * ms to wait for the lock. Somebody who never gives it back must not end the collection, as it does
 * in the official SDK.
 */
const LOCK_LIMIT = 1000;

type Open = (options: SessionOptions) => SessionStorage | undefined;

/** From what all SDKs of a site share to what this page alone has. */
const PERSISTENCES: Record<string, Open> = {
  cookie: openCookie,
  'local-storage': openLocalStorage,
  memory: openMemory,
};

export interface SessionStore {
  /** `''` when there is nothing. */
  read(): string;
  write(value: string): void;
  /**
   * Runs it in a task to come, when nobody is in the middle of a change.
   *
   * Our changes read and write in one task. That is whole for the other tabs; but the official SDK
   * reads, waits and writes, under this lock. Whoever begins a session at the same time, with the same
   * click on the same page, would have his own overwrite it. So what may begin a session runs in here:
   * the start, and activity. What prolongs or ends one need not: the first is repeated a minute later
   * at most, and the engine ends again what comes back.
   */
  lock<T>(run: () => T): Promise<T>;
  /**
   * Runs it when another tab or SDK changed what is stored. Without a Cookie Store nobody tells: then
   * the engine finds out when it looks, which it does for all it does, in a visible page at least once
   * a minute. The official SDK reads the cookie every second, which costs more than it is worth.
   */
  onChange(listening: Listening, run: (value: string) => void): void;
}

/**
 * `undefined` when the page wants no storage at all. Where what it wants is blocked, the next best is
 * taken, in the end the page's memory: the official SDK collects nothing there. That is never a cookie:
 * who wants none may have reasons.
 */
export function createSessionStore(
  options: SessionOptions,
  warn: (message: string) => void,
): SessionStore | undefined {
  const wanted = options.sessionPersistence;
  const names = Object.keys(PERSISTENCES);
  const fallbacks = names.slice(names.indexOf(wanted.at(-1) as string) + 1);
  for (const name of wanted[0] ? [...wanted, ...fallbacks] : []) {
    const storage = guard(PERSISTENCES[name] as Open)(options);
    if (!storage) continue;
    if (!wanted.includes(name as SessionPersistence))
      warn(`no ${wanted} here: the session is kept in ${name}.`);
    return createStore(storage);
  }
  warn('No storage available for session. We will not send any data.');
  return undefined;
}

function createStore(storage: SessionStorage): SessionStore {
  let known = '';
  let isNew = true;
  const readKey = guard(storage.read);
  const writeValue = guard(storage.write);
  const read = (): string => {
    known = readKey(KEY) || (isNew && readKey(LEGACY_KEY)) || '';
    return known;
  };
  return {
    read,
    write(value) {
      known = value;
      isNew = false;
      writeValue(value);
    },
    lock: (run) =>
      new Promise((resolve) => {
        const { locks } = navigator as { locks?: LockManager };
        setTimeout(resolve, locks ? LOCK_LIMIT : 0);
        // Refused in sandboxed documents. The lock is held until the end of the task that resolves.
        locks?.request(KEY, resolve as () => void).catch(resolve);
      }).then(run),
    onChange(listening, run) {
      const changed = listening.guarded(run);
      storage.observe(listening, () => {
        const before = known;
        const value = read();
        if (value !== before) changed(value);
      });
    },
  };
}
