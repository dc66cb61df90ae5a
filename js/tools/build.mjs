// Fills dist/. Every step is tried, so that one part that does not compile hides no other's failure.
import { existsSync, readFileSync } from 'node:fs';
import { cli, Failure, inRoot, say, timed } from './command.mjs';
import { buildEngine, engineWasm } from './engine.mjs';
import { checkNames } from './internal-names.mjs';
import { setup } from './setup.mjs';
import { writeFile } from './step.mjs';
import { buildTypes } from './types.mjs';

const usage = `usage: npm run build

Fills dist/: esm/ (npm), cdn/ (script tags), node/ and intake/ (the local intake), schema/.
Steps whose sources have not changed are skipped.`;

const schema = 'dist/schema/rum-events.schema.json';
const livePage = ['index.html', 'live.css'];

export async function build() {
  // Needs npm packages, which `setup` may just have installed.
  const { buildBundle, bundles } = await import('./bundle.mjs');
  const failures = [];
  const attempt = async (work) => {
    try {
      await work();
    } catch (error) {
      failures.push(error instanceof Failure ? error.message : error.stack);
    }
  };
  await attempt(buildEngine);
  await attempt(checkNames);
  for (const bundle of bundles) await attempt(() => buildBundle(bundle));
  await attempt(copyWasm);
  await attempt(copyLivePage);
  await attempt(buildTypes);
  await attempt(buildSchema);
  if (failures.length > 0) throw new Failure(`the build is not complete\n${failures.join('\n')}`);
}

/** Beside the chunk that fetches it. */
function copyWasm() {
  copy(engineWasm, 'dist/cdn/ferrum.wasm');
}

function copyLivePage() {
  for (const name of livePage) copy(`js/intake/live/${name}`, `dist/intake/live/${name}`);
}

function copy(from, to) {
  if (!existsSync(inRoot(from))) throw new Failure(`${from} does not exist`);
  writeFile(inRoot(to), readFileSync(inRoot(from)));
}

async function buildSchema() {
  const { generateSchema } = await import('./schema.mjs');
  await timed(schema, () => generateSchema(inRoot(schema)));
}

await cli(import.meta.url, usage, {}, async () => {
  await setup();
  await build();
  say('build: dist/ is complete');
});
