// What would be published: everything that package.json names, and nothing that users should not get.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { machinePaths } from './cargo.mjs';
import { inRoot, run, say } from './command.mjs';
import { add, failedOne, passedOne } from './count.mjs';

/** Each check returns what is wrong, one line each. */
const checks = {
  'what package.json names is in the package': namedFiles,
  'nothing else is in the package': forbiddenFiles,
  'declarations import only what is in the package': declarationImports,
  'no file contains a path of this machine': leakedPaths,
  'no runtime dependencies': dependencies,
  'the entries load outside a browser': loading,
};

export async function checkPackage() {
  const manifest = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
  const files = await packedFiles();
  const results = [];
  for (const [name, check] of Object.entries(checks)) {
    const complaints = await check(manifest, files);
    say(`${complaints.length === 0 ? 'ok' : 'FAILED'}: ${name}`);
    for (const complaint of complaints) say(`  ${complaint}`);
    results.push(complaints.length === 0 ? passedOne : failedOne(name));
  }
  return add(...results);
}

async function packedFiles() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const { stdout } = await run('npm', args, { quiet: true });
  const report = JSON.parse(stdout);
  const [{ files }] = Array.isArray(report) ? report : Object.values(report);
  return files.map(({ path }) => path);
}

function targets(value) {
  if (typeof value === 'string') return [value];
  return Object.values(value ?? {}).flatMap(targets);
}

function namedFiles({ exports, bin, types }, files) {
  const named = [exports, bin, types].flatMap(targets).map((path) => posix.normalize(path));
  const expected = [...named, 'README.md', 'LICENSE'];
  return expected.filter((path) => !files.includes(path)).map((path) => `missing: ${path}`);
}

function forbiddenFiles(_manifest, files) {
  const allowed = [
    /^(LICENSE|README\.md|package\.json)$/,
    /^dist\/esm\/.*\.(js|d\.ts)$/,
    /^dist\/cdn\/[\w-]+\.(js|wasm)$/,
    /^dist\/node\/.*\.js$/,
    /^dist\/intake\/live\/[\w-]+\.(html|css|js)$/,
    /^dist\/schema\/[\w.-]+\.json$/,
  ];
  return files.filter((path) => !allowed.some((pattern) => pattern.test(path)));
}

function declarationImports(_manifest, files) {
  return files
    .filter((path) => path.endsWith('.d.ts'))
    .flatMap((path) => importsOf(path).map((name) => ({ path, name })))
    .filter(({ path, name }) => !isDeclared(path, name, files))
    .map(({ path, name }) => `${path} imports ${name}`);
}

function importsOf(path) {
  const text = readFileSync(inRoot(path), 'utf8');
  return [...text.matchAll(/(?:from |import\()['"]([^'"]+)['"]/g)].map(([, name]) => name);
}

function isDeclared(path, name, files) {
  if (!/^\.\.?\/.*\.js$/.test(name)) return false;
  return files.includes(posix.join(dirname(path), name.replace(/\.js$/, '.d.ts')));
}

async function leakedPaths(_manifest, files) {
  const paths = (await machinePaths()).map(([path]) => `${path}/`);
  return files.filter((file) => {
    const bytes = readFileSync(inRoot(file));
    return paths.some((path) => bytes.includes(path));
  });
}

function dependencies({ dependencies: named = {} }) {
  return Object.keys(named);
}

/** Server rendering imports the entries too: they must neither throw nor leave a global behind. */
async function loading({ exports }) {
  const entries = targets(exports).filter((path) => path.endsWith('.js'));
  const complaints = [];
  for (const entry of entries) complaints.push(...(await loadAlone(join('.', entry))));
  return complaints;
}

async function loadAlone(entry) {
  if (!existsSync(inRoot(entry))) return [`${entry} does not exist`];
  const source = `
    const before = new Set(Reflect.ownKeys(globalThis));
    await import(${JSON.stringify(pathToFileURL(inRoot(entry)).href)});
    const left = Reflect.ownKeys(globalThis).filter((key) => !before.has(key));
    if (left.length > 0) throw new Error('leaves globals: ' + left.map(String).join());`;
  const args = ['--input-type=module', '--eval', source];
  const { code, output } = await run('node', args, { quiet: true, check: false, timeout: 60_000 });
  return code === 0 ? [] : [`${entry}: ${/Error: .*/.exec(output)?.[0] ?? output}`];
}
