/**
 * Where the session is kept, so that other tabs, pages to come and Datadog's own SDKs share it. Texts
 * are what the engine reads and writes; see `src/session.rs`.
 */

import type { LoadExceptions } from '../exceptions.ts';
import { guard } from '../guard.ts';
import type { Listening } from './listen.ts';
import { openCookie } from './session-cookie.ts';
import { KEY, type SessionOptions, type SessionStorage } from './session-storage.ts';

/** Of version 6 of the official SDK, whose sessions and visitors go on. */
const LEGACY_KEY = '_dd_s';

/**
 * ms to wait for the lock. Somebody who never gives it back must not end the collection, as it does
 * in the official SDK.
 */
const LOCK_LIMIT = 1000;

export interface SessionStore {
  /** `''` when there is nothing. */
  read(): string;
  /**
   * What `read` would say. Where changes are told it is known, but for those of the last moments: to
   * read a cookie the browser's main thread may have to wait for another process.
   */
  peek(): string;
  /** Nothing when somebody else has just changed it: that comes first. */
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

/** `undefined` when the page wants no storage at all, and has been told. */
export async function createSessionStore(
  options: SessionOptions,
  warn: (message: string) => void,
  load: LoadExceptions,
): Promise<SessionStore | undefined> {
  // On other domains, or for other frames: `exceptions/session-storages.ts` knows where.
  const isUsual = !(
    options.trackSessionAcrossSubdomains ||
    options.usePartitionedCrossSiteSessionCookie ||
    options.useSecureSessionCookie
  );
  const cookie =
    isUsual && options.sessionPersistence[0] === 'cookie' && guard(openCookie)(options);
  const storage = cookie || (await load()).openStorage(options, warn);
  return storage && createStore(storage);
}

function createStore(storage: SessionStorage): SessionStore {
  let known = '';
  let isNew = true;
  let isTold = false;
  /** Nobody can have changed it since it was read, as both are done in one task. */
  let isCurrent = false;
  const readKey = guard(storage.read);
  const writeValue = guard(storage.write);
  const current = (): string => readKey(KEY) || (isNew && readKey(LEGACY_KEY)) || '';
  const read = (): string => {
    known = current();
    isCurrent = true;
    return known;
  };
  return {
    read,
    peek() {
      isCurrent = false;
      return isTold ? known : read();
    },
    write(value) {
      if (!isCurrent && current() !== known) return;
      isCurrent = false;
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
      isTold = storage.observe(listening, () => {
        const before = known;
        const value = read();
        if (value !== before) changed(value);
      });
    },
  };
}
