// What a page downloads, against the budgets of package.json.
import { existsSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { cli, Failure, inRoot, say } from './command.mjs';

const usage = `usage: npm run size [-- --json]

Sizes of what dist/ holds (npm run build), in bytes; budgets, in brotli bytes, are in package.json.
Fails when an entry is over its hard limit.
  --json   { "entries": [{ "name", "files", "raw", "gzip", "brotli", "hard", "goal" }] }`;

/** Files are fetched one by one, so an entry's size is the sum of its files' compressed sizes. */
export function measure() {
  const { budgets } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  return budgets.map(({ name, files, hard, goal }) => {
    const sizes = files.map(compressed);
    const sum = (key) => sizes.reduce((total, size) => total + size[key], 0);
    return { name, files, raw: sum('raw'), gzip: sum('gzip'), brotli: sum('brotli'), hard, goal };
  });
}

export const isOver = ({ brotli, hard }) => brotli > hard;

/** The sizes of one file. */
export function compressed(file) {
  if (!existsSync(inRoot(file))) throw new Failure(`${file} is missing: npm run build`);
  const bytes = readFileSync(inRoot(file));
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return {
    raw: bytes.length,
    gzip: gzipSync(bytes, { level: 9 }).length,
    brotli: brotliCompressSync(bytes, { params }).length,
  };
}

export function row(entry) {
  const sizes = ['raw', 'gzip', 'brotli', 'goal', 'hard'].map((key) =>
    String(entry[key]).padStart(8),
  );
  return `${entry.name.padEnd(16)}${sizes.join('')}  ${verdict(entry)}`;
}

function verdict(entry) {
  if (isOver(entry)) return `OVER the hard limit by ${entry.brotli - entry.hard} B`;
  return entry.brotli > entry.goal ? 'within the limit' : 'goal reached';
}

await cli(import.meta.url, usage, { json: { type: 'boolean' } }, ({ json }) => {
  const entries = measure();
  if (json) {
    say(JSON.stringify({ entries }, undefined, 2));
  } else {
    say(`${'bytes'.padEnd(16)}     raw    gzip  brotli    goal    hard`);
    for (const entry of entries) say(row(entry));
  }
  const over = entries
    .filter(isOver)
    .map(({ name, brotli, hard }) => `${name}: ${brotli} > ${hard}`);
  if (over.length > 0) throw new Failure(`over the hard limit, brotli bytes: ${over.join(', ')}`);
});
