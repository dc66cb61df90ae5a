/** A web site of small pages, with a network that tests can slow down, stop and spoil. */

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { bundleApplication } from './application.ts';

export const root = fileURLToPath(new URL('../..', import.meta.url));

export const APPLICATION_ID = '5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11';

export interface Answer {
  status?: number;
  type?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

export interface SeenRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Entry = keyof typeof entries;

/** What stands for `<!-- ferrum -->`. */
const entries = {
  ferrum: '<script src="/cdn/ferrum.js"></script><script>ferrum.init(OPTIONS)</script>',
  'datadog-rum':
    '<script src="/cdn/datadog-rum.js"></script><script>(window.ferrum = DD_RUM).init(OPTIONS)</script>',
  npm: `<script type="module">
    import { ferrum } from '/esm/index.js';
    window.ferrum = ferrum;
    ferrum.init(OPTIONS);
  </script>`,
};

export interface Site {
  readonly url: string;
  /** In the order of their arrival. */
  readonly requests: SeenRequest[];
  /** What pages posted to `/report`, parsed. */
  readonly reports: Record<string, unknown>[];
  /** The options that pages give to `init`; a page may be served with others afterwards. */
  options: Record<string, unknown>;
  /** Further headers of pages, for those that are served afterwards. */
  headers: Record<string, string>;
  /** How pages that are served afterwards get Ferrum. Whichever it is, `window.ferrum` is its API. */
  entry: Entry;
  /** What posts the reports: by default the values of the page as a whole. */
  reference: 'reference' | 'view-reference';
  /** The address of `pages/{name}.html`. */
  page(name: string): string;
  /** Answers a path (without query) in its own way from now on. */
  answer(path: string, answer: Answer | ((request: SeenRequest) => Promise<Answer>)): void;
  /** Keeps requests of a path waiting; the result lets them go. */
  hold(path: string): () => void;
  /** Resolves with the first request, past or to come, of a path (without query). */
  request(path: string): Promise<SeenRequest>;
  close(): Promise<void>;
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
};

export async function startSite(intakeUrl: string): Promise<Site> {
  const requests: SeenRequest[] = [];
  const reports: Record<string, unknown>[] = [];
  const answers = new Map<string, (request: SeenRequest) => Promise<Answer>>();
  const held = new Map<string, Promise<void>>();
  const listeners = new Set<() => void>();
  const sockets = new Set<Duplex>();
  const site: Site = {
    url: '',
    requests,
    reports,
    options: {
      applicationId: APPLICATION_ID,
      clientToken: 'pub123',
      service: 'small-pages',
      proxy: `${intakeUrl}/proxy`,
    },
    headers: {},
    entry: 'ferrum',
    reference: 'reference',
    page: (name) => `${site.url}/${name}.html`,
    answer(path, answer) {
      answers.set(path, typeof answer === 'function' ? answer : async () => answer);
    },
    hold(path) {
      let release = () => {};
      held.set(path, new Promise((resolve) => (release = resolve)));
      return release;
    },
    request: (path) =>
      new Promise((resolve) => {
        const check = () => {
          const found = requests.find((request) => pathOf(request.path) === path);
          if (!found) return;
          listeners.delete(check);
          resolve(found);
        };
        listeners.add(check);
        check();
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        // Those are no longer the server's.
        for (const socket of sockets) socket.destroy();
      }),
  };

  const server = createServer(async (request, response) => {
    const seen = await read(request);
    requests.push(seen);
    for (const notify of listeners) notify();
    const path = pathOf(seen.path);
    await hint(response, seen.path);
    await held.get(path);
    const answer = await (answers.get(path)?.(seen) ?? route(site, seen)).catch(() => missing);
    write(response, answer);
  });
  server.on('upgrade', ({ headers }, socket) => {
    // The handshake of https://www.rfc-editor.org/rfc/rfc6455#section-1.3, and silence.
    const key = `${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.on('error', () => {});
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    sockets.add(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  Object.assign(site, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  return site;
}

const missing: Answer = { status: 404, type: 'text/plain', body: 'nothing here' };

async function read(request: IncomingMessage): Promise<SeenRequest> {
  let body = '';
  request.setEncoding('utf8');
  for await (const chunk of request) body += chunk;
  const { method = 'GET', url: path = '/', headers } = request;
  return { method, path, headers, body };
}

function write(response: ServerResponse, { status = 200, type, headers, body }: Answer): void {
  response.writeHead(status, {
    // Keeps pages out of the back/forward cache too: leaving a page is its end.
    'cache-control': 'no-store',
    ...(type !== undefined && { 'content-type': type }),
    ...headers,
  });
  response.end(body);
}

/** `?hints=MS` works on every path: early hints, so long before anything else. */
async function hint(response: ServerResponse, path: string): Promise<void> {
  const time = new URLSearchParams(path.replace(/^[^?]*/, '')).get('hints');
  if (time === null) return;
  response.writeEarlyHints({ link: '</play.js>; rel=preload; as=script' });
  await delay(Number(time));
}

/** Of the pages. */
const SCRIPTS = ['reference.js', 'view-reference.js', 'play.js', 'handlers.js'];

/** `?delay=MS` works on every path. */
async function route(site: Site, { path: target, body }: SeenRequest): Promise<Answer> {
  const { pathname: path, searchParams: query } = new URL(target, site.url);
  await delay(Number(query.get('delay')));
  if (path === '/report') {
    site.reports.push(JSON.parse(body));
    return { status: 204 };
  }
  if (path === '/redirect') {
    return { status: 302, headers: { location: query.get('to') ?? '/' } };
  }
  if (path === '/data') return { type: 'application/json', body: '{"answer":42}' };
  if (path === '/picture.svg') return { type: 'image/svg+xml', body: picture(query) };
  if (path === '/web-vitals.js') {
    return file('node_modules/web-vitals/dist/web-vitals.attribution.iife.js');
  }
  if (/^\/(cdn|esm)\//.test(path)) return file(`dist${path}`);
  if (path.startsWith('/application/')) return application(path.replace('/application/', ''));
  const script = SCRIPTS.find((name) => path === `/${name}`);
  if (script) return file(`tests/browser/pages/${script}`);
  if (path.endsWith('.html')) return page(site, path, query);
  return missing;
}

/** Chromium takes pictures of less than 0.05 bits a pixel for backgrounds, not for content. */
const DETAIL = `<!-- ${'detail '.repeat(1000)} -->`;

function picture(query: URLSearchParams): string {
  const [width, height] = [query.get('width') ?? 600, query.get('height') ?? 400];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><circle cx="200" cy="200" r="150" fill="teal"/><rect x="300" width="90" height="300" fill="tomato"/>${DETAIL}</svg>`;
}

async function file(path: string): Promise<Answer> {
  return { type: types[extname(path)] ?? 'text/plain', body: await readFile(join(root, path)) };
}

async function application(name: string): Promise<Answer> {
  return { type: 'text/javascript', body: (await bundleApplication(root)).get(name) as string };
}

/** `?restorable` lets the page into the back/forward cache. The marks of a page: `<!-- ferrum -->`, `<!-- reference -->`, and `OPTIONS` within scripts. */
async function page(site: Site, path: string, query: URLSearchParams): Promise<Answer> {
  const template = await readFile(join(root, 'tests/browser/pages', path), 'utf8');
  const body = template
    .replace('<!-- ferrum -->', entries[site.entry])
    .replace(
      '<!-- reference -->',
      `<script src="/web-vitals.js"></script><script src="/${site.reference}.js"></script>`,
    )
    .replaceAll('OPTIONS', () => JSON.stringify(site.options));
  const cache = query.has('restorable') && { 'cache-control': 'no-cache' };
  return { type: types['.html'] as string, headers: { ...site.headers, ...cache }, body };
}

function pathOf(target: string): string {
  return target.replace(/[?#].*/s, '');
}
