import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { CUSTOM, UNCAUGHT, UNHANDLED_REJECTION } from '../../js/engine-contract.ts';
import { errorTexts } from '../../js/error.ts';
import { withFerrum } from './shim-page.ts';

const texts = (error: Error) => errorTexts(CUSTOM, error, '', '').text.split('\0');

test('an Error is its name, its message and its stack', () => {
  const error = new TypeError('boom');
  assert.deepEqual(texts(error), ['TypeError', 'boom', error.stack]);
});

test('a message may be empty, and may contain the separator', () => {
  assert.equal(texts(new Error(''))[1], 'Empty message');
  assert.equal(texts(new Error('a\0b'))[1], 'ab');
});

test('causes follow, ten at most, even in a circle', () => {
  const cause = new RangeError('inner');
  const error = new Error('outer', { cause });
  assert.deepEqual(texts(error).slice(3), ['RangeError', 'inner', cause.stack]);
  cause.cause = error;
  assert.equal(texts(error).length, 3 * 11);
  assert.deepEqual(texts(new Error('a', { cause: { code: 1 } })).slice(3), ['', '{"code":1}', '']);
});

test('an error of another realm is one', () => {
  const [name, message, stack] = texts(runInNewContext('new RangeError("far")'));
  assert.deepEqual([name, message], ['RangeError', 'far']);
  assert.match(stack as string, /RangeError: far/);
});

test('an error that throws when it is read loses only that part', () => {
  const error = new Error('x');
  // Node formats the stack, which reads the name, when it is replaced: hence first.
  for (const key of ['stack', 'name', 'cause', 'dd_context', 'dd_fingerprint']) {
    Object.defineProperty(error, key, {
      get() {
        throw new Error(key);
      },
    });
  }
  Object.assign(error, { message: { toString: () => 'odd' } });
  assert.deepEqual(texts(error), ['', 'odd', '']);
});

test("the error's own context is under that of the call", () => {
  const error = Object.assign(new Error('x'), { dd_context: { a: 1, b: 1 }, dd_fingerprint: 42 });
  const { json, fingerprint } = errorTexts(CUSTOM, error, '{"b":2}', '');
  assert.deepEqual([JSON.parse(json), fingerprint], [{ a: 1, b: 2 }, '42']);
});

test('whatever is thrown becomes text', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (message, cause) => {
      const error = Object.assign(new Error('x'), { message, cause, stack: cause });
      assert.equal(typeof errorTexts(UNCAUGHT, error, '', '').text, 'string');
    }),
  );
});

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
    const calls = engine.args('addError') as Parameters<typeof errorTexts>[];
    assert.deepEqual(
      calls.map(([kind]) => kind),
      [UNCAUGHT, UNCAUGHT, UNCAUGHT, UNHANDLED_REJECTION, UNHANDLED_REJECTION],
    );
    assert.equal(calls[0]?.[1], error);
    assert.deepEqual(
      calls.slice(1).map((args) => errorTexts(...args).text.split('\0')),
      [
        ['', 'Uncaught "text"', '    at a.js:1:2'],
        ['', 'Uncaught "Script error."', ''],
        ['', 'Uncaught "Empty reason"', ''],
        ['', 'Uncaught {"code":1}', ''],
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
    const calls = engine.args('addError') as Parameters<typeof errorTexts>[];
    const [first, second, third] = calls.map((args) => errorTexts(...args));
    assert.equal(calls[0]?.[1], error);
    assert.equal(first?.json, '{"step":2}');
    assert.match(first?.handlingStack.split('\n')[3] as string, /checkout/);
    assert.equal(second?.text, '\0Provided {"code":1}\0');
    assert.equal(third?.text, '\0Provided undefined\0');
  }));
