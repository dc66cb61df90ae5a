/** Serves the demo shop: its pages, its API, its pictures, and Ferrum itself from a build folder. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { about, products } from './catalogue.mjs';
import { hero, illustration } from './images.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

const contentTypes = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

const assets = new Set(['/demo.css', '/demo.js', '/rum.js', '/trials.js']);

/** A path of plain names, so that nothing can climb out of the folder. */
const ferrumFile = /^\/ferrum\/((?:[\w-]+\/)*[\w-]+(?:\.[\w-]+)+)$/;

/**
 * @param {object} options
 * @param {string} options.intakeUrl where the local intake listens
 * @param {string} options.distFolder the build; its `cdn` folder is served as `/ferrum/`
 * @param {number} [options.port] 0 takes a free one
 * @param {string} [options.proxyUrl] the SDK's `proxy` option
 * @param {string} [options.livePageUrl] where the visitor sees what was measured
 * @param {number} [options.heroDelay] milliseconds before the hero image is sent
 */
export async function startDemo({
  intakeUrl,
  distFolder,
  port = 0,
  proxyUrl = new URL('/proxy', intakeUrl).href,
  livePageUrl = intakeUrl,
  heroDelay = 300,
}) {
  const page = await renderPage({ proxyUrl, livePageUrl });
  const server = createServer(async (request, response) => {
    const answer = await route(request).catch(() => problem(500, 'The demo server stumbled.'));
    response.writeHead(answer.status ?? 200, {
      'content-type': contentTypes[answer.type],
      'cache-control': 'no-cache',
      'timing-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      ...answer.headers,
    });
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  });

  async function route({ method = 'GET', url = '/' }) {
    if (method !== 'GET' && method !== 'HEAD') return problem(405, 'Read only.');
    const path = url.replace(/[?#].*/s, '');
    if (path.startsWith('/api/')) return api(path);
    if (path.startsWith('/images/')) return image(path, heroDelay);
    if (path.startsWith('/ferrum/'))
      return file(join(distFolder, 'cdn'), ferrumFile.exec(path)?.[1]);
    if (assets.has(path)) return file(here, path.slice(1));
    return path.includes('.') ? problem(404, 'No such file.') : page;
  }

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const bound = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve(undefined));
        server.closeAllConnections();
      }),
  };
}

/** index.html with the configuration filled in, and a policy that allows its inline script by hash. */
async function renderPage({ proxyUrl, livePageUrl }) {
  const config = JSON.stringify({ proxyUrl, livePageUrl }).replaceAll('<', '\\u003c');
  const template = await readFile(join(here, 'index.html'), 'utf8');
  const body = template.replace('"DEMO_CONFIG"', () => config);
  const hashes = [...body.matchAll(/<script>(.*?)<\/script>/gs)].map(
    ([, source = '']) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`,
  );
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'wasm-unsafe-eval' ${hashes.join(' ')}`,
    `connect-src 'self' ${new URL(proxyUrl).origin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return { type: '.html', body, headers: { 'content-security-policy': policy.join('; ') } };
}

async function api(path) {
  await delay(80);
  if (path === '/api/products') return json(products);
  if (path === '/api/about') return json(about);
  if (path === '/api/flaky') return problem(500, 'The warehouse does not answer.');
  if (path === '/api/slow') return delay(1500, json({ text: 'Thank you for waiting.' }));
  const product = products.find(({ id }) => path === `/api/products/${id}`);
  return product ? json(product) : problem(404, 'No such thing.');
}

async function image(path, heroDelay) {
  const [, subject = '', name = ''] = /^\/images\/(hero|product)-([\w-]+)\.svg$/.exec(path) ?? [];
  const body = subject === 'hero' ? hero(name) : illustration(name);
  if (subject === 'hero') await delay(heroDelay);
  return body ? { type: '.svg', body } : problem(404, 'No such picture.');
}

async function file(folder, name) {
  const type = extname(name ?? '');
  if (!name || !(type in contentTypes)) return problem(404, 'No such file.');
  return readFile(join(folder, name)).then(
    (body) => ({ type, body }),
    () => problem(404, 'No such file.'),
  );
}

const json = (value, status = 200) => ({ status, type: '.json', body: JSON.stringify(value) });
const problem = (status, title) => json({ title }, status);
