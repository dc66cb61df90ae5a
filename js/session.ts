/**
 * The session as Datadog's SDKs share it between tabs and pages, read and begun without their locks:
 * for a page that goes before the engine came. No session is extended here, only begun.
 */

import { guard } from './guard.ts';
import type { InitConfiguration } from './types.ts';
import { uuid } from './uuid.ts';

const MINUTE = 60_000;
const INACTIVITY_LIMIT = 15 * MINUTE;
const DURATION_LIMIT = 240 * MINUTE;

/** Seconds. */
const YEAR = 365 * 86400;

/** As it is stored, as pairs of a query. */
export interface Session {
  id: string;
  /** The anonymous id of the visitor; absent when `trackAnonymousUser` is false. */
  aid?: string;
  /** Epoch ms, as `expire`. */
  created: string | number;
  expire: string | number;
}

/** Of a stored text: without an id when there is no active session. `now` is epoch ms. */
export function sessionIn(text: string, now: number): Partial<Session> {
  const { aid, ...stored } = Object.fromEntries(new URLSearchParams(text)) as never as Session;
  // One that was ended has neither.
  const isActive = now < Math.min(+stored.expire, +stored.created + DURATION_LIMIT);
  return { aid, ...(isActive && stored) } as Session;
}

/** The active session of this browser, or a new one, stored in the cookie. `now` is epoch ms. */
export function currentSession(options: InitConfiguration, now: number): Session {
  const place = `${options.sessionPersistence}`;
  const stored = /^l/.test(place)
    ? guard(() => localStorage._dd_s_v2)()
    : !/^m/.test(place) && /\b_dd_s_v2=([^;]*)/.exec(document.cookie)?.[1];
  const { aid, ...old } = sessionIn(stored || '', now);
  const isAnonymous = options.trackAnonymousUser ?? true;
  const session = {
    ...(isAnonymous && { aid: aid || uuid() }),
    id: uuid(),
    created: now,
    expire: now + INACTIVITY_LIMIT,
    c: 0,
    ...old,
  };
  // With options about where to keep it only the engine does, which goes on with it.
  if (!old.id && !/ession[PCA]/.test(Object.keys(options).join())) {
    // With the id of the visitor it lives longer than the session.
    // biome-ignore lint/suspicious/noDocumentCookie: the page is about to go, the Cookie Store is async
    document.cookie = `_dd_s_v2=${new URLSearchParams(session as never)};max-age=${isAnonymous ? YEAR : DURATION_LIMIT / 1000};path=/;samesite=strict`;
  }
  return session;
}

/**
 * Datadog's decision by hash, so that every SDK and every page decides alike for a session
 * (browser-core 7.16, `domain/sampler.ts`). `rate` is in percent.
 */
export function isSampled(sessionId: string, rate: number): boolean {
  const identifier = BigInt(`0x${sessionId.slice(24)}`);
  return (identifier * 1111111111111111111n) % 2n ** 64n <= (rate / 100) * 2 ** 64;
}
