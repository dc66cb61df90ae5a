import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

/** A file of the live page. */
export interface Asset {
  type: string;
  content: Buffer;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/**
 * Reads the plain files of a folder, by the paths that serve them. Nothing else can be served later: a request only
 * looks up this map.
 */
export function readAssets(folder: string | undefined): ReadonlyMap<string, Asset> {
  const assets = new Map<string, Asset>();
  if (folder === undefined) return assets;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || !type) continue;
    assets.set(`/${entry.name}`, { type, content: readFileSync(join(folder, entry.name)) });
  }
  const index = assets.get('/index.html');
  if (!index) throw new Error(`${folder} has no index.html: it is made by npm run build`);
  return assets.set('/', index);
}
