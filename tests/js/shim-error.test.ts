import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { initConsoleObservable } from '@datadog/browser-core';
import fc from 'fast-check';
import { CONSOLE, CUSTOM, UNCAUGHT, UNHANDLED_REJECTION } from '../../js/engine-contract.ts';
import { errorTexts } from '../../js/error.ts';
import { withFerrum } from './shim-page.ts';

type Arguments = Parameters<typeof errorTexts>;

function read(...args: Arguments) {
  const [kind, texts] = errorTexts(...args);
  const [own, json, message, fingerprint, handlingStack, componentStack, detail, ...chain] = texts;
  return { kind, own, json, message, fingerprint, handlingStack, componentStack, detail, chain };
}

const texts = (error: Error) => read(CUSTOM, error, '', '').chain;

test('an Error is its name, its message and its stack', () => {
  const error = new TypeError('boom');
  assert.deepEqual(texts(error), ['TypeError', 'boom', error.stack]);
});

test('a message may be empty', () => {
  assert.equal(texts(new Error(''))[1], '');
});

test('an error without a name is an Error nevertheless', () => {
  assert.equal(texts(Object.assign(new Error('x'), { name: '' }))[0], 'Error');
});

test('a message that is too long is cut, and says so, but leaves the frames', () => {
  const error = new Error('x'.repeat(40_000));
  const [, message, stack] = texts(error) as [string, string, string];
  assert.equal(message, `${'x'.repeat(32_768)}...`);
  assert.match(stack, /^Error: \n +at .*shim-error.test/);
  assert.ok(stack.length < 10_000);
});

test('a stack that is too long is cut', () => {
  const stack = texts(Object.assign(new Error('x'), { stack: 'f@a.js:1:2\n'.repeat(5_000) }))[2];
  assert.equal(stack?.length, 32_768 + '...'.length);
});

/** As Firefox and Safari do; V8 leaves them out. */
test('the constructors of its own classes are no part of the stack', () => {
  class ApiError extends Error {}
  class NotFound extends ApiError {}
  const stackOf = (stack: string) => texts(Object.assign(new NotFound('x'), { stack }))[2];
  assert.equal(stackOf('ApiError@a.js:1:2\nNotFound@a.js:3:4\nf@a.js:5:6'), 'f@a.js:5:6');
  assert.equal(stackOf('NotFound@a.js:3:4\nf@a.js:5:6'), 'NotFound@a.js:3:4\nf@a.js:5:6');
  assert.equal(stackOf('f@a.js:5:6\nApiError@a.js:1:2'), 'f@a.js:5:6\nApiError@a.js:1:2');
  const plain = Object.assign(new Error('x'), { stack: 'Error@a.js:1:2\nf@a.js:5:6' });
  assert.equal(texts(plain)[2], plain.stack);
  const hostile = new Proxy(plain, {
    getPrototypeOf() {
      throw new Error('no');
    },
  });
  assert.doesNotThrow(() => texts(hostile));
});

test('causes follow, ten at most, even in a circle', () => {
  const cause = new RangeError('inner');
  const error = new Error('outer', { cause });
  assert.deepEqual(texts(error).slice(3), ['RangeError', 'inner', cause.stack]);
  cause.cause = error;
  assert.equal(texts(error).length, 3 * 11);
  assert.deepEqual(texts(new Error('a', { cause: { code: 1 } })).slice(3), ['', '{"code":1}', '']);
});

test('no cause is taken after so much text that the event would be refused', () => {
  const longer = (cause?: Error) => new Error('x'.repeat(30_000), { cause });
  const length = texts(longer(longer(longer(longer(longer()))))).join('').length;
  assert.ok(length > 65_536 && length < 2 * 65_536, `${length}`);
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
  assert.deepEqual(texts(error), ['Error', 'odd', '']);
});

test('a DOMException is an error', () => {
  const [name, message] = texts(new DOMException('denied', 'NotAllowedError'));
  assert.deepEqual([name, message], ['NotAllowedError', 'denied']);
});

test("the error's own context comes before that of the call", () => {
  const error = Object.assign(new Error('x'), { dd_context: { a: { b: 1 } }, dd_fingerprint: 42 });
  const both = read(CUSTOM, error, '{"a":{"c":2}}', '');
  assert.deepEqual(
    [both.own, both.json, both.fingerprint],
    ['{"a":{"b":1}}', '{"a":{"c":2}}', '42'],
  );
  assert.equal(read(UNCAUGHT, error, '', '').own, '{"a":{"b":1}}');
  assert.equal(read(CUSTOM, Object.assign(error, { dd_context: 'text' }), '', '').own, '');
});

test('what is no Error may have a context, but no fingerprint', () => {
  const thrown = '{"dd_context":{"a":1},"dd_fingerprint":"x"}';
  const { own, fingerprint } = read(UNHANDLED_REJECTION, thrown, '', '');
  assert.deepEqual([own, fingerprint], ['{"a":1}', '']);
});

/** browser-core 7.16, `computeStackTraceFromOnErrorMessage`; any class there, not the native ones. */
test('the browser may name an error that it does not hand over', () => {
  for (const [said, name, text] of [
    ['Uncaught TypeError: x is no function', 'TypeError', 'x is no function'],
    ['uncaught exception: PaymentError: two\nlines', 'PaymentError', 'two\nlines'],
  ]) {
    const { message, chain } = read(UNCAUGHT, JSON.stringify(said), '', `${said}\n    at a.js:1:2`);
    assert.deepEqual([message, ...chain], ['', name, text, '    at a.js:1:2']);
  }
});

test('the stack of what is no Error is headed by the message of the browser', () => {
  const { message, chain } = read(
    UNCAUGHT,
    '{"code":1}',
    '',
    'Uncaught #<Object>\n    at a.js:1:2',
  );
  assert.deepEqual(
    [message, ...chain],
    ['Uncaught {"code":1}', '', '#<Object>', '    at a.js:1:2'],
  );
});

test('a plugin for a framework brings its stacks as they shall be', () => {
  const error = new Error('x');
  const handlingStack = 'HandlingStack: react error\n  at App @ a.js:1:2';
  const made = read(CUSTOM, error, '', handlingStack, '\n    at App');
  assert.deepEqual([made.handlingStack, made.componentStack], [handlingStack, '\n    at App']);
  const { message, chain } = read(CUSTOM, '"x"', '', handlingStack);
  assert.deepEqual([message, ...chain], ['Provided "x"', '', '', '']);
});

const consoleArguments = (): unknown[][] => [
  ['text'],
  ['price: %d', 12, 1.5, -0, Number.NaN],
  [],
  [''],
  ['a', undefined, null, 'b'],
  [{ a: { b: [1, 'two'] } }, ['x'], [], {}],
  [new TypeError('boom'), 'while paying'],
  ['failed', new Error('')],
  [true, 12n, Symbol('s'), function pay() {}],
  [new Date(0), /x/g, new Map()],
  ['line\nline', { text: 'line\nline' }],
];

test('what the console is told is the message, in the words of Datadog', () => {
  const { error: print } = console;
  console.error = () => {};
  const theirs: string[] = [];
  const subscription = initConsoleObservable(['error']).subscribe(({ message }) => {
    theirs.push(message);
  });
  for (const args of consoleArguments()) console.error(...args);
  subscription.unsubscribe();
  console.error = print;
  const ours = consoleArguments().map((args) => read(CONSOLE, args, '', '').message);
  assert.deepEqual(ours, theirs);
});

test('the first Error that the console is told gives the stack, the causes and the rest', () => {
  const cause = new RangeError('inner');
  const error = Object.assign(new TypeError('boom', { cause }), {
    dd_context: { a: 1 },
    dd_fingerprint: 'pay',
  });
  const origin = new Error();
  const logged = read(CONSOLE, ['paying', error, new Error('other')], '', origin);
  assert.deepEqual(logged.chain, [
    ...['TypeError', 'boom', error.stack],
    ...['RangeError', 'inner', cause.stack],
  ]);
  assert.deepEqual(
    [logged.own, logged.fingerprint, logged.handlingStack],
    ['{"a":1}', 'pay', origin.stack],
  );
  assert.deepEqual(read(CONSOLE, ['paying'], '', origin).chain, ['', '', '']);
});

test('whatever is thrown becomes text', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (message, cause) => {
      const error = Object.assign(new Error('x'), { message, cause, stack: cause });
      for (const args of [
        [UNCAUGHT, error, '', ''],
        [CONSOLE, [message, error], '', ''],
      ] as Arguments[]) {
        for (const text of errorTexts(...args)[1]) assert.equal(typeof text, 'string');
      }
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
    const calls = engine.args('addError') as Arguments[];
    assert.deepEqual(
      calls.map(([kind]) => kind),
      [UNCAUGHT, UNCAUGHT, UNCAUGHT, UNHANDLED_REJECTION, UNHANDLED_REJECTION],
    );
    assert.equal(calls[0]?.[1], error);
    assert.deepEqual(
      calls.slice(1).map((args) => [read(...args).message, ...read(...args).chain]),
      [
        ['Uncaught "text"', '', 'text', '    at a.js:1:2'],
        ['Uncaught "Script error."', '', 'Script error.', ''],
        ['Uncaught "Empty reason"', '', '', ''],
        ['Uncaught {"code":1}', '', '', ''],
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
    const calls = engine.args('addError') as Arguments[];
    const [first, second, third] = calls.map((args) => read(...args));
    assert.equal(calls[0]?.[1], error);
    assert.equal(first?.json, '{"step":2}');
    assert.match(first?.handlingStack?.split('\n')[3] as string, /checkout/);
    assert.deepEqual([second?.message, second?.chain], ['Provided {"code":1}', ['', '', '']]);
    assert.equal(third?.message, 'Provided undefined');
  }));
