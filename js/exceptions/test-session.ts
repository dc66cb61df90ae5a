/** Whether a test visits, in a CI pipeline or a synthetic one of Datadog's, and which. */

import { guard } from '../guard.ts';
import { cookieValues } from '../page/cookies.ts';
import type { SessionType } from '../page/session-type.ts';

/** Set by Datadog's test frameworks (browser-rum-core 7.16, `ciVisibilityContext`). */
const CI_TEST_COOKIE = 'datadog-ci-visibility-test-execution-id';

/** Set by Datadog's synthetic tests, as globals or cookies (browser-core 7.16, `domain/synthetics`). */
const SYNTHETICS_GLOBAL = '_DATADOG_SYNTHETICS_';
const SYNTHETICS_COOKIE = 'datadog-synthetics-';

export function sessionType(): SessionType {
  const testId = cookie(CI_TEST_COOKIE) || guard(cypressTraceId)();
  const isCiTest = typeof testId === 'string';
  // JSON: the global may be anybody's object.
  const synthetics = guard(() => JSON.parse(JSON.stringify(syntheticsTest())))();
  return {
    session: { type: synthetics ? 'synthetics' : isCiTest ? 'ci_test' : 'user' },
    ci_test: isCiTest ? { test_execution_id: testId } : undefined,
    synthetics: synthetics && { ...synthetics, injected: isRumInjected() },
  };
}

/** Whether a synthetic test brings its own RUM, so that the page's must not start. */
export function isRumInjected(): boolean {
  return !!synthetic('INJECTS_RUM');
}

function syntheticsTest() {
  const context = cookie(`${SYNTHETICS_COOKIE}rum-context`);
  const test = (global('RUM_CONTEXT') ||
    (context
      ? JSON.parse(decodeURIComponent(context))
      : { test_id: synthetic('PUBLIC_ID'), result_id: synthetic('RESULT_ID') })) as {
    test_id: unknown;
    result_id: unknown;
  };
  const isValid = typeof test.test_id === 'string' && typeof test.result_id === 'string';
  return isValid ? test : undefined;
}

/** By its global or by its cookie. */
function synthetic(name: string): unknown {
  return global(name) || cookie(SYNTHETICS_COOKIE + name.toLowerCase().replace('_', '-'));
}

function global(name: string): unknown {
  return (window as unknown as Record<string, unknown>)[SYNTHETICS_GLOBAL + name];
}

/** The last one, as theirs. */
function cookie(name: string): string | undefined {
  return cookieValues(name).at(-1);
}

function cypressTraceId(): unknown {
  return (window as { Cypress?: { env(key: string): unknown } }).Cypress?.env('traceId');
}
