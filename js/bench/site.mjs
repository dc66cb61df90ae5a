// The page under measurement, its SDKs, and the way of their events to the local intake.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { inRoot } from '../tools/command.mjs';
import { initOptions } from './columns.mjs';

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

const missing = { status: 404, type: '.html', body: 'nothing here' };
const blank = { type: '.html', body: '<!doctype html><title>Blank</title>' };

/**
 * `prepare(column, run)` makes `/` the page with that SDK. What this page sends, even when it is
 * closed already, is handed on to the intake and counted in `sent.get(run)`.
 */
export async function startSite(intake) {
  const sent = new Map();
  let current;

  async function route(request) {
    const { pathname: path, search } = new URL(request.url, 'http://site');
    const [, folder, name] = path.split('/');
    if (folder === 'intake') return receive(request, name, search);
    if (folder === 'sdk') return file(join(current.column.folder, name));
    if (folder === 'api') return { type: '.json', body: JSON.stringify(products) };
    if (path === '/') return page(current);
    if (path === '/blank') return blank;
    if (path === '/picture.svg') return { type: '.svg', body: picture };
    return file(join('js/bench/page', path));
  }

  /** Of a request, the SDK chooses the address and the body, and the browser the rest. */
  async function receive(request, run, search) {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { requests, bytes } = sent.get(run) ?? { requests: 0, bytes: 0 };
    sent.set(run, { requests: requests + 1, bytes: bytes + request.url.length + body.length });
    const { status } = await fetch(`${intake.url}/proxy${search}`, { method: 'POST', body });
    return { status, type: '.json', body: '{}' };
  }

  const server = createServer(async (request, response) => {
    const { status = 200, type, body } = await route(request).catch(() => missing);
    response.writeHead(status, { 'content-type': types[type], 'cache-control': 'no-store' });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}`;
  return {
    url,
    sent,
    prepare(column, run) {
      current = { column, proxy: `${url}/intake/${run}` };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

async function file(path) {
  return { type: extname(path), body: await readFile(inRoot(path)) };
}

/** The SDK comes first, as it must to see everything, and blocking, as in an application's bundle. */
async function page({ column, proxy }) {
  const template = await readFile(inRoot('js/bench/page/index.html'), 'utf8');
  return { type: '.html', body: template.replace('<!-- sdk -->', () => sdk(column, proxy)) };
}

function sdk({ script, api }, proxy) {
  if (!script) return '<script>window.rum = { addAction() {}, addError() {} }</script>';
  const options = JSON.stringify({ ...initOptions, proxy });
  return `<script src="/sdk/${script}"></script>
    <script>window.rum = window.${api}; rum.init(${options})</script>`;
}

const products = Array.from({ length: 48 }, (_, id) => ({
  id,
  name: `Cast iron pan number ${id}`,
  price: 20 + id,
}));

/** Chromium takes a picture of few bytes for a background, which is no content. */
const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300"><circle cx="200" cy="150" r="120" fill="teal"/><rect x="300" width="90" height="300" fill="tomato"/><!-- ${'detail '.repeat(1000)} --></svg>`;
