/** The pages of the journeys, and what they request. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Answer, root, type Site, startSite } from '../browser/site.ts';
import type { Journey } from './journey.ts';

export type Sdk = 'official' | 'ours';

const html = 'text/html; charset=utf-8';
const script = 'text/javascript; charset=utf-8';

let official: Promise<string> | undefined;

/** The npm package, as an application would bundle it. It sets `window.DD_RUM` too. */
async function bundleOfficial(): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: "import '@datadog/browser-rum'", resolveDir: root },
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    write: false,
    logLevel: 'error',
  });
  return outputFiles.map(({ text }) => text).join('');
}

const packages = { official: '@datadog/browser-rum', ours: 'ferrum-rum/datadog' };

const bundles = new Map<Sdk, Promise<Map<string, string>>>();

/** The files of an application that imports the npm package, by their paths. The chunks are loaded when they are needed. */
async function bundleApplication(sdk: Sdk): Promise<Map<string, string>> {
  const { outputFiles } = await build({
    stdin: { contents: `export { datadogRum } from '${packages[sdk]}'`, resolveDir: root },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    outdir: '/app',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

function applicationOf(sdk: Sdk): Promise<Map<string, string>> {
  const files = bundles.get(sdk) ?? bundleApplication(sdk);
  bundles.set(sdk, files);
  return files;
}

async function sdkSource(sdk: Sdk): Promise<string> {
  if (sdk === 'ours') return readFile(join(root, 'dist/cdn/datadog-rum.js'), 'utf8');
  official ??= bundleOfficial();
  return official;
}

/** A site for one journey with one SDK. */
export async function startJourneySite(
  sdk: Sdk,
  journey: Journey,
  intakeUrl: string,
): Promise<Site> {
  const site = await startSite(intakeUrl);
  if (journey.host) Object.assign(site, { url: site.url.replace('127.0.0.1', journey.host) });
  const source = await sdkSource(sdk);
  const page: Answer = {
    type: html,
    // Not `no-store`, which keeps pages out of the back/forward cache.
    headers: { 'cache-control': 'no-cache', ...journey.headers },
    body: pageOf(journey, site),
  };
  // All documents are the same one.
  for (const path of ['/', '/second', '/framed']) site.answer(path, page);
  site.answer('/cdn/datadog-rum.js', { type: script, body: source });
  if (journey.script === 'npm')
    for (const [path, body] of await applicationOf(sdk)) site.answer(path, { type: script, body });
  site.answer('/left', {
    type: html,
    body: '<!doctype html><title>Left</title><link rel="icon" href="data:,">',
  });
  for (const [path, answer] of Object.entries(answers)) site.answer(path, answer);
  await journey.site?.(site);
  return site;
}

type Answering = Parameters<Site['answer']>[1];

const json = 'application/json';

const answers: Record<string, Answering> = {
  '/style.css': { type: 'text/css', body: 'h1 { color: teal }' },
  '/script.js': { type: script, body: 'window.isScriptLoaded = true' },
  '/missing': { status: 404, type: 'text/plain', body: 'nothing here' },
  '/broken': { status: 500, type: 'text/plain', body: 'broken' },
  '/empty': { status: 204 },
  '/echo': async ({ method }) => ({ type: json, body: JSON.stringify({ method }) }),
  '/api': async (request) => ({
    type: json,
    headers: {
      'access-control-allow-origin': request.headers.origin ?? '*',
      'access-control-allow-credentials': 'true',
      'access-control-allow-methods': '*, PUT',
      'access-control-allow-headers':
        request.headers['access-control-request-headers'] ?? 'content-type',
      'timing-allow-origin': '*',
    },
    body: '{"ok":true}',
  }),
};

/** The layout never moves, whatever a journey writes: shifts come only where they are wanted. */
function pageOf(journey: Journey, site: Site) {
  const { options, code, first, early, script, head = '', body = '' } = journey;
  const all = { ...site.options, ...defaults, ...options };
  const more = code ? `(${code})()` : '{}';
  const init = `__begin();
${early ? `(${early})();` : ''}
DD_RUM.init(Object.assign(${JSON.stringify(all)}, ${more}));
__end();`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Shop</title>
<link rel="icon" href="data:,">
<style>
body { margin: 8px; font: 16px/24px monospace }
h1 { height: 40px; margin: 0 }
button, .box { display: block; width: 300px; height: 32px; overflow: hidden }
output { display: block; position: absolute; top: 0; right: 0; width: 300px; height: 40px; overflow: hidden }
</style>
<script>window.__name = (target) => target; window.OPTIONS = ${JSON.stringify(all)};
${first ? `(${first})();` : ''}</script>
${scripts[script ?? 'classic'].replace('INIT', () => init)}
${head}
</head>
<body>
<h1>Shop</h1>
<output id="out">0</output>
<button type="button" id="plain" onclick="out.textContent++">Add to cart</button>
${body}
</body>
</html>`;
}

const scripts = {
  classic: '<script src="/cdn/datadog-rum.js"></script>\n<script>INIT</script>',
  // The snippet of the documentation.
  async: `<script>
(function (h, o, u, n, d) {
  h = h[d] = h[d] || { q: [], onReady: function (c) { h.q.push(c) } };
  d = o.createElement(u); d.async = 1; d.src = n;
  n = o.getElementsByTagName(u)[0]; n.parentNode.insertBefore(d, n);
})(window, document, 'script', '/cdn/datadog-rum.js', 'DD_RUM');
window.DD_RUM.onReady(function () { INIT });
</script>`,
  npm: `<script type="module">
import { datadogRum } from '/app/stdin.js';
window.DD_RUM = datadogRum;
INIT
</script>`,
  none: '<script src="/cdn/datadog-rum.js"></script>',
};

/** What would be left to chance is off, unless a journey is about it. */
const defaults = {
  service: 'shop',
  telemetrySampleRate: 0,
  trackLongTasks: false,
};
