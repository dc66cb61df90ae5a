// What all tools share: the repository's root, running a command, telling what happens.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

export const root = resolve(fileURLToPath(new URL('../..', import.meta.url)));
export const inRoot = (...parts) => join(root, ...parts);

/** Where `setup` puts the tools of this checkout. They win over those of the machine. */
export const toolFolder = inRoot('.tools');
const toolPath = [join(toolFolder, 'bin'), inRoot('node_modules', '.bin'), process.env.PATH];

/** An expected failure: its message says what is wrong and how to mend it, so no stack is shown. */
export class Failure extends Error {}

/**
 * Runs a command in the repository's root, its output shown as it comes unless `quiet`.
 * `output` is all it printed, `stdout` without its standard error.
 * @returns {Promise<{ code: number, output: string, stdout: string }>} Rejects when the command fails, unless `check` is false.
 */
export function run(command, args, { quiet = false, check = true, env, cwd = root, timeout } = {}) {
  const { promise, resolve: done, reject } = deferred();
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, PATH: toolPath.join(delimiter), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
  });
  let output = '';
  let stdout = '';
  const collect = (shown) => (chunk) => {
    output += chunk;
    if (shown === process.stdout) stdout += chunk;
    if (!quiet) shown.write(chunk);
  };
  child.stdout.setEncoding('utf8').on('data', collect(process.stdout));
  child.stderr.setEncoding('utf8').on('data', collect(process.stderr));
  child.on('error', (error) => reject(missing(command, error)));
  child.on('close', (code, signal) => {
    if (code === 0 || (code !== null && !check)) return done({ code, output, stdout });
    const how = signal ? `was ended by ${signal}` : `failed with exit code ${code}`;
    reject(new Failure(`${[command, ...args].join(' ')} ${how}${quiet ? `:\n${output}` : ''}`));
  });
  return promise;
}

function deferred() {
  const parts = {};
  parts.promise = new Promise((done, reject) => {
    parts.resolve = done;
    parts.reject = reject;
  });
  return parts;
}

function missing(command, error) {
  if (error.code !== 'ENOENT') return error;
  return new Failure(`${command} is not installed (not found on PATH)`);
}

/** The output of a short command, or undefined when it is missing or fails. */
export async function ask(command, ...args) {
  try {
    return (await run(command, args, { quiet: true })).stdout.trim();
  } catch {
    return undefined;
  }
}

export function say(line) {
  console.log(line);
}

/** Runs one step of a tool and prints one line for it: name, time, and what `work` returns. */
export async function timed(name, work) {
  const start = performance.now();
  const note = await work();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  say(`${name.padEnd(28)} ${seconds.padStart(5)} s${note ? `  ${note}` : ''}`);
}

/**
 * Runs `work(options, positionals)` if the module at `url` is what was started.
 * `options` is that of `parseArgs`; `usage` is what `--help` prints.
 */
export async function cli(url, usage, options, work) {
  const started = process.argv[1];
  if (!started || realpathSync(started) !== fileURLToPath(url)) return;
  try {
    const { values, positionals } = readOptions(options, usage);
    if (values.help) return say(usage);
    await work(values, positionals);
  } catch (error) {
    console.error(error instanceof Failure ? `error: ${error.message}` : error);
    process.exitCode = 1;
  }
}

function readOptions(options, usage) {
  try {
    const all = { help: { type: 'boolean', short: 'h' }, ...options };
    return parseArgs({ options: all, allowPositionals: true });
  } catch (error) {
    throw new Failure(`${error.message}\n\n${usage}`);
  }
}
