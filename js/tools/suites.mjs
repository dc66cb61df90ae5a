// The test suites of `npm test`: each returns how many of its tests passed.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import * as cargo from './cargo.mjs';
import { Failure, inRoot, run, say } from './command.mjs';
import * as counts from './count.mjs';
import { checkPackage } from './package.mjs';
import { chromedriver, chromium, engines, isThere } from './setup.mjs';
import { isOver, measure, row } from './size.mjs';
import { filesIn } from './step.mjs';

const minutes = 60_000;
const reports = 'test-results';

/**
 * In the order in which they run. `needs`: what must be there before. `isExtra`: only when named. One that cannot be
 * run on this machine says so, and returns nothing.
 */
export const suites = {
  lint: { work: lint },
  rust: { work: rust },
  wasm: { work: wasm, needs: ['browser'] },
  js: { work: js, needs: ['build'] },
  browser: { work: () => browser(), needs: ['build', 'browser'] },
  'browser-firefox': { work: () => inEngine('firefox'), needs: ['build', 'engines'] },
  'browser-webkit': { work: () => inEngine('webkit'), needs: ['build', 'engines'] },
  'parity-short': { work: () => parity({ PARITY: 'short' }), needs: ['build', 'browser'] },
  size: { work: size, needs: ['build'] },
  package: { work: checkPackage, needs: ['build'] },
  parity: { work: () => parity(), needs: ['build', 'browser'], isExtra: true },
  'parity-self': {
    work: () => parity({ PARITY: 'self' }),
    needs: ['build', 'browser'],
    isExtra: true,
  },
};

async function lint() {
  const commands = [
    ...cargo.checks.map(({ name, args }) => ({ name, command: 'cargo', args })),
    { name: 'biome', command: 'biome', args: ['ci', '--colors=off'] },
    { name: 'tsc', command: 'tsc', args: ['--noEmit'] },
  ];
  const results = [];
  for (const command of commands) results.push(await check(command));
  return counts.add(...results);
}

/** A command that is one test by itself. */
async function check({ name, command, args, env }) {
  const { code } = await run(command, args, {
    check: false,
    env: { ...cargo.withoutRustFlags, ...env },
    timeout: 10 * minutes,
  });
  say(`${code === 0 ? 'ok' : 'FAILED'}: ${name}`);
  return code === 0 ? counts.passedOne : counts.failedOne(name);
}

async function rust() {
  const { code, output } = await run('cargo', cargo.nativeTests, {
    check: false,
    timeout: 20 * minutes,
  });
  const env = { RUSTDOCFLAGS: '-D warnings' };
  const docs = await check({ name: 'cargo doc', command: 'cargo', args: cargo.documentation, env });
  return counts.add(counts.orFailed(counts.countCargo(output), code), docs);
}

async function wasm() {
  const { code, output } = await run('cargo', cargo.wasmTests, {
    check: false,
    // The runner's own limit, 20 s for all tests, is short for a busy machine.
    env: {
      ...cargo.withoutRustFlags,
      CHROMEDRIVER: chromedriver,
      WASM_BINDGEN_TEST_TIMEOUT: '120',
    },
    timeout: 10 * minutes,
  });
  return counts.orFailed(counts.countCargo(output), code);
}

function js() {
  return nodeTests('js');
}

/** The same journeys with the official SDK: all, or some of each kind; or, to see what chance does, the official SDK twice. */
function parity(env = {}) {
  return nodeTests('parity', { CHROMIUM: chromium, ...env });
}

async function nodeTests(name, env = {}) {
  const files = filesIn(`tests/${name}`).filter((path) => path.endsWith('.test.ts'));
  if (files.length === 0) throw new Failure(`tests/${name} holds no *.test.ts`);
  const report = emptyReport(`${name}.tap`);
  const reporters = [
    ...['--test-reporter=spec', '--test-reporter-destination=stdout'],
    ...['--test-reporter=tap', `--test-reporter-destination=${report}`],
  ];
  const { code } = await run('node', ['--import', 'tsx', '--test', ...reporters, ...files], {
    check: false,
    env,
    timeout: 40 * minutes,
  });
  return counts.orFailed(counts.countTap(readFileSync(inRoot(report), 'utf8')), code);
}

/** The tests that are for browsers of any make. */
async function inEngine(name) {
  const engine = engines[name];
  if (isThere(engine)) return browser(['engines/'], { ENGINE: name });
  say(`skipped: this machine lacks ${engine.programs.join(' or ')}`);
}

async function browser(which = [], env = {}) {
  const report = emptyReport('browser.json');
  const config = 'tests/browser/playwright.config.ts';
  const reporters = '--reporter=list,json,tests/browser/vitals/table.ts';
  const args = ['test', '--config', config, reporters, ...which];
  const { code } = await run('playwright', args, {
    check: false,
    env: { CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_FILE: inRoot(report), ...env },
    timeout: 20 * minutes,
  });
  if (!existsSync(inRoot(report))) throw new Failure('playwright ended without a report');
  const count = counts.countPlaywright(JSON.parse(readFileSync(inRoot(report), 'utf8')));
  return counts.orFailed(count, code);
}

/** Playwright empties `test-results/` when it starts, so what is older is no report of this run. */
function emptyReport(name) {
  mkdirSync(inRoot(reports), { recursive: true });
  rmSync(inRoot(reports, name), { force: true });
  return `${reports}/${name}`;
}

function size() {
  const entries = measure();
  for (const entry of entries) say(row(entry));
  const failures = entries.filter(isOver).map(row);
  const failed = failures.length;
  return { ...counts.none, passed: entries.length - failed, failed, failures };
}
