/** When the session of the page ends, by what is stored of it. */

/** ms (browser-core 7.16, `SESSION_TIME_OUT_DELAY`). */
const DURATION_LIMIT = 4 * 60 * 60 * 1000;

/**
 * To be given what is stored whenever it is written or read, which is before the engine looks at it.
 * `onEnd` so comes while the session and its view are still there.
 */
export function watchSession(onEnd: () => void, now = Date.now): (stored: string) => void {
  let known: string | undefined;
  return (stored) => {
    const active = activeSession(stored, now());
    if (known && active !== known) onEnd();
    known = active;
  };
}

function activeSession(stored: string, now: number): string | undefined {
  const { id, created, expire, isExpired } = Object.fromEntries(new URLSearchParams(stored));
  const end = Math.min(Number(expire), Number(created) + DURATION_LIMIT);
  return !isExpired && now < end ? id : undefined;
}
