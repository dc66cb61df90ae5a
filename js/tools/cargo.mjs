// How cargo is called: the one place that knows targets, features and flags.
import { homedir } from 'node:os';
import { join } from 'node:path';
import { ask, root } from './command.mjs';

export const wasmTarget = 'wasm32-unknown-unknown';

/** Compiles the engine to `compiledEngine`. A target folder set by the user is for his own calls. */
export const compileEngine = [
  ...['rustc', '--lib', '--release', '--crate-type', 'cdylib', '--features', 'standalone'],
  ...['--target', wasmTarget, '--target-dir', 'target'],
];
export const compiledEngine = `target/${wasmTarget}/release/ferrum.wasm`;

export const checks = [
  { name: 'cargo fmt', args: ['fmt', '--check'] },
  {
    name: 'cargo clippy',
    args: ['clippy', '--all-targets', '--', '-D', 'warnings'],
  },
  {
    name: `cargo clippy (${wasmTarget})`,
    args: ['clippy', '--target', wasmTarget, '--lib', '--test', 'wasm', '--', '-D', 'warnings'],
  },
];
export const nativeTests = ['test', '--no-fail-fast'];
export const wasmTests = ['test', '--target', wasmTarget, '--test', 'wasm'];
export const documentation = ['doc', '--no-deps'];

/**
 * For calls that compile to WebAssembly: flags from the environment replace those of
 * `.cargo/config.toml`, and are meant for the machine's own processor anyway.
 */
export const withoutRustFlags = {
  RUSTFLAGS: undefined,
  CARGO_ENCODED_RUSTFLAGS: undefined,
  CARGO_BUILD_RUSTFLAGS: undefined,
};

/** Folders of this machine that source paths may begin with, and what stands for each in the engine. */
export async function machinePaths() {
  const cargoHome = process.env.CARGO_HOME ?? join(homedir(), '.cargo');
  const sysroot = await ask('rustc', '--print', 'sysroot');
  return [
    [homedir(), '/home'],
    [sysroot, '/rust'],
    [cargoHome, '/cargo'],
    [root, '/ferrum'],
  ].filter(([path]) => path && path !== '/');
}

/** Adds to the flags of `.cargo/config.toml`. Of several prefixes that fit, rustc takes the last. */
export function remapping(paths) {
  const flags = paths.map(([from, to]) => JSON.stringify(`--remap-path-prefix=${from}=${to}`));
  return ['--config', `target.${wasmTarget}.rustflags=[${flags.join(',')}]`];
}
