// Installs what the other tools need. Runs before any npm package is there, so it imports none.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { wasmTarget, withoutRustFlags } from './cargo.mjs';
import { ask, cli, Failure, inRoot, run, say, toolFolder } from './command.mjs';

const usage = `usage: npm run setup [-- --browser --engines]

Installs what is missing, and nothing else: npm packages, Rust's WebAssembly target, wasm-bindgen.
  --browser   also Chromium and chromedriver (Debian packages; may ask for sudo)
  --engines   also Firefox ESR and WebKitGTK, where they can be had

CHROMIUM, CHROMEDRIVER, FIREFOX and WEBKIT_DRIVER name other executables than Debian's.`;

/** The browser of the tests, and the driver that wasm-bindgen's test runner steers it by. */
export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';
export const chromedriver = process.env.CHROMEDRIVER ?? '/usr/bin/chromedriver';

/** Browsers of other makes, in which some of the tests run too: what each needs, and Debian's packages that have it. */
export const engines = {
  firefox: {
    programs: [process.env.FIREFOX ?? '/usr/bin/firefox-esr'],
    packages: ['firefox-esr'],
  },
  webkit: {
    programs: [process.env.WEBKIT_DRIVER ?? '/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'],
    packages: ['webkit2gtk-driver', 'xvfb', 'xauth'],
  },
};

export const isThere = ({ programs }) => programs.every((program) => existsSync(program));

/** Idempotent, and done in a moment when everything is there. */
export async function setup({ browser = false, engines = false } = {}) {
  requireNode();
  await installPackages();
  await installRustParts();
  await installWasmBindgen();
  if (browser) await installBrowser();
  if (engines) await installEngines();
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) {
    throw new Failure(`Node ${process.versions.node} is too old: install Node 20 or later`);
  }
}

async function installPackages() {
  const lock = readFileSync(inRoot('package-lock.json'));
  const hash = createHash('sha256').update(lock).digest('hex');
  const stamp = inRoot('node_modules', '.ferrum-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  if (!holdsPackages(JSON.parse(lock))) {
    say('setup: installing the npm packages of package-lock.json');
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  writeFileSync(stamp, hash);
}

/** Whether node_modules, filled by `npm install` or an older lock, is what the lock wants. */
function holdsPackages(lock) {
  const record = inRoot('node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(lock.packages).every(([path, { version, optional }]) => {
    if (path === '' || (optional && !installed[path])) return true;
    return installed[path]?.version === version;
  });
}

async function installRustParts() {
  if (!(await ask('cargo', '--version'))) {
    throw new Failure('cargo is missing: install Rust with rustup, see https://rustup.rs');
  }
  const library = await ask('rustc', '--print', 'target-libdir', '--target', wasmTarget);
  const sysroot = await ask('rustc', '--print', 'sysroot');
  if (!library || !existsSync(library)) await rustup('target', 'add', wasmTarget);
  for (const [component, program] of [
    ['rustfmt', 'cargo-fmt'],
    ['clippy', 'cargo-clippy'],
  ]) {
    const there = existsSync(join(sysroot ?? '', 'bin', program)) || (await ask(program, '-V'));
    if (!there) await rustup('component', 'add', component);
  }
}

async function rustup(...args) {
  if (!(await ask('rustup', '--version'))) {
    throw new Failure(`rustup is missing, and Rust lacks ${args[2]}: see https://rustup.rs`);
  }
  say(`setup: rustup ${args.join(' ')}`);
  await run('rustup', args);
}

/** The command line tool and the crate must be of the very same version. */
async function installWasmBindgen() {
  const lock = inRoot('Cargo.lock');
  const version =
    existsSync(lock) && /name = "wasm-bindgen"\nversion = "(.+)"/.exec(readFileSync(lock, 'utf8'));
  if (!version)
    throw new Failure('Cargo.lock does not name wasm-bindgen: run cargo generate-lockfile');
  if (await isWasmBindgen(version[1])) return;
  // One of an earlier version hides that of the machine, which may be the right one.
  rmSync(toolFolder, { recursive: true, force: true });
  if (await isWasmBindgen(version[1])) return;
  say(`setup: building wasm-bindgen-cli ${version[1]} into .tools/ (once, takes minutes)`);
  const which = ['wasm-bindgen-cli', '--version', `=${version[1]}`, '--debug'];
  // Flags and folders meant for this project's own build are not meant for this one.
  const env = { ...withoutRustFlags, CARGO_BUILD_TARGET: undefined, CARGO_PROFILE_DEV_DEBUG: '0' };
  await run('cargo', ['install', ...which, '--root', toolFolder], { env });
}

async function isWasmBindgen(version) {
  const [tool, runner] = await Promise.all([
    ask('wasm-bindgen', '--version'),
    ask('wasm-bindgen-test-runner', '--version'),
  ]);
  return [tool, runner].every((answer) => answer?.endsWith(` ${version}`));
}

async function installBrowser() {
  if (existsSync(chromium) && existsSync(chromedriver)) return;
  const fix = `install chromium and chromedriver, and name them in CHROMIUM and CHROMEDRIVER`;
  if (!(await ask('apt-get', '--version'))) {
    throw new Failure(`${chromium} or ${chromedriver} is missing, and there is no apt-get: ${fix}`);
  }
  say('setup: installing chromium and chromium-driver with apt-get');
  await aptGet(fix, 'update');
  await aptGet(fix, 'install', '-y', '--no-install-recommends', 'chromium', 'chromium-driver');
  if (!existsSync(chromium) || !existsSync(chromedriver)) {
    throw new Failure(`apt-get did not bring ${chromium} and ${chromedriver}: ${fix}`);
  }
}

/** Not every system has them: what needs them says so. */
async function installEngines() {
  const missing = Object.values(engines).filter((engine) => !isThere(engine));
  if (!missing[0] || !(await ask('apt-get', '--version'))) return;
  const packages = missing.flatMap(({ packages }) => packages);
  say(`setup: installing ${packages.join(', ')} with apt-get`);
  try {
    await aptGet('do without', 'update');
    await aptGet('do without', 'install', '-y', '--no-install-recommends', ...packages);
  } catch (error) {
    say(`setup: ${error.message}`);
  }
}

async function aptGet(fix, ...args) {
  const isRoot = process.getuid?.() === 0;
  const silent = process.env.CI || !process.stdin.isTTY ? ['-n'] : [];
  const command = isRoot ? ['apt-get'] : ['sudo', ...silent, 'apt-get'];
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  try {
    await run(command[0], [...command.slice(1), ...args], { env });
  } catch (error) {
    throw new Failure(`${error.message}\nRun it as root, or ${fix}`);
  }
}

const options = { browser: { type: 'boolean' }, engines: { type: 'boolean' } };

await cli(import.meta.url, usage, options, async (chosen) => {
  await setup(chosen);
  say('setup: everything is there');
});
