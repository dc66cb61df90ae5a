import assert from 'node:assert/strict';
import test from 'node:test';
import { UNCAUGHT, UNHANDLED_REJECTION } from '../../js/engine-contract.ts';
import { describe, type ErrorCall } from './errors-fixture.ts';
import { withFerrum } from './shim-page.ts';

test('what the page throws before init is kept, and gets the words of Datadog', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const error = new Error('early');
    page.now = 50;
    page.dispatch('error', {
      error,
      message: 'Uncaught Error: early',
      filename: 'a.js',
      lineno: 1,
      colno: 2,
    });
    page.dispatch('error', {
      error: 'text',
      message: 'Uncaught text',
      filename: 'a.js',
      lineno: 1,
      colno: 2,
    });
    page.dispatch('error', {
      error: null,
      message: 'Script error.',
      filename: '',
      lineno: 0,
      colno: 0,
    });
    page.dispatch('error', { target: { tagName: 'IMG' } });
    page.dispatch('unhandledrejection', { reason: undefined });
    page.dispatch('unhandledrejection', { reason: { code: 1 } });
    ferrum.init({ applicationId: 'a', clientToken: 'b' });
    await page.goIdle();
    assert.deepEqual(
      engine.calls.map(([method, at]) => [method, at]),
      Array(5).fill(['addError', 50]),
    );
    const calls = engine.args('addError') as ErrorCall[];
    assert.deepEqual(
      calls.map(([kind]) => kind),
      [UNCAUGHT, UNCAUGHT, UNCAUGHT, UNHANDLED_REJECTION, UNHANDLED_REJECTION],
    );
    assert.equal(calls[0]?.[1], error);
    assert.deepEqual(
      calls
        .slice(1)
        .map((call) => [describe(...call).error.message, describe(...call).error.stack]),
      [
        ['Uncaught "text"', 'Error: text\n  at <anonymous> @ a.js:1:2'],
        ['Uncaught "Script error."', 'No stack, consider using an instance of Error'],
        ['Uncaught "Empty reason"', 'No stack, consider using an instance of Error'],
        ['Uncaught {"code":1}', 'No stack, consider using an instance of Error'],
      ],
    );
  }));

test('addError keeps the Error, makes JSON of anything else, and knows where it was called', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    const error = new Error('handled');
    const thrown = { code: 1 };
    function checkout() {
      ferrum.addError(error, { step: 2 });
    }
    checkout();
    ferrum.addError(thrown);
    thrown.code = 2;
    ferrum.addError(undefined);
    ferrum.init({ applicationId: 'a', clientToken: 'b' });
    await page.goIdle();
    const calls = engine.args('addError') as ErrorCall[];
    const [first, second, third] = calls.map((call) => describe(...call).error);
    assert.equal(calls[0]?.[1], error);
    assert.equal(calls[0]?.[2], '{"step":2}');
    assert.match(first?.handling_stack?.split('\n')[1] as string, /checkout/);
    assert.equal(second?.message, 'Provided {"code":1}');
    assert.equal(third?.message, 'Provided undefined');
  }));
