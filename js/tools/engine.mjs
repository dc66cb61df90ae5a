// The engine's module and its glue: cargo, wasm-bindgen, wasm-opt.
import { readFileSync, rmSync } from 'node:fs';
import {
  compiledEngine,
  compileEngine,
  machinePaths,
  remapping,
  withoutRustFlags,
} from './cargo.mjs';
import { ask, Failure, inRoot, run } from './command.mjs';
import { step } from './step.mjs';

export const engineWasm = 'dist/engine/engine.wasm';
export const engineGlue = 'dist/engine/engine_bg.js';
/** Through which the engine calls the page; the glue imports a copy of it. */
export const engineHost = 'src/browser/host.js';

/** What `rustc` assumes of every engine. All features at once would bring types that browsers reject. */
const features = [
  'bulk-memory',
  'bulk-memory-opt',
  'call-indirect-overlong',
  'multivalue',
  'mutable-globals',
  'nontrapping-float-to-int',
  'reference-types',
  'sign-ext',
].map((feature) => `--enable-${feature}`);

export async function buildEngine() {
  await step({
    name: 'engine',
    inputs: ['Cargo.toml', 'Cargo.lock', '.cargo', 'src', 'package-lock.json', ...ownFiles],
    version: await ask('rustc', '-vV'),
    outputs: [engineWasm, engineGlue],
    work: makeEngine,
  });
}

const ownFiles = ['js/tools/engine.mjs', 'js/tools/cargo.mjs'];

async function makeEngine() {
  const paths = await machinePaths();
  await run('cargo', [...compileEngine, ...remapping(paths)], { env: withoutRustFlags });
  await bind();
  await optimize();
  const wasm = readFileSync(inRoot(engineWasm));
  await inspect(wasm, paths);
  return `${wasm.length} B`;
}

function bind() {
  return run('wasm-bindgen', [
    // Of all targets the glue without a loader: the chunk has its own.
    ...['--target', 'bundler', '--out-dir', 'dist/engine', '--out-name', 'engine'],
    ...['--remove-name-section', '--remove-producers-section'],
    compiledEngine,
  ]);
}

async function optimize() {
  const bound = 'dist/engine/engine_bg.wasm';
  const strip = ['--strip-debug', '--strip-producers', '--strip-target-features'];
  await run('wasm-opt', ['-Oz', '--converge', ...features, ...strip, bound, '-o', engineWasm]);
  rmSync(inRoot(bound));
}

async function inspect(wasm, paths) {
  const imports = WebAssembly.Module.imports(await WebAssembly.compile(wasm));
  const unbound = imports.filter(({ module }) => module === 'env').map(({ name }) => name);
  if (unbound.length > 0) {
    throw new Failure(`the engine imports from "env", which nothing provides: ${unbound.join()}`);
  }
  const leaked = paths.map(([path]) => `${path}/`).find((path) => wasm.includes(path));
  if (leaked) throw new Failure(`the engine contains a path of this machine: ${leaked}…`);
}
