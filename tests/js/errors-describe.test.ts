/** What the intake is told of an error. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { initConsoleObservable } from '@datadog/browser-core';
import fc from 'fast-check';
import {
  CONSOLE,
  CUSTOM,
  NETWORK,
  REPORT,
  UNCAUGHT,
  UNHANDLED_REJECTION,
} from '../../js/engine-contract.ts';
import { describe, type ErrorCall, outline } from './errors-fixture.ts';

const NO_STACK = 'No stack, consider using an instance of Error';

const told = (error: Error) => describe(CUSTOM, error, '', '').error;

function withStack(error: Error, stack: string): Error {
  return Object.assign(error, { stack });
}

test('an Error is its name, its message and its stack', () => {
  const error = withStack(new TypeError('m'), 'TypeError: m\n    at f (https://a/x.js:1:2)');
  const { type, message, stack, causes } = told(error);
  assert.deepEqual(
    [type, message, stack, causes],
    ['TypeError', 'm', 'TypeError: m\n  at f @ https://a/x.js:1:2', undefined],
  );
});

test('who handled the error and who told of it', () => {
  const url = 'https://a/x';
  const errors = [
    describe(UNCAUGHT, '1', '', ''),
    describe(UNHANDLED_REJECTION, '1', '', ''),
    describe(CUSTOM, '1', '', ''),
    describe(CONSOLE, ['1'], '', ''),
    describe(REPORT, { type: 'intervention', body: { id: 'x', message: 'm' } }),
    describe(NETWORK, { url, status: 0 }),
  ].map(({ error }) => [error.source, error.handling, error.stack]);
  assert.deepEqual(errors, [
    ['source', 'unhandled', NO_STACK],
    ['source', 'unhandled', NO_STACK],
    ['custom', 'handled', NO_STACK],
    // Nobody threw: no advice.
    ['console', 'handled', undefined],
    ['report', 'unhandled', undefined],
    ['network', undefined, undefined],
  ]);
});

test('that a message is empty is said', () => {
  const error = withStack(new Error('', { cause: withStack(new Error(''), '') }), '');
  const { message, stack, causes } = told(error);
  assert.deepEqual(
    [message, stack, causes?.[0]?.message],
    ['Empty message', 'Error: ', 'Empty message'],
  );
  assert.equal(describe(CONSOLE, [''], '', '').error.message, '');
});

test('an error without a name is an Error nevertheless', () => {
  assert.equal(told(Object.assign(new Error('x'), { name: '' })).type, 'Error');
});

test('a message that is too long is cut, and says so, but leaves the frames', () => {
  const { message, stack } = told(new Error('x'.repeat(40_000)));
  assert.equal(message, `${'x'.repeat(32_768)}...`);
  assert.match(stack as string, /^Error: x+\.\.\.\n {2}at .*errors-describe.test/);
});

test('a stack that is too long is cut', () => {
  const { stack } = told(withStack(new Error('x'), 'f@https://a/a.js:1:2\n'.repeat(50_000)));
  assert.equal(stack?.split('\n').length, 1 + 128);
});

/** As Firefox and Safari do; V8 leaves them out. */
test('the constructors of its own classes are no part of the stack', () => {
  class ApiError extends Error {}
  class NotFound extends ApiError {}
  const frames = (error: Error, lines: string[]) => {
    const stack = lines.map((name) => `${name}@https://a/a.js:1:2`).join('\n');
    const text = told(withStack(error, stack)).stack as string;
    return [...text.matchAll(/at (\w+) @/g)].map(([, name]) => name);
  };
  const notFound = () => new NotFound('x');
  assert.deepEqual(frames(notFound(), ['ApiError', 'NotFound', 'f']), ['f']);
  assert.deepEqual(frames(notFound(), ['NotFound', 'f']), ['NotFound', 'f']);
  assert.deepEqual(frames(notFound(), ['f', 'ApiError']), ['f', 'ApiError']);
  assert.deepEqual(frames(new Error('x'), ['Error', 'f']), ['Error', 'f']);
  const hostile = new Proxy(new Error('x'), {
    getPrototypeOf() {
      throw new Error('no');
    },
  });
  assert.doesNotThrow(() => told(hostile));
});

test('causes follow, ten at most, even in a circle', () => {
  const cause = withStack(new RangeError('inner'), 'f@https://a/a.js:1:2');
  const error = new Error('outer', { cause });
  assert.deepEqual(told(error).causes, [
    {
      message: 'inner',
      source: 'custom',
      type: 'RangeError',
      stack: 'RangeError: inner\n  at f @ https://a/a.js:1:2',
    },
  ]);
  cause.cause = error;
  assert.equal(told(error).causes?.length, 10);
  assert.deepEqual(told(new Error('a', { cause: { code: 1 } })).causes, [
    { message: '{"code":1}', source: 'custom' },
  ]);
});

test('no cause is taken after so much text that the event would be refused', () => {
  const longer = (cause?: Error) => new Error('x'.repeat(30_000), { cause });
  const { length } = JSON.stringify(told(longer(longer(longer(longer(longer()))))));
  assert.ok(length > 65_536 && length < 4 * 65_536, `${length}`);
});

test('a cause is taken after 65,535 characters of name, message and stack, and after one more none', () => {
  const ofLength = (length: number) => {
    const error = new Error('m'.repeat(32_768), { cause: new Error('inner') });
    return withStack(error, 's'.repeat(length - 'Error'.length - error.message.length));
  };
  assert.equal(told(ofLength(65_535)).causes?.length, 1);
  assert.equal(told(ofLength(65_536)).causes, undefined);
});

test('an error of another realm is one', () => {
  const { type, message, stack } = told(runInNewContext('new RangeError("far")'));
  assert.deepEqual([type, message], ['RangeError', 'far']);
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
  const { type, message, stack } = told(error);
  assert.deepEqual([type, message, stack], ['Error', 'odd', 'Error: odd']);
});

test('a DOMException is an error', () => {
  const { type, message } = told(new DOMException('denied', 'NotAllowedError'));
  assert.deepEqual([type, message], ['NotAllowedError', 'denied']);
});

test('an error may have a context and say how it is to be grouped', () => {
  const error = Object.assign(new Error('x'), { dd_context: { a: { b: 1 } }, dd_fingerprint: 42 });
  for (const kind of [CUSTOM, UNCAUGHT] as const) {
    const { own, error: part } = describe(kind, error, '{"a":{"c":2}}', '');
    assert.deepEqual([own, part.fingerprint], [{ a: { b: 1 } }, '42']);
  }
  assert.equal(told(new Error('x')).fingerprint, undefined);
});

test('what is no Error may have a context, but no fingerprint', () => {
  const thrown = '{"dd_context":{"a":1},"dd_fingerprint":"x"}';
  const { own, error } = describe(UNHANDLED_REJECTION, thrown, '', '');
  assert.deepEqual([own, error.fingerprint], [{ a: 1 }, undefined]);
});

/** browser-core 7.16, `computeStackTraceFromOnErrorMessage`; any class there, not the native ones. */
test('the browser may name an error that it does not hand over', () => {
  for (const [said, name, text] of [
    ['Uncaught TypeError: x is no function', 'TypeError', 'x is no function'],
    ['uncaught exception: PaymentError: two\nlines', 'PaymentError', 'two\nlines'],
  ]) {
    const origin = `${said}\nhttps://a/a.js\n1\n2`;
    const { type, message, stack } = describe(UNCAUGHT, JSON.stringify(said), '', origin).error;
    const frame = '  at <anonymous> @ https://a/a.js:1:2';
    assert.deepEqual([type, message, stack], [name, text, `${name}: ${text}\n${frame}`]);
  }
});

test('the stack of what is no Error is headed by the message of the browser', () => {
  const origin = 'Uncaught #<Object>\nhttps://a/a.js\n1\n2';
  const { type, message, stack } = describe(UNCAUGHT, '{"code":1}', '', origin).error;
  assert.deepEqual(
    [type, message, stack],
    [undefined, 'Uncaught {"code":1}', 'Error: #<Object>\n  at <anonymous> @ https://a/a.js:1:2'],
  );
});

test('a handling stack is of the page: without the frames of the shim or of its patch', () => {
  const own = '\n    at own (https://a/ferrum.js:1:2)'.repeat(3);
  const origin = withStack(new Error(), `Error${own}\n    at onSubmit (https://a/x.js:40:12)`);
  const frame = '\n  at onSubmit @ https://a/x.js:40:12';
  const called = describe(CUSTOM, '1', '', origin).error;
  assert.equal(called.handling_stack, `HandlingStack: error${frame}`);
  const logged = describe(CONSOLE, ['1'], '', origin).error;
  assert.equal(logged.handling_stack, `HandlingStack: console error${frame}`);
  assert.equal(describe(UNCAUGHT, '1', '', '').error.handling_stack, undefined);
  assert.equal(describe(CUSTOM, '1', '', '').error.handling_stack, undefined);
});

test('a plugin for a framework brings its stacks as they shall be', () => {
  const handlingStack = 'HandlingStack: react error\n  at App @ a.js:1:2';
  const made = describe(CUSTOM, new Error('x'), '', handlingStack, '\n    at App').error;
  assert.deepEqual([made.handling_stack, made.component_stack], [handlingStack, '\n    at App']);
  const { message, stack } = describe(CUSTOM, '"x"', '', handlingStack).error;
  assert.deepEqual([message, stack], ['Provided "x"', NO_STACK]);
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
  const ours = consoleArguments().map((args) => describe(CONSOLE, args, '', '').error.message);
  assert.deepEqual(ours, theirs);
});

test('the first Error that the console is told gives the stack, the causes and the rest', () => {
  const cause = withStack(new RangeError('inner'), '');
  const error = Object.assign(new TypeError('boom', { cause }), {
    dd_context: { a: 1 },
    dd_fingerprint: 'pay',
    stack: 'f@https://a/x.js:1:2',
  });
  const given = ['paying', error, new Error('other')];
  const { own, error: logged } = describe(CONSOLE, given, '', '');
  assert.equal(logged.message, 'paying TypeError: boom Error: other');
  assert.equal(logged.stack, 'TypeError: boom\n  at f @ https://a/x.js:1:2');
  assert.deepEqual([own, logged.fingerprint], [{ a: 1 }, 'pay']);
  assert.deepEqual(
    logged.causes?.map(({ message }) => message),
    ['inner'],
  );
});

test('what became of a policy', () => {
  const violation = { effectiveDirective: 'img-src', originalPolicy: 'p', disposition: 'enforce' };
  const event = { type: 'securitypolicyviolation', blockedURI: 'https://b/x.png', ...violation };
  const { message, type, stack, csp } = describe(REPORT, event).error;
  const said = "'https://b/x.png' blocked by 'img-src' directive";
  assert.deepEqual(
    [message, type, stack, csp],
    [`csp_violation: ${said}`, 'img-src', undefined, { disposition: 'enforce' }],
  );
  const position = { sourceFile: 'https://a/x.js', lineNumber: 7, columnNumber: 0 };
  const body = { blockedURL: 'https://b/x.png', ...violation, ...position };
  const report = describe(REPORT, { type: 'csp-violation', body }).error;
  const frame = '  at <anonymous> @ https://a/x.js:7';
  assert.equal(report.stack, `img-src: ${said} of the policy "p"\n${frame}`);
  assert.equal(report.message, message);
});

test('code of WebAssembly is said to be such, with its modules', () => {
  const trap = (stack: string, cause?: Error) =>
    describe(UNCAUGHT, withStack(new Error('m', { cause }), stack), '', '');
  const outer = `Error: m
    at f (https://a/app.wasm:wasm-function[7]:0x1f)
    at g (https://a/app.wasm:wasm-function[8]:0x2f)
    at h (https://a/x.js:1:2)`;
  const inner = withStack(new Error('m'), 'f@https://a/lib.wasm:wasm-function[7]:0x1f');
  const { error, _dd } = trap(outer, inner);
  assert.equal(error.source_type, 'browser+wasm');
  const modules = ['https://a/app.wasm', 'https://a/lib.wasm'];
  assert.deepEqual(_dd, {
    wasm_modules: modules.map((url) => ({ url, debug_info_type: 'unknown' })),
  });
  const safari = trap('f@[wasm code]');
  assert.deepEqual([safari.error.source_type, safari._dd], ['browser+wasm', {}]);
  const plain = trap('f@https://a/x.wasm:1:2');
  assert.deepEqual([plain.error.source_type, plain._dd], ['browser', {}]);
});

test('whatever is thrown can be described', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (message, cause) => {
      const error = Object.assign(new Error('x'), { message, cause, stack: cause });
      for (const call of [
        [UNCAUGHT, error, '', ''],
        [CONSOLE, [message, error], '', ''],
      ] as ErrorCall[]) {
        assert.equal(typeof describe(...call).error.message, 'string');
      }
    }),
  );
});

test('in outline an error is its message, its name and the stacks as they are', () => {
  const error = new TypeError('boom');
  const { id, ...seen } = outline(CUSTOM, error, '', '', '\n    at App') as {
    id?: string;
  } & object;
  assert.match(id as string, /^[\da-f-]{36}$/);
  assert.deepEqual(seen, {
    message: 'boom',
    source: 'custom',
    handling: 'handled',
    type: 'TypeError',
    stack: error.stack,
    component_stack: '\n    at App',
  });
  assert.equal(outline(UNCAUGHT, '{"code":1}', '', '').message, '{"code":1}');
  assert.equal(outline(CONSOLE, ['a', { b: 1 }], '', '').message, 'a {\n  "b": 1\n}');
  const failure = { url: 'https://a/x.png', localName: 'img' };
  assert.match(outline(NETWORK, failure).message, /https:\/\/a\/x.png/);
  const violation = Object.assign(new Event('securitypolicyviolation'), {
    blockedURI: failure.url,
  });
  assert.equal(outline(REPORT, violation).message, failure.url);
  const report = { type: 'intervention', body: { id: 'x', message: 'slow' } };
  assert.match(outline(REPORT, report).message, /slow/);
});

test('what the page makes of an error afterwards does not matter', () => {
  const error = Object.assign(new Error('before'), { dd_context: { attempt: 1 } });
  const noted = outline(CUSTOM, error, '', '');
  error.message = 'after';
  assert.equal(noted.message, 'before');
});
