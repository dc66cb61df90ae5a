/**
 * The session as Datadog's SDKs share it between tabs and pages, read and begun without their locks:
 * for a page that goes before the engine came. No session is extended here, only begun.
 */

import type { InitConfiguration } from './types.ts';
import { uuid } from './uuid.ts';

const MINUTE = 60_000;
const INACTIVITY_LIMIT = 15 * MINUTE;
const DURATION_LIMIT = 240 * MINUTE;

/** Seconds: a year with the id of the visitor, else as long as a session. */
const COOKIE_LIFETIME = [4 * 3600, 365 * 86400];

interface StoredSession extends Session {
  created: string;
  expire: string;
  isExpired: string;
}

export interface Session {
  id: string;
  /** The anonymous id of the visitor; absent when `trackAnonymousUser` is false. */
  aid?: string;
}

/** The active session of this browser, or a new one, stored in the cookie. `now` is epoch ms. */
export function currentSession(options: InitConfiguration, now: number): Session {
  const stored = /\b_dd_s_v2=([^;]*)/.exec(document.cookie);
  const old = Object.fromEntries(new URLSearchParams((stored || '')[1])) as Partial<StoredSession>;
  const isActive =
    !old.isExpired &&
    now < Math.min(+(old.expire as string), +(old.created as string) + DURATION_LIMIT);
  const isAnonymous = options.trackAnonymousUser !== false;
  const session = {
    ...(isAnonymous && { aid: old.aid || uuid() }),
    id: (isActive && old.id) || uuid(),
  };
  if (session.id !== old.id) {
    const fields = { ...session, created: now, expire: now + INACTIVITY_LIMIT, c: 0 };
    // biome-ignore lint/suspicious/noDocumentCookie: the page is about to go, the Cookie Store is async
    document.cookie = `_dd_s_v2=${new URLSearchParams(fields as never)};max-age=${COOKIE_LIFETIME[+isAnonymous]};path=/;samesite=strict`;
  }
  return session;
}

/**
 * Datadog's decision by hash, so that every SDK and every page decides alike for a session
 * (browser-core 7.16, `domain/sampler.ts`). `rate` is in percent.
 */
export function isSampled(sessionId: string, rate: number): boolean {
  const identifier = BigInt(`0x${sessionId.split('-')[4]}`);
  return Number(BigInt.asUintN(64, identifier * 1111111111111111111n)) <= (rate / 100) * 2 ** 64;
}
