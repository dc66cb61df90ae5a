/**
 * The session as Datadog's SDKs share it between tabs and pages, read and begun without their locks:
 * for a page that goes before the engine came. No session is extended here, only begun.
 */

import type { InitConfiguration } from './types.ts';
import { uuid } from './uuid.ts';

const MINUTE = 60_000;
const INACTIVITY_LIMIT = 15 * MINUTE;
const DURATION_LIMIT = 240 * MINUTE;

/** Seconds. */
const YEAR = 365 * 86400;

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
  // With options about where to keep it only the engine does: a new visit that ends here is one by itself.
  if (session.id !== old.id && !/ession[PCA]/.test(Object.keys(options).join())) {
    const fields = { ...session, created: now, expire: now + INACTIVITY_LIMIT, c: 0 };
    // With the id of the visitor it lives longer than the session.
    // biome-ignore lint/suspicious/noDocumentCookie: the page is about to go, the Cookie Store is async
    document.cookie = `_dd_s_v2=${new URLSearchParams(fields as never)};max-age=${isAnonymous ? YEAR : DURATION_LIMIT / 1000};path=/;samesite=strict`;
  }
  return session;
}

/**
 * Datadog's decision by hash, so that every SDK and every page decides alike for a session
 * (browser-core 7.16, `domain/sampler.ts`). `rate` is in percent.
 */
export function isSampled(sessionId: string, rate: number): boolean {
  const identifier = BigInt(`0x${sessionId.slice(24)}`);
  return Number(BigInt.asUintN(64, identifier * 1111111111111111111n)) <= (rate / 100) * 2 ** 64;
}
