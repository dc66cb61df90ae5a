/** Who visits: a user, or a test, of which `exceptions/test-session.ts` knows more. */

import type { LoadExceptions } from '../exceptions.ts';
import { guard } from '../guard.ts';
import { observeCookie } from './cookies.ts';
import type { Listening } from './listen.ts';

/** How the names begin of the cookies of Datadog's test frameworks. */
const CI_TEST_COOKIES = 'datadog-ci-vis';

/** Parts of every event. A synthetic test beats a CI test. */
export interface SessionType {
  session: { type: 'user' | 'ci_test' | 'synthetics' };
  ci_test?: { test_execution_id: string } | undefined;
  synthetics?: { test_id: string; result_id: string; injected: boolean } | undefined;
}

/** Present once there was a test. */
let tests: Awaited<ReturnType<LoadExceptions>> | undefined;

/** Before anybody asks. */
export async function lookForTests(load: LoadExceptions): Promise<void> {
  tests = isTested() ? await load() : undefined;
}

export function sessionType(): SessionType {
  return tests?.sessionType() ?? { session: { type: 'user' } };
}

/** Whether a synthetic test brings its own RUM, so that the page's must not start. */
export function isRumInjected(): boolean {
  return !!tests?.isRumInjected();
}

/**
 * Runs it when there may be another one, where there is a Cookie Store: runners go on to the next test
 * without leaving the page.
 */
export function observeSessionType(
  { listen, guarded }: Listening,
  load: LoadExceptions,
  run: () => void,
): void {
  const changed = guarded(run);
  const look = () =>
    load().then(
      (exceptions) => {
        tests = exceptions;
        changed();
      },
      () => {},
    );
  // It may have come while the engine was loaded.
  if (!tests && isTested()) look();
  observeCookie(listen, CI_TEST_COOKIES, look);
}

/** Whether there is any sign of one. */
function isTested(): boolean {
  const hasGlobal = /_DATADOG_SYNTHETICS_|Cypress/.test(`${Object.keys(window)}`);
  return hasGlobal || !!guard(() => /datadog-(ci-vis|synthetics-)/.test(document.cookie))();
}
