/** Stacks as browsers write them: the text of `stack`, and the error it belongs to. */

export interface Sample {
  browser: string;
  name: string;
  message: string;
  stack: string;
  /** The frames where ours are deliberately others than those of the official SDK. */
  ours?: string[];
}

const APP = 'https://shop.example/assets/index-B3x9.js';

function sample(browser: string, header: string, lines: string, ours?: string[]): Sample {
  const [name = '', message = ''] = header.split(/: (.*)/s);
  const frames = lines.trim().replace(/^ +/gm, '');
  const isV8 = /chrome|edge|electron|hermes/.test(browser);
  const stack = isV8 ? `${header}\n${frames.replace(/^/gm, '    ')}` : `${frames}\n`;
  return { browser, name, message, stack, ...(ours && { ours }) };
}

const chrome = (header: string, lines: string, ours?: string[]) =>
  sample('chrome', header, lines, ours);
const firefox = (lines: string, ours?: string[]) => sample('firefox', 'Error: boom', lines, ours);
const safari = (lines: string, ours?: string[]) => sample('safari', 'Error: boom', lines, ours);

export const samples: Sample[] = [
  chrome(
    "TypeError: Cannot read properties of undefined (reading 'price')",
    `at Cart.total (${APP}:1:20461)
     at new Cart (${APP}:1:19876)
     at Object.onClick [as handler] (${APP}:1:11)
     at Cart.<anonymous> (${APP}:1:12)
     at ${APP}:1:99`,
  ),
  chrome('ReferenceError: x is not defined', 'at https://shop.example/:40:7'),
  chrome(
    'Error: boom',
    `at Function.<static_initializer> (${APP}:1:13)\nat <static_initializer> (${APP}:1:9)`,
  ),
  chrome('Error: boom', `at Array.map (<anonymous>)\nat render (${APP}:7:11)`),
  chrome('Error: boom', `at new Promise (<anonymous>)\nat wait (${APP}:7:11)`),
  chrome(
    'Error: boom',
    `at async loadCart (${APP}:1:300)\nat async Promise.all (index 0)\nat async ${APP}:1:301`,
  ),
  chrome(
    'Error: boom',
    'at HTMLButtonElement.<anonymous> (blob:https://shop.example/6a6d7a4b-8c8e:3:1)',
  ),
  chrome('Error: boom', 'at HTMLDocument.<anonymous> (https://shop.example/page:2:3)'),
  chrome('Error: boom', 'at <anonymous>:1:1'),
  chrome('Error: boom', 'at f (<anonymous>:1:30)\nat <anonymous>:1:1'),
  chrome('Error: boom', 'at Array.forEach (native)\nat foo (http://a.example/a.js:13:17)', [
    'Array.forEach @ native',
    'foo @ http://a.example/a.js:13:17',
  ]),
  chrome('RangeError: Maximum call stack size exceeded', `at f (${APP}:1:2)\n`.repeat(10)),
  chrome(
    'Error: boom',
    'at eval (eval at run (https://a.example/x.js:10:5), <anonymous>:1:1)\nat run (https://a.example/x.js:10:5)',
  ),
  chrome(
    'Error: boom',
    'at g (eval at f (eval at run (https://a.example/x.js:10:5), <anonymous>:1:1), <anonymous>:1:7)',
  ),
  chrome(
    'Error: boom',
    'at baz (eval at foo (eval at speak (http://localhost:8080/file.js:21:17)), <anonymous>:1:30)',
  ),
  chrome(
    'Error: boom',
    'at Object.eval (webpack-internal:///./src/cart.js:12:9)\nat eval (webpack-internal:///./src/x.js:1:2)',
  ),
  chrome('Error: boom', 'at TESTTESTTEST.eval(webpack:///./src/components/test/test.jsx?:295:108)'),
  chrome(
    'Error: boom',
    'at TESTTESTTEST.proxiedMethod(webpack:///./~/react-proxy/modules/createPrototypeProxy.js?:44:30)',
  ),
  chrome('Error: boom', 'at render (file:///srv/shop/a.html:12:5)'),
  chrome('Error: boom', 'at i (chrome-extension://abcdefghijklmnop/content.js:2:31)'),
  chrome('Error: boom', 'at i (moz-extension://abcdef/content.js:2:31)'),
  chrome(
    'Error: boom',
    'at onload (app:///index.html:2:31)\nat go (capacitor://localhost/app.js:1:2)',
  ),
  chrome('Error: boom', 'at f (/srv/www/app.js:10:5)'),
  chrome('Error: boom', 'at Object.f [as g] (https://a.example/x.js?v=1.2.3&t=a:b#/route:10:5)'),
  chrome(
    'Error: boom',
    'at f (http://localhost:8080/x.js:10:5)\nat http://127.0.0.1:3000/y.js:1:1',
  ),
  chrome('Error: boom', 'at f (https://a.example/npm/@scope/pkg@1.2.3/x.js:10:5)'),
  chrome('Error: boom', 'at f (https://a.example/a(1)/b.js:10:5)'),
  chrome(
    'Error: boom',
    'at async Module.load (https://a.example/x.js:10:5)\nat async Object.setup [as go] (https://a.example/x.js:1:5)',
  ),
  chrome(
    'Error: boom',
    'at get value [as value] (https://a.example/x.js:10:5)\nat set value (https://a.example/x.js:11:5)',
  ),
  chrome(
    'Error: boom',
    'at Proxy.<anonymous> (https://a.example/x.js:10:5)\nat Reflect.apply (<anonymous>)',
  ),
  chrome(
    'Error: boom',
    'at Set.forEach (<anonymous>)\nat JSON.parse (<anonymous>)\nat String.replace (<anonymous>)',
  ),
  chrome(
    'Error: boom',
    'at Generator.next (<anonymous>)\nat #private (https://a.example/x.js:10:5)',
  ),
  chrome('Error: boom', 'at $r.ƒ_été (https://a.example/été.js:10:5)'),
  chrome(
    'Error: boom',
    'at Module._compile (node:internal/modules/cjs/loader:1105:14)\nat f (https://a.example/x.js:10:5)',
    ['f @ https://a.example/x.js:10:5'],
  ),
  chrome(
    'Error: boom',
    'at [Symbol.iterator] (https://a.example/x.js:10:5)\nat Object.[a b] (https://a.example/x.js:11:5)',
  ),
  chrome('Error: two\nlines', `at f (${APP}:1:2)`),
  chrome(`Error: no\n    at fake (${APP}:9:9)`, `at f (${APP}:1:2)`),
  chrome(
    'SyntaxError: Unexpected token < in JSON at position 0',
    `at JSON.parse (<anonymous>)\nat ${APP}:1:2`,
  ),
  chrome('AbortError: The user aborted a request.', `at cancel (${APP}:1:2)`),
  chrome(
    'ChunkLoadError: Loading chunk 7 failed.\n(error: https://shop.example/7.js)',
    `at o.f.j (${APP}:1:2)`,
  ),
  chrome('Error', `at f (${APP}:1:2)`),
  chrome('Error: boom', 'at f (https://a.example/x.js)\nat f (https://a.example/x.js:7)'),
  chrome(
    'RuntimeError: unreachable',
    'at app::parse::h1f (wasm://wasm/0012ab:wasm-function[120]:0x1f2e)\nat wasm://wasm/0012ab:wasm-function[3]:0x7\nat run (https://a.example/app.js:10:5)',
  ),
  chrome(
    'RuntimeError: unreachable',
    'at app_bg.wasm.rust_panic (https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e)\nat https://a.example/app_bg.wasm:wasm-function[4]:0x12',
  ),
  chrome(
    'RuntimeError: memory access out of bounds',
    'at wasm://wasm/app.wasm-0012ab:wasm-function[120]:0x1f2e',
  ),
  sample(
    'edge',
    'Error: boom',
    `at Anonymous function (${APP}:12:5)\nat Global code (${APP}:1:1)\nat eval code (eval code:1:2)`,
  ),
  sample(
    'edge',
    "TypeError: Unable to get property 'x' of undefined or null reference",
    'at foo (http://path/to/file.js:48:13)\nat bar (http://path/to/file.js:82:1)',
  ),
  sample(
    'electron',
    'Error: boom',
    'at TESTTESTTEST.someMethod (C:\\Users\\user\\path\\to\\file.js:295:108)',
    ['TESTTESTTEST.someMethod @ C:\\Users\\user\\path\\to\\file.js:295:108'],
  ),
  sample(
    'electron',
    'Error: boom',
    'at go (file:///C:/Program%20Files/App/resources/app.asar/a.js:2:9)',
  ),
  sample(
    'hermes',
    'Error: boom',
    'at foo (index.android.bundle:1:204)\nat anonymous (address at index.android.bundle:1:2)',
  ),
  firefox(`total@${APP}:1:20461\nCart@${APP}:1:19876\n@${APP}:2:1`),
  firefox(`loadCart/<@${APP}:1:300\nasync*onClick@${APP}:1:11`),
  firefox(`promise callback*loadCart@${APP}:1:12\nsetTimeout handler*@${APP}:1:13`),
  firefox('EventListener.handleEvent*@https://shop.example/:40:7\n@https://shop.example/:1:1'),
  firefox('foo@file:///path/to/file.js:41:13\nbar@http://path/to/file.js:1:1'),
  firefox(
    'dumpExceptionError@http://path/to/file.js:41:27\nApp.prototype.foo@http://path/to/file.js:15:2',
  ),
  firefox('@https://a.example/x.js line 12 > eval:1:1\nrun@https://a.example/x.js:12:9'),
  firefox('f@https://a.example/x.js line 12 > eval line 3 > eval:1:7'),
  firefox('render@resource://path/data/content/bundle.js:5529:16'),
  firefox('get value@chrome://browser/content/x.js:2:3'),
  firefox('f@blob:https://a.example/6a6d7a4b:2:3'),
  firefox('f@https://a.example/x.js line 12 > Function:1:7', ['f @ https://a.example/x.js:12']),
  firefox('f@moz-extension://5f4e8c1b/content.js:2:3', [
    'f @ moz-extension://5f4e8c1b/content.js:2:3',
  ]),
  firefox('f@webpack:///./src/a.js:2:3'),
  firefox(
    'wasm-function[120]@https://a.example/app_bg.wasm:wasm-function[120]:0x1f2e\n@https://a.example/app_bg.wasm:wasm-function[7]:0x1f',
  ),
  firefox(
    'app::parse@https://a.example/app.js line 10 > WebAssembly.Module:wasm-function[120]:0x1f2e',
  ),
  firefox('self-hosted:1234:56\nmap@self-hosted:240:17\nf@https://a.example/x.js:1:2'),
  firefox('f@https://a.example/npm/@scope/x.js:2:3'),
  firefox('a/b/c@https://a.example/x.js:2:3\nfoo["bar baz"]@https://a.example/x.js:3:4'),
  firefox(
    'f@http://127.0.0.1:8000/js/stacktrace.js:44\ng@http://127.0.0.1:8000/js/stacktrace.js:31',
  ),
  firefox('(1,2)@https://a.example/x.js:44\nfoo(1,"x")@https://a.example/x.js:31', [
    '(1,2) @ https://a.example/x.js:44',
    'foo(1,"x") @ https://a.example/x.js:31',
  ]),
  safari(
    `total@${APP}:1:20461\n${APP}:1:19876\nmap@[native code]\nglobal code@https://shop.example/:40:7`,
  ),
  safari(`eval code\neval@[native code]\nanonymous@${APP}:1:12\nmodule code@${APP}:2:1`),
  safari(`promiseReactionJob@[native code]\nasyncFunctionResume@[native code]\n@${APP}:2:1`),
  safari(
    'http://path/to/file.js:48:22\nfoo@http://path/to/file.js:52:15\nbar@http://path/to/file.js:108:107',
  ),
  safari('[native code]\nf@https://a.example/x.js:1:2'),
  safari(
    '<?>.wasm-function[120]@[wasm code]\n<?>.wasm-function[app::parse]@[wasm code]\nwasm-stub@[wasm code]\nrun@https://a.example/x.js:1:2',
  ),
  safari('onClick@capacitor://localhost/app.js:2:31\nhandle@capacitor://localhost/app.js:3:1'),
  safari('onPress@main.jsbundle:1:2\nf@/var/containers/Bundle/main.jsbundle:2:3'),
  safari('getter@user-script:1:2:3\nf@safari-web-extension://AB-CD/content.js:1:2', [
    'f @ safari-web-extension://AB-CD/content.js:1:2',
  ]),
  safari('dispatchEvent@[native code]\nhttps://a.example/a.js:1:2\nhttps://a.example/@x/b.js:1:2'),
];
