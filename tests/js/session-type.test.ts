import assert from 'node:assert/strict';
import test from 'node:test';
import { exceptions } from '../../js/exceptions.ts';
import { createListen } from '../../js/page/listen.ts';
import {
  isRumInjected,
  lookForTests,
  observeSessionType,
  sessionType,
} from '../../js/page/session-type.ts';
import { withPage } from './session-page.ts';
import { settle } from './shim-page.ts';

const CI = 'datadog-ci-visibility-test-execution-id';
const TEST = { test_id: 'abc-def', result_id: '123' };

const load = async () => exceptions;

async function parsed() {
  await lookForTests(load);
  return JSON.parse(JSON.stringify(sessionType()));
}

test('a visit is a user’s', () =>
  withPage({}, async () => {
    assert.deepEqual(await parsed(), { session: { type: 'user' } });
    assert.equal(isRumInjected(), false);
  }));

test('a test of a CI pipeline is known by its cookie or by Cypress', async () => {
  const Cypress = { env: (key: string) => (key === 'traceId' ? '42' : undefined) };
  for (const page of [{ cookies: { [CI]: '42' } }, { globals: { Cypress } }]) {
    await withPage(page, async () => {
      const ci_test = { test_execution_id: '42' };
      assert.deepEqual(await parsed(), { session: { type: 'ci_test' }, ci_test });
    });
  }
});

test('a Cypress that throws or knows nothing is no test', async () => {
  const env = () => {
    throw new Error('async only');
  };
  for (const Cypress of [{ env }, { env: () => undefined }, {}]) {
    await withPage({ globals: { Cypress } }, async () =>
      assert.equal((await parsed()).session.type, 'user'),
    );
  }
});

test('the next test is noticed', () =>
  withPage({ cookies: { [CI]: '42' } }, async (page) => {
    const seen: unknown[] = [];
    const listening = createListen((error) => assert.ifError(error));
    await lookForTests(load);
    observeSessionType(listening, load, () => seen.push(sessionType().ci_test?.test_execution_id));
    page.change('43', CI);
    page.change('1', 'other');
    await settle();
    page.jar.length = 0;
    page.tell(CI);
    await settle();
    assert.deepEqual(seen, ['43', undefined]);
  }));

test('a test that comes while the engine starts is noticed', () =>
  withPage({}, async (page) => {
    const seen: unknown[] = [];
    const listening = createListen((error) => assert.ifError(error));
    await lookForTests(load);
    page.jar.push({ name: CI, value: '42', attributes: [] });
    observeSessionType(listening, load, () => seen.push(sessionType().ci_test?.test_execution_id));
    await settle();
    assert.deepEqual(seen, ['42']);
  }));

test('a synthetic test is known by its globals and cookies, of which there are two sorts', async () => {
  const json = JSON.stringify({ ...TEST, step: 2 });
  const pages = [
    { globals: { _DATADOG_SYNTHETICS_RUM_CONTEXT: { ...TEST, step: 2 } } },
    { cookies: { 'datadog-synthetics-rum-context': encodeURIComponent(json) } },
  ];
  for (const page of pages) {
    await withPage(page, async () => {
      const synthetics = { ...TEST, step: 2, injected: false };
      assert.deepEqual(await parsed(), { session: { type: 'synthetics' }, synthetics });
    });
  }
  const old = [
    {
      globals: {
        _DATADOG_SYNTHETICS_PUBLIC_ID: TEST.test_id,
        _DATADOG_SYNTHETICS_RESULT_ID: TEST.result_id,
      },
    },
    {
      cookies: {
        'datadog-synthetics-public-id': TEST.test_id,
        'datadog-synthetics-result-id': TEST.result_id,
      },
    },
  ];
  for (const page of old) {
    await withPage(page, async () =>
      assert.deepEqual((await parsed()).synthetics, { ...TEST, injected: false }),
    );
  }
});

test('a synthetic test beats a CI test, and says whether it brings its own RUM', async () => {
  const globals = { _DATADOG_SYNTHETICS_RUM_CONTEXT: TEST, _DATADOG_SYNTHETICS_INJECTS_RUM: true };
  const cookies = { [CI]: '42', 'datadog-synthetics-injects-rum': 'true' };
  for (const injected of [
    { globals, cookies: { [CI]: '42' } },
    { globals: {}, cookies },
  ]) {
    await withPage(injected, async () => {
      await lookForTests(load);
      assert.equal(isRumInjected(), true);
    });
  }
  await withPage({ globals, cookies }, async () => {
    assert.deepEqual(await parsed(), {
      session: { type: 'synthetics' },
      ci_test: { test_execution_id: '42' },
      synthetics: { ...TEST, injected: true },
    });
  });
});

test('what is no context of a test is none', async () => {
  const circle: Record<string, unknown> = { ...TEST };
  circle.self = circle;
  const pages = [
    { globals: { _DATADOG_SYNTHETICS_RUM_CONTEXT: { test_id: 1, result_id: '2' } } },
    { globals: { _DATADOG_SYNTHETICS_RUM_CONTEXT: circle } },
    { cookies: { 'datadog-synthetics-rum-context': 'null' } },
    { cookies: { 'datadog-synthetics-rum-context': '%7B%' } },
    { cookies: { 'datadog-synthetics-public-id': 'abc' } },
  ];
  for (const page of pages) {
    await withPage(page, async () =>
      assert.deepEqual(await parsed(), { session: { type: 'user' } }),
    );
  }
});
