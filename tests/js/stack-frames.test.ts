/** Frames as the three engines write them, and as none does. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  canonicalStack,
  framesOf,
  handlingStack,
  MAX_FRAMES,
  wasmModule,
} from '../../js/errors/stack.ts';

/** As `function @ url[:line[:column]]`. */
function read(message: string, stack: string): string[] {
  const text = canonicalStack('Error', '', '') as string;
  const frames = framesOf(message, stack).map(({ function: name, url, line, column }) =>
    [`${name} @ ${url}`, line, column].filter(Boolean).join(':'),
  );
  assert.equal(
    canonicalStack('Error', message, stack),
    [`${text}${message}`, ...frames].join('\n  at '),
  );
  return frames;
}

function reads(line: string, expected: string): void {
  assert.deepEqual(read('', line), [expected], line);
}

test('the canonical text is written', () => {
  const stack = `TypeError: x is undefined
    at renderPrice (https://cdn.example.com/app.3f2c.js:12:3456)
    at https://cdn.example.com/app.3f2c.js:1:99`;
  const expected = `TypeError: x is undefined
  at renderPrice @ https://cdn.example.com/app.3f2c.js:12:3456
  at <anonymous> @ https://cdn.example.com/app.3f2c.js:1:99`;
  assert.equal(canonicalStack('TypeError', 'x is undefined', stack), expected);
});

test('an error without name is an error', () => {
  const text = canonicalStack('', 'oops', 'oops\n    at f (https://a.example/x.js:1:2)');
  assert.equal(text, 'Error: oops\n  at f @ https://a.example/x.js:1:2');
});

test('the canonical text is its own canonical text', () => {
  const text = `Error: oops
  at f [as g] @ https://a.example/x.js:1:2
  at <anonymous> @ https://a.example/app_bg.wasm:wasm-function[1]:0x1f2e
  at map @ [native code]
  at new Promise @ <anonymous>`;
  assert.equal(canonicalStack('Error', 'oops', text), text);
});

test('an error without frames is its name and message', () => {
  for (const stack of ['', 'Error: oops']) {
    assert.equal(canonicalStack('Error', 'oops', stack), 'Error: oops');
  }
});

test('what is no error has no text without frames', () => {
  assert.equal(canonicalStack('', 'oops', ''), undefined);
  assert.equal(canonicalStack('', 'oops', 'oops'), undefined);
});

test('a handling stack tells what was called and leaves out the shim', () => {
  const stack =
    'Error\n    at a (https://a.example/f.js:1:2)\n    at b (https://a.example/x.js:3:4)';
  const text = handlingStack('console error', stack, 1);
  assert.equal(text, 'HandlingStack: console error\n  at b @ https://a.example/x.js:3:4');
  assert.equal(handlingStack('error', stack, 2), 'HandlingStack: error');
});

test('frames of WebAssembly tell their module', () => {
  const module = (line: string) => framesOf('', line).map(wasmModule)[0];
  assert.equal(module('    at wasm://wasm/0012ab:wasm-function[7]:0x1f'), 'wasm://wasm/0012ab');
  assert.equal(
    module('f@https://a.example/app_bg.wasm:wasm-function[7]:0x1f'),
    'https://a.example/app_bg.wasm',
  );
  assert.equal(module('<?>.wasm-function[7]@[wasm code]'), '');
  assert.equal(module('map@[native code]'), undefined);
  assert.equal(module('    at f (https://a.example/app_bg.wasm:1:2)'), undefined);
});

test('the parts of a frame are told apart', () => {
  const expected = { function: 'f', url: 'https://a.example/x.js', line: 12, column: 3456 };
  assert.deepEqual(framesOf('', '    at f (https://a.example/x.js:12:3456)'), [expected]);
});

test('frames of Chrome', () => {
  const stack = `Error: boom
    at Cart.total (https://shop.example/assets/index-B3x9.js:1:20461)
    at new Cart (https://shop.example/assets/index-B3x9.js:1:19876)
    at Object.onClick [as handler] (https://shop.example/assets/index-B3x9.js:1:11)
    at Cart.<anonymous> (https://shop.example/assets/index-B3x9.js:1:12)
    at Function.<static_initializer> (https://shop.example/assets/index-B3x9.js:1:13)
    at Array.map (<anonymous>)
    at new Promise (<anonymous>)
    at async loadCart (https://shop.example/assets/index-B3x9.js:1:300)
    at async Promise.all (index 0)
    at async https://shop.example/assets/index-B3x9.js:1:301
    at HTMLButtonElement.<anonymous> (blob:https://shop.example/6a6d7a4b-8c8e:3:1)
    at https://shop.example/:40:7
    at <anonymous>:1:1`;
  assert.deepEqual(read('boom', stack), [
    'Cart.total @ https://shop.example/assets/index-B3x9.js:1:20461',
    'new Cart @ https://shop.example/assets/index-B3x9.js:1:19876',
    'Object.onClick [as handler] @ https://shop.example/assets/index-B3x9.js:1:11',
    'Cart.<anonymous> @ https://shop.example/assets/index-B3x9.js:1:12',
    'Function.<static_initializer> @ https://shop.example/assets/index-B3x9.js:1:13',
    'Array.map @ <anonymous>',
    'new Promise @ <anonymous>',
    'async loadCart @ https://shop.example/assets/index-B3x9.js:1:300',
    'async @ https://shop.example/assets/index-B3x9.js:1:301',
    'HTMLButtonElement.<anonymous> @ blob:https://shop.example/6a6d7a4b-8c8e:3:1',
    '<anonymous> @ https://shop.example/:40:7',
    '<anonymous> @ <anonymous>:1:1',
  ]);
});

test('frames of Firefox', () => {
  const stack = `total@https://shop.example/assets/index-B3x9.js:1:20461
Cart@https://shop.example/assets/index-B3x9.js:1:19876
loadCart/<@https://shop.example/assets/index-B3x9.js:1:300
async*onClick@https://shop.example/assets/index-B3x9.js:1:11
promise callback*loadCart@https://shop.example/assets/index-B3x9.js:1:12
setTimeout handler*@https://shop.example/assets/index-B3x9.js:1:13
EventListener.handleEvent*@https://shop.example/:40:7
get value@moz-extension://5f4e8c1b/content.js:2:3
@https://shop.example/assets/index-B3x9.js:2:1
`;
  assert.deepEqual(read('boom', stack), [
    'total @ https://shop.example/assets/index-B3x9.js:1:20461',
    'Cart @ https://shop.example/assets/index-B3x9.js:1:19876',
    'loadCart/< @ https://shop.example/assets/index-B3x9.js:1:300',
    'async*onClick @ https://shop.example/assets/index-B3x9.js:1:11',
    'promise callback*loadCart @ https://shop.example/assets/index-B3x9.js:1:12',
    'setTimeout handler* @ https://shop.example/assets/index-B3x9.js:1:13',
    'EventListener.handleEvent* @ https://shop.example/:40:7',
    'get value @ moz-extension://5f4e8c1b/content.js:2:3',
    '<anonymous> @ https://shop.example/assets/index-B3x9.js:2:1',
  ]);
});

test('frames of Safari', () => {
  const stack = `total@https://shop.example/assets/index-B3x9.js:1:20461
https://shop.example/assets/index-B3x9.js:1:19876
map@[native code]
eval code
eval@[native code]
anonymous@https://shop.example/assets/index-B3x9.js:1:12
module code@https://shop.example/assets/index-B3x9.js:2:1
promiseReactionJob@[native code]
global code@https://shop.example/:40:7`;
  assert.deepEqual(read('boom', stack), [
    'total @ https://shop.example/assets/index-B3x9.js:1:20461',
    '<anonymous> @ https://shop.example/assets/index-B3x9.js:1:19876',
    'map @ [native code]',
    'eval @ [native code]',
    'anonymous @ https://shop.example/assets/index-B3x9.js:1:12',
    'module code @ https://shop.example/assets/index-B3x9.js:2:1',
    'promiseReactionJob @ [native code]',
    'global code @ https://shop.example/:40:7',
  ]);
});

test('frames of WebAssembly keep their whole locator', () => {
  reads(
    '    at app::parse::h1f (wasm://wasm/0012ab:wasm-function[120]:0x1f2e)',
    'app::parse::h1f @ wasm://wasm/0012ab:wasm-function[120]:0x1f2e',
  );
  reads(
    '    at https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e',
    '<anonymous> @ https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e',
  );
  reads(
    'wasm-function[120]@https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e',
    'wasm-function[120] @ https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e',
  );
  reads('<?>.wasm-function[120]@[wasm code]', '<?>.wasm-function[120] @ [wasm code]');
  reads(
    'f@https://a.example/x.js line 9 > WebAssembly.Module:wasm-function[1]:0x7',
    'f @ https://a.example/x.js line 9 > WebAssembly.Module:wasm-function[1]:0x7',
  );
});

test('code of eval collapses to where it was called', () => {
  for (const [line, expected] of [
    [
      '    at eval (eval at run (https://a.example/x.js:10:5), <anonymous>:1:1)',
      'eval @ https://a.example/x.js:10:5',
    ],
    [
      '    at g (eval at f (eval at run (https://a.example/a(1).js:10:5), <anonymous>:1:1), <anonymous>:1:7)',
      'g @ https://a.example/a(1).js:10:5',
    ],
    [
      '    at g (eval at f (eval at run (https://a.example/x.js:10:5)), <anonymous>:1:30)',
      'g @ https://a.example/x.js:10:5',
    ],
    [
      '    at eval (eval at run (https://a.example/x.js:10:5))',
      'eval @ https://a.example/x.js:10:5',
    ],
    ['    at eval (eval at f (:302:29), <anonymous>:1:9)', 'eval @ <anonymous>:302:29'],
    ['    at f (eval at native, <anonymous>:1:9)', 'f @ eval at native, <anonymous>:1:9'],
    ['@https://a.example/x.js line 12 > eval:1:1', '<anonymous> @ https://a.example/x.js:12'],
    ['f@https://a.example/x.js line 12 > eval line 3 > eval:1:7', 'f @ https://a.example/x.js:12'],
    ['f@https://a.example/x.js line 12 > Function:1:7', 'f @ https://a.example/x.js:12'],
  ] as const) {
    reads(line, expected);
  }
});

test('a url may look like the origin of eval', () => {
  for (const url of ['a line 1.js', 'a line b > c.js', 'a line 1: > b.js', 'a line 1 b.js']) {
    reads(`f@https://a.example/${url}:1:7`, `f @ https://a.example/${url}:1:7`);
  }
});

test('any scheme and path is a location', () => {
  for (const url of [
    'file:///srv/shop/a.html',
    'chrome-extension://abcdef/content.js',
    'webpack-internal:///./src/x.js',
    'capacitor://localhost/app.js',
    'http://localhost:8080',
    'blob:null/6a6d7a4b',
    'svn+ssh://a.example/x.js',
    'x://a.example/x.js',
    'example.app://a.example/x.js',
  ]) {
    reads(`    at f (${url}:1:2)`, `f @ ${url}:1:2`);
    reads(`    at ${url}:1:2`, `<anonymous> @ ${url}:1:2`);
    reads(`f@${url}:1:2`, `f @ ${url}:1:2`);
  }
  for (const url of [
    'C:\\Program Files\\app.js',
    '/Users/My Name/app.js',
    'index.bundle',
    'about:srcdoc',
  ]) {
    reads(`    at f (${url}:1:2)`, `f @ ${url}:1:2`);
    reads(`    at ${url}:1:2`, `<anonymous> @ ${url}:1:2`);
  }
});

test('urls may contain what separates them', () => {
  for (const url of [
    'https://a.example/npm/@scope/pkg@1.2.3/x.js',
    'https://a.example/a(1)/b.js',
    'https://a.example/Program Files (x86)/x.js',
    'https://me@a.example:8080/x.js?at=1:2@3',
  ]) {
    reads(`    at f (${url}:1:2)`, `f @ ${url}:1:2`);
    reads(`    at ${url}:1:2`, `<anonymous> @ ${url}:1:2`);
    reads(`f@${url}:1:2`, `f @ ${url}:1:2`);
    reads(`${url}:1:2`, `<anonymous> @ ${url}:1:2`);
  }
});

test('functions may contain what separates them', () => {
  reads('    at A.b (c) (https://a.example/x.js:1:2)', 'A.b (c) @ https://a.example/x.js:1:2');
  reads('me@home@https://a.example/x.js:1:2', 'me@home @ https://a.example/x.js:1:2');
});

test('native frames have the url native', () => {
  reads('    at Array.forEach (native)', 'Array.forEach @ native');
});

test('a frame without position is read', () => {
  reads('    at f (https://a.example/x.js)', 'f @ https://a.example/x.js');
  reads('f@https://a.example/x.js', 'f @ https://a.example/x.js');
  reads('    at f (https://a.example/x.js:7)', 'f @ https://a.example/x.js:7');
  reads('f@https://a.example/x.js:', 'f @ https://a.example/x.js:');
  reads('f@https://a.example/x.js:7:0', 'f @ https://a.example/x.js:7');
  reads('f@https://a.example/x.js:0:7', 'f @ https://a.example/x.js');
});

test('numbers that do not fit stay in the url', () => {
  const [most] = framesOf('', 'f@https://a.example/x.js:4294967295:1');
  assert.deepEqual([most?.url, most?.line], ['https://a.example/x.js', 4294967295]);
  for (const number of ['4294967296', '42949672950']) {
    const [more] = framesOf('', `f@https://a.example/x.js:${number}`);
    assert.equal(more?.url, `https://a.example/x.js:${number}`);
  }
});

test('the function need not be apart from its location', () => {
  reads('    at A.b(https://a.example/x.js:1:2)', 'A.b @ https://a.example/x.js:1:2');
  reads('    at eval code (eval code:1:2)', 'eval code @ eval code:1:2');
});

test('native code and bundles are locations too', () => {
  reads('[native code]', '<anonymous> @ [native code]');
  reads('onPress@main.jsbundle:1:2', 'onPress @ main.jsbundle:1:2');
  reads('main.jsbundle:1:2', '<anonymous> @ main.jsbundle:1:2');
});

test('modules of node are not the pages', () => {
  const lines = [
    '    at Module._compile (node:internal/modules/cjs/loader:1105:14)',
    '    at node:internal/main/run_main_module:17:47',
  ];
  for (const line of lines) assert.deepEqual(read('', line), []);
});

test('other lines are no frames', () => {
  for (const line of [
    '',
    'Error',
    '    at',
    '    at ',
    '    at home',
    '    at f (index 0)',
    '    at a quarter past 12:15',
    'ask admin@example.com:8080',
    'https://a.example/not-loaded.js',
    'f@',
    'eval code',
    '://a.example/x.js:1:2',
    'https:/a.example/x.js:1:2',
  ]) {
    assert.deepEqual(read('', line), [], line);
  }
});

test('lines may end with a carriage return', () => {
  const stack = 'f@https://a.example/x.js:1:2\r\ng@https://a.example/x.js:3:4\r\n';
  assert.deepEqual(read('', stack), [
    'f @ https://a.example/x.js:1:2',
    'g @ https://a.example/x.js:3:4',
  ]);
});

test('a message that looks like frames is none', () => {
  const message =
    'no\n    at fake (https://a.example/fake.js:1:1)\nfake@https://a.example/x.js:1:1';
  for (const header of ['Error: ', 'ns:NamedLater: ', '']) {
    const stack = `${header}${message}\n    at f (https://a.example/x.js:1:2)`;
    assert.deepEqual(read(message, stack), ['f @ https://a.example/x.js:1:2'], header);
  }
});

test('a message is only skipped in the first line and as a whole', () => {
  const expected = ['f @ https://a.example/x.js:1:2'];
  assert.deepEqual(read('f', 'f@https://a.example/x.js:1:2'), expected);
  assert.deepEqual(read('no', 'Error: nothing\nf@https://a.example/x.js:1:2'), expected);
  assert.deepEqual(read('no', 'f@https://a.example/x.js:1:2\nsaid: no'), expected);
});

test('as many frames are read as Firefox writes', () => {
  const stack = 'f@https://a.example/x.js:1:2\n'.repeat(129);
  assert.equal(framesOf('', stack).length, 128);
  assert.equal(MAX_FRAMES, 128);
});

const PIECES =
  'at |\n| (|)|@|:| @ |12|0|https://|a.js|eval at |), | line | > eval|native|node:|blob:|async |<anonymous>|[native code]|é|\u{1F980}|/|C:\\|Error: |a|:1:2';
const almostAStack = fc
  .array(fc.constantFrom(...PIECES.split('|')), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

test('any text can be read, and what comes of it is not much longer', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'Error'),
      fc.oneof(fc.string(), almostAStack),
      fc.oneof(fc.string(), almostAStack),
      (name, message, stack) => {
        const { length } = framesOf(message, stack);
        const text = canonicalStack(name, message, stack);
        assert.equal(text !== undefined, length > 0 || name !== '');
        const most = `Error: ${message}${stack}`.length;
        assert.ok((text ?? '').length <= most + length * '\n  at <anonymous> @ <anonymous>'.length);
      },
    ),
    { numRuns: 2000 },
  );
});

/** Characters; stacks are cut there before they are read. */
const LONGEST = 32_768;

/** µs of the processor; usual are 1,000, and what grows with the square of the length takes a second. */
const LIMIT = 200_000;

/** Text of which an expression that goes back and forth would make millions of steps. */
const HOSTILE = [
  ...PIECES.split('|'),
  ...[
    ' ',
    '(',
    'a@',
    'x:',
    'http:',
    'a:1',
    '(a',
    '@@',
    '://',
    ' @',
    ' line 1 > ',
    ':1:1)',
    'Error',
  ],
];

test('the longest hostile stacks are read in no time', () => {
  const ends = ['', ' ', ')', ':1', ':1:2', ':1:2)', ' x:1:2)', ` ${'a'.repeat(LONGEST / 2)}:1:2)`];
  const starts = ['', 'at ', 'at eval at ', 'at f (eval at ', 'f@'];
  for (const piece of HOSTILE) {
    for (const start of starts) {
      for (const end of ends) {
        const line = start + piece.repeat(LONGEST / piece.length) + end;
        const begin = process.cpuUsage();
        framesOf(piece.repeat(LONGEST / 2 / piece.length), line);
        const { user } = process.cpuUsage(begin);
        assert.ok(user < LIMIT, JSON.stringify({ start, piece, end, user }));
      }
    }
  }
});
