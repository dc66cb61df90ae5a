// A step of the build that is skipped while what it reads has not changed since it last ran.
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { inRoot, timed } from './command.mjs';

const stampFolder = inRoot('target', 'ferrum-build');

/**
 * Runs `work` unless `inputs` (files and folders), `version` and `outputs` are as it left them.
 * `work` returns a note for the step's line.
 */
export async function step({ name, inputs, version = '', outputs, work }) {
  await timed(name, async () => {
    const stamp = join(stampFolder, name.replaceAll(/\W+/g, '-'));
    const hash = hashOf(inputs, version);
    const isCurrent = existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;
    if (isCurrent && outputs.every((path) => existsSync(inRoot(path)))) return 'unchanged';
    const note = await work();
    writeFile(stamp, hash);
    return note;
  });
}

function hashOf(inputs, version) {
  const hash = createHash('sha256').update(version);
  for (const path of inputs.flatMap(filesIn)) {
    hash.update(`\0${path}\0`).update(readFileSync(inRoot(path)));
  }
  return hash.digest('hex');
}

/** The files at or under a path, in a stable order; none if it does not exist. */
export function filesIn(path) {
  const full = inRoot(path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [path];
  return readdirSync(full)
    .sort()
    .flatMap((name) => filesIn(`${path}/${name}`));
}

/** In one go, as a page or a test may be reading the file; and not at all if it is the same. */
export function writeFile(path, content) {
  const bytes = Buffer.from(content);
  if (existsSync(path) && readFileSync(path).equals(bytes)) return;
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, bytes);
  renameSync(draft, path);
}
