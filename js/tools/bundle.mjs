// The JavaScript of dist/: each bundle, and what stands behind the virtual modules it may import.
import { readFileSync } from 'node:fs';
import { build } from 'esbuild';
import { minify } from 'terser';
import { Failure, inRoot, timed } from './command.mjs';
import { engineGlue, engineHost, engineScript, engineWasm } from './engine.mjs';
import { checkQuotes, mangled } from './internal-names.mjs';
import { writeFile } from './step.mjs';

const shim = { target: 'es2021', format: 'esm', ...mangled };
const modern = { target: 'es2022', format: 'esm' };

/** What the one of the two APIs has and the other has not is not in its bundle. */
const entry = (isDropIn) => ({
  options: { ...shim, define: { IS_DROP_IN: `${isDropIn}` } },
  terser: { ecma: 2021, reduce_funcs: false },
});
/** A module in a function: esbuild's own `iife` brings a `require` for the import it cannot bundle. */
const scriptEntry = (isDropIn) => {
  const { options, terser } = entry(isDropIn);
  return { options: { ...options, banner: { js: '(()=>{' }, footer: { js: '})();' } }, terser };
};
const chunk = { options: { ...modern, ...mangled }, terser: { ecma: 2022, module: true } };
/** Of the script: its functions are the smaller for staying where they are used. */
const engineChunk = { ...chunk, terser: { ...chunk.terser, hoist_funs: false } };

/**
 * `engine`: what the entry's `import('./engine.ts')` becomes. `wasm`: how the chunk gets the module; `chunks`: how the
 * names begin of those it may load.
 */
export const bundles = [
  { from: 'js/index.ts', to: 'dist/esm/index.js', ...entry(false), engine: './engine.js' },
  { from: 'js/datadog.ts', to: 'dist/esm/datadog.js', ...entry(true), engine: './engine.js' },
  {
    from: 'js/datadog-constants.ts',
    to: 'dist/esm/datadog-constants.js',
    options: { ...shim, mangleProps: undefined },
  },
  {
    from: 'js/engine.ts',
    to: 'dist/esm/engine.js',
    ...chunk,
    wasm: 'inline',
    chunks: './',
  },
  { from: 'js/errors.ts', to: 'dist/esm/errors.js', ...chunk },
  { from: 'js/exceptions.ts', to: 'dist/esm/exceptions.js', ...chunk },
  { from: 'js/extras.ts', to: 'dist/esm/extras.js', ...chunk },
  { from: 'js/remote.ts', to: 'dist/esm/remote.js', ...chunk },
  { from: 'js/vitals.ts', to: 'dist/esm/vitals.js', ...chunk },
  { from: engineScript, to: 'dist/esm/engine-script.js', options: modern },
  {
    from: 'js/script.ts',
    to: 'dist/cdn/ferrum.js',
    ...scriptEntry(false),
    engine: './ferrum-engine.js',
  },
  {
    from: 'js/script.ts',
    to: 'dist/cdn/datadog-rum.js',
    ...scriptEntry(true),
    engine: './ferrum-engine.js',
  },
  {
    from: 'js/engine.ts',
    to: 'dist/cdn/ferrum-engine.js',
    ...engineChunk,
    wasm: 'url',
    chunks: './ferrum-',
  },
  { from: 'js/errors.ts', to: 'dist/cdn/ferrum-errors.js', ...chunk },
  { from: 'js/exceptions.ts', to: 'dist/cdn/ferrum-exceptions.js', ...chunk },
  { from: 'js/extras.ts', to: 'dist/cdn/ferrum-extras.js', ...chunk },
  { from: 'js/remote.ts', to: 'dist/cdn/ferrum-remote.js', ...chunk },
  { from: 'js/vitals.ts', to: 'dist/cdn/ferrum-vitals.js', ...chunk },
  { from: engineScript, to: 'dist/cdn/ferrum-engine-script.js', options: modern },
  {
    from: 'js/intake/index.ts',
    to: 'dist/node/intake.js',
    options: { target: 'node20', platform: 'node', format: 'esm', minify: false },
  },
  { from: 'js/intake/live/live.ts', to: 'dist/intake/live/live.js', options: modern },
];

export function buildBundle(bundle) {
  return timed(bundle.to, async () => {
    const { outputFiles } = await build({
      absWorkingDir: inRoot(),
      entryPoints: [bundle.from],
      outfile: bundle.to,
      bundle: true,
      minify: true,
      legalComments: 'none',
      charset: 'utf8',
      logLevel: 'warning',
      write: false,
      plugins: [ownFiles(bundle), virtualModules(bundle)],
      ...bundle.options,
    }).catch((error) => {
      throw new Failure(`${bundle.to}: ${error.message}`);
    });
    const [{ path, text: bundled }] = outputFiles;
    const text = bundle.terser ? await shrink(bundled, bundle.terser) : bundled;
    if (bundle.wasm === 'inline') forbidModuleUrl(bundle.to, text);
    if (bundle.terser) checkQuotes(bundle.to, text);
    writeFile(path, text);
    return `${Buffer.byteLength(text)} B`;
  });
}

/** What esbuild leaves: 4 % of the critical path, 6 % of the chunks. */
async function shrink(text, { ecma, module, ...compress }) {
  const { code } = await minify(text, {
    ecma,
    module,
    toplevel: true,
    compress: { passes: 3, unsafe_arrows: true, hoist_funs: true, ...compress },
  });
  return code;
}

/**
 * Keeps the engine, and what only some pages import, out of the entry: relative imports, which the
 * bundlers of users split off or leave out too.
 */
function ownFiles({ engine: chunk }) {
  return {
    name: 'own-files',
    setup({ onResolve }) {
      onResolve({ filter: /\/engine\.(ts|js)$/ }, ({ kind }) => {
        if (kind === 'dynamic-import' && chunk) return { path: chunk, external: true };
      });
      onResolve({ filter: /\/datadog-constants\.js$/ }, ({ path }) => ({ path, external: true }));
    },
  };
}

function virtualModules({ wasm, chunks }) {
  return {
    name: 'virtual-modules',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^virtual:glue$/ }, () => ({ path: inRoot(engineGlue) }));
      // The chunk and the glue must share one.
      onResolve({ filter: /^virtual:host$|\/snippets\/.*\/host\.js$/ }, () => ({
        path: inRoot(engineHost),
      }));
      onResolve(
        { filter: /^virtual:(engine-script|errors|exceptions|extras|remote|vitals)$/ },
        ({ path }) => ({
          path: `${chunks}${path.slice('virtual:'.length)}.js`,
          external: true,
        }),
      );
      onResolve({ filter: /^virtual:wasm$/ }, () => ({ path: wasm, namespace: 'wasm' }));
      onLoad({ filter: /./, namespace: 'wasm' }, () => ({ contents: wasmModule[wasm]() }));
    },
  };
}

const wasmModule = {
  // Hexadecimal keeps the bytes aligned, so that brotli still sees a module: +7 %, base64 +29 %.
  inline: () => `
    const hex = '${readFileSync(inRoot(engineWasm), 'hex')}';
    export const isOwnFile = () => false;
    const digit = (at) => (hex.charCodeAt(at) & 15) + (hex.charCodeAt(at) >> 6) * 9;
    export default async () => {
      const bytes = new Uint8Array(hex.length / 2);
      for (let i = 0; i < bytes.length; i++) bytes[i] = digit(2 * i) * 16 + digit(2 * i + 1);
      return bytes;
    };`,
  // A server may answer with another type, or a missing file with a page, and status 200.
  url: () => `
    export const isOwnFile = (url) =>
      /\\/ferrum(-[\\w-]+\\.js|\\.wasm)$/.test(url) && url.startsWith(new URL('.', import.meta.url).href);
    export default async (fetch) => (await fetch(new URL('ferrum.wasm', import.meta.url))).body;`,
};

/** Bundlers of users would look for the file that such an URL names. */
function forbidModuleUrl(name, text) {
  if (text.includes('import.meta')) throw new Failure(`${name} must not depend on import.meta`);
}
