import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import test from 'node:test';
import { runInNewContext } from 'node:vm';
import { build } from 'esbuild';
import { complain } from '../../js/exceptions/script.ts';
import { settle } from './shim-page.ts';

const root = join(import.meta.dirname, '../..');

const bundle = async (entry: string, format: 'esm' | 'iife', isDropIn = false) => {
  const { outputFiles } = await build({
    entryPoints: [join(root, entry)],
    bundle: true,
    minify: true,
    format,
    target: 'es2021',
    external: ['./engine.js'],
    define: { IS_DROP_IN: `${isDropIn}` },
    write: false,
  });
  return outputFiles[0]?.text as string;
};

test('in Node the import changes nothing, starts nothing, and all methods do nothing', async () => {
  const code = await bundle('js/index.ts', 'esm');
  const script = `
    const own = (object) => JSON.stringify(Reflect.ownKeys(object).map((key) =>
      [String(key), Object.entries(Object.getOwnPropertyDescriptor(object, key)).map(([name, value]) =>
        [name, typeof value, typeof value === 'function' ? value.toString().length : ''])]));
    const watched = [globalThis, Object.prototype, Array.prototype, Function.prototype, Promise.prototype, console, process];
    const before = watched.map(own);
    const { ferrum } = await import('data:text/javascript,' + encodeURIComponent(${JSON.stringify(code)}));
    ferrum.init({ applicationId: 'a', clientToken: 'b' });
    ferrum.setUser({ id: 'someone' });
    ferrum.addAction('a');
    ferrum.addError(new Error('x'));
    ferrum.startView({ name: 'v', context: { of: 'someone' } });
    ferrum.setTrackingConsent('granted');
    ferrum.stop();
    let ready = 0;
    ferrum.onReady(() => ready++);
    console.log(JSON.stringify({
      same: watched.map(own).every((text, i) => text === before[i]),
      user: ferrum.getUser(), view: ferrum.getViewContext(), init: ferrum.getInitConfiguration() ?? null,
      internal: ferrum.getInternalContext() ?? null, ready,
      handles: process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)),
    }));`;
  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  assert.deepEqual(JSON.parse(output), {
    same: true,
    user: {},
    view: {},
    init: null,
    internal: null,
    ready: 1,
    handles: [],
  });
});

/** Runs the classic script in a bare page. */
const runClassic = async (existing: unknown, src: string | null, object = 'ferrum') => {
  const code = await bundle('js/script.ts', 'iife', object === 'DD_RUM');
  const messages: unknown[][] = [];
  const listeners: string[] = [];
  const page: Record<string, unknown> = {
    console: {
      warn: (...args: unknown[]) => messages.push(args),
      error: (...args: unknown[]) => messages.push(args),
    },
    document: {
      currentScript: src && { src },
      baseURI: 'https://shop.example.com/a/b',
      readyState: 'loading',
      visibilityState: 'visible',
    },
    performance: { now: () => 1 },
    addEventListener: (type: string) => listeners.push(type),
    URL,
    setTimeout: () => 0,
  };
  page.window = page;
  if (existing) page[object] = existing;
  const imports: string[] = [];
  page.__import = async (url: string) => {
    imports.push(url);
    if (url.endsWith('/ferrum-exceptions.js')) return { complain };
    return new Promise(() => {});
  };
  const before = Object.keys(page);
  runInNewContext(code.replaceAll(/\bimport\(/g, '__import('), page);
  const added = Object.keys(page).filter((key) => !before.includes(key));
  return {
    page,
    messages,
    listeners,
    imports,
    added,
    ferrum: page[object] as Record<string, unknown>,
  };
};

test('the drop-in script has the global and the queue of the official SDK', async () => {
  let isReady = false;
  const snippet = { q: [() => (isReady = true)] };
  const { page, ferrum, messages, added, imports } = await runClassic(
    snippet,
    'https://cdn.example.com/datadog-rum.js',
    'DD_RUM',
  );
  assert.ok(isReady);
  assert.equal(page.DD_RUM, ferrum);
  assert.deepEqual(added, []);
  (ferrum.init as () => void)();
  // Its message is that of the engine's module.
  assert.deepEqual(imports, ['https://cdn.example.com/ferrum-engine.js']);
  assert.deepEqual(messages, []);
});

test('the classic script replaces the snippet and runs what waited, each by itself', async () => {
  const order: string[] = [];
  const error = new Error('mine');
  const snippet = {
    q: [
      () => order.push('first'),
      () => {
        throw error;
      },
      () => order.push('third'),
    ],
    onReady() {},
    version: 'of the snippet',
  };
  const { ferrum, messages, added, listeners } = await runClassic(
    snippet,
    'https://cdn.example.com/x/ferrum.js',
  );
  assert.deepEqual(order, ['first', 'third']);
  await settle();
  assert.deepEqual(messages, [['Ferrum: onReady callback threw an error:', error]]);
  assert.equal(typeof ferrum.addAction, 'function');
  assert.deepEqual(added, []);
  assert.deepEqual(listeners, ['visibilitychange', 'pagehide', 'error', 'unhandledrejection']);
});

test('a second copy of the classic script warns and leaves the first in its place', async () => {
  const present = { version: '0.0.1' };
  const { messages, ferrum, listeners } = await runClassic(
    present,
    'https://cdn.example.com/ferrum.js',
  );
  await settle();
  assert.match(messages[0]?.[0] as string, /^Ferrum: SDK is loaded more than once/);
  assert.equal(ferrum, present);
  assert.deepEqual(listeners, []);
  const alone = await runClassic(undefined, null);
  assert.deepEqual([alone.messages, alone.added], [[], ['ferrum']]);
});

test('the engine of the classic script lies beside it', async () => {
  for (const [src, engine] of [
    ['https://cdn.example.com/x/ferrum.js?v=1', 'https://cdn.example.com/x/ferrum-engine.js'],
    [null, 'https://shop.example.com/a/ferrum-engine.js'],
  ] as const) {
    const { ferrum, page, imports } = await runClassic(undefined, src);
    page.requestIdleCallback = (run: () => void) => run();
    (page.document as { readyState: string }).readyState = 'complete';
    (ferrum.init as (options: object) => void)({ applicationId: 'a', clientToken: 'b' });
    await settle();
    assert.deepEqual(imports, [engine]);
  }
});
