/** What is asked of a place where the session is kept. */

import type { Configuration } from '../configuration.ts';
import type { Listening } from './listen.ts';

/** Of the cookie, in localStorage, and of the lock (browser-core 7.16, `SESSION_STORE_KEY`). */
export const KEY = '_dd_s_v2';

export type SessionOptions = Pick<
  Configuration,
  | 'sessionPersistence'
  | 'trackAnonymousUser'
  | 'trackSessionAcrossSubdomains'
  | 'usePartitionedCrossSiteSessionCookie'
  | 'useSecureSessionCookie'
>;

/** May throw. */
export interface SessionStorage {
  read(key: string): string | null | undefined;
  write(value: string): void;
  /**
   * Runs it when another tab or SDK, and perhaps this one, changed what is there. False where nobody
   * tells.
   */
  observe(listening: Listening, run: () => void): boolean;
}
