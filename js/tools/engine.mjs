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
import { step, writeFile } from './step.mjs';

export const engineWasm = 'dist/engine/engine.wasm';
/** The same engine as JavaScript, for pages that may not compile WebAssembly. */
export const engineScript = 'dist/engine/engine.asm.js';
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
    outputs: [engineWasm, engineScript, engineGlue],
    work: makeEngine,
  });
}

const ownFiles = ['js/tools/engine.mjs', 'js/tools/cargo.mjs'];

async function makeEngine() {
  const paths = await machinePaths();
  await run('cargo', [...compileEngine, ...remapping(paths)], { env: withoutRustFlags });
  await bind();
  const names = await optimize();
  await translate();
  mendGlue(names);
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

/** What the page calls. Of the rest, which serves values of JavaScript, nothing is used. */
export const exported = ['input', 'reserve', 'memory'];

/** Returns which short names the module's imports and exports have got. */
async function optimize() {
  const bound = 'dist/engine/engine_bg.wasm';
  const lean = 'dist/engine/lean.wasm';
  const named = 'dist/engine/named.wasm';
  const graph = 'dist/engine/graph.json';
  writeFile(inRoot(graph), JSON.stringify(reachable()));
  await run('wasm-metadce', [...features, '--quiet', '--graph-file', graph, bound, '-o', lean]);
  const strip = ['--strip-debug', '--strip-producers', '--strip-target-features'];
  await run('wasm-opt', [...shrinking, ...features, ...strip, lean, '-o', named]);
  const rename = [...renaming, ...features, ...strip, named, '-o', engineWasm];
  const { stdout } = await run('wasm-opt', rename, { quiet: true });
  for (const file of [bound, lean, named, graph]) rmSync(inRoot(file));
  return JSON.parse(stdout);
}

/**
 * As brotli likes it: rustc has inlined what pays, and it packs the same expression twice better than
 * a variable for it. The first kilobyte of the memory is the far end of the stack (`--stack-first`),
 * so no address is folded into an offset wrongly.
 */
const shrinking = [
  ...['-Oz', '--converge', '--low-memory-unused'],
  ...['--one-caller-inline-max-function-size', '0', '--skip-pass', 'local-cse'],
];

/**
 * Apart from `shrinking`, whose passes may run several times: the names are printed each time. At this
 * level the module is written as briefly as by `-Oz`.
 */
const renaming = ['--minify-imports-and-exports-and-modules', '--shrink-level=2'];

function reachable() {
  const outside = { name: 'outside', root: true, reaches: exported };
  return [outside, ...exported.map((name) => ({ name, export: name }))];
}

/** What wasm2js cannot translate is first expressed by what it can. */
const lowering = [
  '--llvm-nontrapping-fptoint-lowering',
  '--signext-lowering',
  '--llvm-memory-copy-fill-lowering',
];

async function translate() {
  const plain = 'dist/engine/plain.wasm';
  await run('wasm-opt', [...features, ...lowering, '-Oz', engineWasm, '-o', plain]);
  await run('wasm2js', ['-Oz', '--enable-mutable-globals', plain, '-o', engineScript]);
  rmSync(inRoot(plain));
  // A function of its imports, instead of a module that has its own copy of the glue.
  const module = readFileSync(inRoot(engineScript), 'utf8');
  const body = module
    .replace(/^import .*$/m, '')
    .replace(/^var retasmFunc = [\s\S]*$/m, 'export default asmFunc;\n');
  if (!/asmFunc;\n$/.test(body)) throw new Failure('wasm2js: its output has another form');
  writeFile(inRoot(engineScript), body);
}

/**
 * Gives the glue the short names, and names what the module imports, because all exports of the glue
 * would be bundled otherwise: its table for values of JavaScript too, though nothing but numbers
 * crosses the boundary.
 */
function mendGlue({ imports, exports }) {
  const glue = readFileSync(inRoot(engineGlue), 'utf8');
  const [[, output, shortOutput]] = imports;
  const short = Object.fromEntries(exports);
  if (
    imports.length !== 1 ||
    !/^__wbg_output_/.test(output) ||
    !exported.every((name) => short[name])
  )
    throw new Failure('wasm-bindgen: its glue has another form');
  const mended = glue.replace(/\bwasm\.(\w+)\(/g, (call, name) =>
    short[name] ? `wasm.${short[name]}(` : call,
  );
  const named = `
export const modules = { a: { ${shortOutput}: ${output} } };
export const memoryOf = (exports) => exports.${short.memory};
`;
  writeFile(inRoot(engineGlue), mended + named);
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
