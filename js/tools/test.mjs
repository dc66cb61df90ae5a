// Runs the test suites, and ends with one line that counts them all.
import { build } from './build.mjs';
import { cli, Failure, say } from './command.mjs';
import { add, failedOne, none, orFailed } from './count.mjs';
import { setup } from './setup.mjs';
import { suites } from './suites.mjs';

const isExtra = (name) => suites[name].isExtra === true;
const extra = Object.keys(suites).filter(isExtra);
const usual = Object.keys(suites).filter((name) => !isExtra(name));

const usage = `usage: npm test [-- SUITE…]

Installs what is missing, builds, and runs the suites named, or all: ${usual.join(', ')}.
Only when named: ${extra.join(', ')}.
The last line is the sum over all suites: N passed, N failed.`;

async function test(names) {
  const unknown = names.filter((name) => !(name in suites));
  if (unknown.length > 0) throw new Failure(`no such suite: ${unknown.join(', ')}\n\n${usage}`);
  const named = names.length === 0 ? usual : names;
  const chosen = Object.entries(suites).filter(([name]) => named.includes(name));
  const needs = new Set(chosen.flatMap(([, suite]) => suite.needs ?? []));
  const parts = [
    [
      'setup',
      () => prepare(() => setup({ browser: needs.has('browser'), engines: needs.has('engines') })),
    ],
  ];
  if (needs.has('build')) parts.push(['build', () => prepare(build)]);
  for (const [name, { work }] of chosen) parts.push([name, () => checked(work)]);

  const results = [];
  for (const [name, work] of parts) results.push({ name, ...(await attempt(name, work)) });
  report(results);
}

/** A suite that ran must have run something. */
async function checked(work) {
  const count = await work();
  return count ? orFailed(count, 0) : none;
}

async function prepare(work) {
  await work();
  return none;
}

/** A part that throws counts as one failed test, and the others run all the same. */
async function attempt(name, work) {
  say(`\n=== ${name} ===`);
  try {
    return await work();
  } catch (error) {
    console.error(error instanceof Failure ? `error: ${error.message}` : error);
    return failedOne(error.message);
  }
}

function report(results) {
  say('\n=== result ===');
  for (const { name, passed, failed, skipped } of results) {
    const notes = [`${passed} passed`, `${failed} failed`];
    if (skipped > 0) notes.push(`${skipped} skipped`);
    if (passed + failed + skipped > 0) say(`${name.padEnd(15)} ${notes.join(', ')}`);
  }
  for (const { name, failures } of results) {
    for (const failure of failures) say(`failed: ${name}: ${failure}`);
  }
  const { passed, failed } = add(...results);
  say(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

await cli(import.meta.url, usage, {}, (_options, names) => test(names));
