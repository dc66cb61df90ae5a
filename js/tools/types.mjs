// The declarations of the npm entries, beside their bundles.
import { readFileSync, rmSync } from 'node:fs';
import { inRoot, run } from './command.mjs';
import { filesIn, step, writeFile } from './step.mjs';

const project = 'js/tools/tsconfig.types.json';

export async function buildTypes() {
  await step({
    name: 'types',
    inputs: [...sources(), project, 'tsconfig.json', 'package-lock.json', 'js/tools/types.mjs'],
    outputs: ['dist/esm/index.d.ts'],
    work: async () => {
      for (const path of declarations()) rmSync(inRoot(path));
      await run('tsc', ['--project', project]);
      const files = declarations();
      for (const path of files) renameImports(inRoot(path));
      return `${files.length} files`;
    },
  });
}

function sources() {
  return filesIn('js').filter((path) => path.endsWith('.ts'));
}

function declarations() {
  return filesIn('dist/esm').filter((path) => path.endsWith('.d.ts'));
}

/** The declarations name their sources' siblings by `.ts`, which only some settings of users allow. */
function renameImports(path) {
  const text = readFileSync(path, 'utf8');
  writeFile(path, text.replaceAll(/(from |import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'));
}
