/** An application that has Ferrum from npm, bundled as users do: code splitting, minified. */

import { basename } from 'node:path';
import { build } from 'esbuild';

let bundled: Promise<Map<string, string>> | undefined;

/** Its files by name; `main.js` is the entry. Bundled once for all tests. */
export function bundleApplication(root: string): Promise<Map<string, string>> {
  bundled ??= bundle(root);
  return bundled;
}

async function bundle(root: string): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    stdin: { contents: "export { ferrum } from 'ferrum-rum'", resolveDir: root },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    outdir: 'application',
    entryNames: 'main',
    write: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
}
