// Ferrum beside Datadog's SDKs, on the same page, in one run.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { pathToFileURL } from 'node:url';
import { columns } from '../bench/columns.mjs';
import { toRows } from '../bench/rows.mjs';
import { markdownTable, replaceTable, textTable } from '../bench/table.mjs';
import { cli, Failure, inRoot, say } from './command.mjs';
import { chromium } from './setup.mjs';

const usage = `usage: npm run bench [-- OPTIONS]

Measures what dist/ holds (npm run build) beside @datadog/browser-rum and -slim: about a quarter of an hour.
Values are medians, and ± half of the interquartile range. Times are CPU time of the main thread, without that of
the page itself, which the column \`none\` shows. Leave the machine alone meanwhile.
  --runs N          visits of each (default: 7)
  --quick           one run: what breaks, not what counts
  --columns A,B     only these, e.g. ferrum,slim; \`none\` is always measured
  --json            { "rows": [{ "name", "unit", "none", "ferrum", …, "ratio_to_slim", "spread" }] }
  --markdown        a Markdown table
  --write           the Markdown table, into README.md
  --profile COLUMN  instead: which functions take the time, in each part of a visit`;

const options = {
  runs: { type: 'string' },
  quick: { type: 'boolean' },
  columns: { type: 'string' },
  json: { type: 'boolean' },
  markdown: { type: 'boolean' },
  write: { type: 'boolean' },
  profile: { type: 'string' },
};

async function bench(values) {
  for (const file of ['dist/cdn/ferrum.js', 'dist/node/intake.js']) {
    if (!existsSync(inRoot(file))) throw new Failure(`${file} is missing: npm run build`);
  }
  if (!existsSync(chromium)) throw new Failure(`${chromium} is missing: name one in CHROMIUM`);
  if (values.profile) return tellProfile(values.profile);
  const result = await measure(runsOf(values), columnsOf(values));
  if (values.json) say(JSON.stringify(result, undefined, 2));
  else if (values.markdown) say(markdownTable(result.rows));
  else say(report(result));
  if (values.write) writeTable(markdownTable(result.rows));
}

async function measure(rounds, names) {
  // It needs npm packages.
  const { compare } = await import('../bench/compare.mjs');
  const machine = { load: loadavg()[0], processors: cpus().length };
  const tell = (progress) => process.stderr.write(`${progress}\n`);
  const { samplesOf, events, missing } = await withIntake((intake) =>
    compare({ chromium, intake, rounds, names, tell }),
  );
  return { rows: toRows(samplesOf), events, missing, machine };
}

async function withIntake(work) {
  const { startIntake } = await import(pathToFileURL(inRoot('dist/node/intake.js')).href);
  const intake = await startIntake();
  try {
    return await work(intake);
  } finally {
    await intake.close();
  }
}

async function tellProfile(name) {
  const [column] = columnsOf({ columns: name });
  const { profileColumn } = await import('../bench/profile.mjs');
  const costs = await withIntake((intake) => profileColumn({ chromium, intake, name: column }));
  for (const [part, functions] of Object.entries(costs)) {
    say(`\n${part}, own ms`);
    for (const { title, ms } of functions.slice(0, 15)) {
      say(`${ms.toFixed(2).padStart(8)}  ${title}`);
    }
  }
}

function report({ rows, events, missing, machine }) {
  const lines = ['', textTable(rows), '', 'events of one journey:'];
  for (const [column, counts] of Object.entries(events)) {
    const parts = Object.entries(counts).map(([type, count]) => `${count} ${type}`);
    lines.push(`  ${column.padEnd(8)} ${parts.sort().join(', ') || 'none'}`);
  }
  for (const { column, measure, reason } of missing) {
    lines.push(`NOT MEASURED: ${measure} of ${column}: ${reason}`);
  }
  if (machine.load > machine.processors / 2) {
    const { load, processors } = machine;
    lines.push(`the machine was busy: load ${load.toFixed(1)} on ${processors} processors`);
  }
  const behind = rows.filter(({ ahead }) => !ahead).map(({ name }) => name);
  lines.push(
    behind.length > 0
      ? `not clearly ahead of slim: ${behind.join('; ')}`
      : 'ahead of slim in every row',
  );
  return lines.join('\n');
}

function writeTable(table) {
  const path = inRoot('README.md');
  writeFileSync(path, replaceTable(readFileSync(path, 'utf8'), table));
}

function runsOf({ runs, quick }) {
  const count = Number(runs ?? (quick ? 1 : 7));
  if (Number.isInteger(count) && count > 0) return count;
  throw new Failure(`--runs ${runs}: give a whole number from 1`);
}

function columnsOf({ columns: given }) {
  const known = columns.map(({ name }) => name);
  const names = given?.split(',') ?? known;
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return names;
  throw new Failure(`--columns ${given}: no ${unknown.join(', ')}; there are ${known.join(', ')}`);
}

await cli(import.meta.url, usage, options, bench);
