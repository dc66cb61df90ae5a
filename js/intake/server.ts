import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type Address, parseAddress } from './address.ts';
import type { Asset } from './asset.ts';
import { readBody } from './body.ts';
import type { Fault, FaultSwitch } from './fault.ts';
import { closedHeaders, isOwnHost, isOwnOrigin, openHeaders, preflightHeaders } from './guard.ts';
import type { Receipt, Receiver } from './receive.ts';
import type { Stream } from './sse.ts';
import type { Store } from './store.ts';

/** What the server serves from. */
export interface Parts {
  store: Store;
  receiver: Receiver;
  stream: Stream;
  faults: FaultSwitch;
  assets: ReadonlyMap<string, Asset>;
}

type Exchange = { request: IncomingMessage; response: ServerResponse; address: Address };

const maxFaultBytes = 64 * 1024;

/** The intake's HTTP server, not listening yet. */
export function createIntakeServer(parts: Parts): Server {
  const routes = ownRoutes(parts);
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch((error: Error) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else answer(response, 500, { errors: [error.message] }, openHeaders(request));
    });
  });
  return server;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = tryAddress(request);
    if (!address) {
      const errors = ['ddforward is badly encoded'];
      return answer(response, 400, { errors }, openHeaders(request));
    }
    const exchange = { request, response, address };
    const route = address.isForwarded ? undefined : routes.get(address.path);
    if (!route) return serveSender(parts, exchange);
    const { port } = server.address() as AddressInfo;
    const isAllowed = isOwnHost(request, port) && (route.isPublic || isOwnOrigin(request));
    if (!isAllowed)
      return answer(response, 403, { errors: ['only for this origin'] }, closedHeaders);
    if (request.method !== route.method) return refuseMethod(response, route.method, closedHeaders);
    await route.serve(exchange);
  }
}

function tryAddress(request: IncomingMessage): Address | undefined {
  try {
    return parseAddress(request.url ?? '/');
  } catch {
    return undefined;
  }
}

interface Route {
  method: 'GET' | 'POST';
  /** Says nothing about what was received: other pages may link to it. */
  isPublic?: true;
  serve(exchange: Exchange): void | Promise<void>;
}

/** What the live page and the user's own shell ask for. */
function ownRoutes(parts: Parts): Map<string, Route> {
  const { store, stream, faults, assets } = parts;
  const routes = new Map<string, Route>();
  for (const [path, asset] of assets) {
    routes.set(path, {
      method: 'GET',
      isPublic: true,
      serve: ({ response }) => serveAsset(response, asset),
    });
  }
  routes.set('/stream', {
    method: 'GET',
    serve: ({ request, response }) => stream.connect(request, response),
  });
  routes.set('/events.json', { method: 'GET', serve: (exchange) => serveEvents(store, exchange) });
  routes.set('/clear', {
    method: 'POST',
    serve: ({ response }) => {
      store.clear();
      answer(response, 200, {}, closedHeaders);
    },
  });
  routes.set('/faults', { method: 'POST', serve: (exchange) => serveFaults(faults, exchange) });
  return routes;
}

function serveAsset(response: ServerResponse, { type, content }: Asset): void {
  response.writeHead(200, { ...closedHeaders, 'Content-Type': type });
  response.end(content);
}

function serveEvents(store: Store, { response, address }: Exchange): void {
  answer(response, 200, store.events(address.query.get('type') ?? undefined), closedHeaders);
}

async function serveFaults(faults: FaultSwitch, { request, response }: Exchange): Promise<void> {
  const body = await readBody(request, maxFaultBytes);
  try {
    faults.set(JSON.parse(body.toString('utf8')));
    answer(response, 200, {}, closedHeaders);
  } catch (error) {
    answer(response, 400, { errors: [(error as Error).message] }, closedHeaders);
  }
}

/** What any page may do: send events, as Datadog's intake would take them. */
async function serveSender(parts: Parts, { request, response, address }: Exchange): Promise<void> {
  const headers = openHeaders(request);
  const refuse = (status: number, reason: string) =>
    answer(response, status, { errors: [reason] }, headers);
  if (request.method === 'OPTIONS')
    return answer(response, 204, undefined, preflightHeaders(request));
  if (address.track === undefined)
    return refuse(404, `there is nothing at ${address.path.slice(0, 200)}`);
  if (request.method !== 'POST') return refuseMethod(response, 'POST, OPTIONS', headers);
  if (!address.query.get('dd-api-key')) return refuse(403, 'dd-api-key is missing');
  const fault = parts.faults.take(address.track);
  if (fault?.reset) return reset(request, fault);
  const receipt = await parts.receiver.receive(request, address, isStoredDespite(fault));
  if (fault?.delayMs) await setTimeout(fault.delayMs, undefined, { ref: false });
  answerSender(response, receipt, fault, headers);
}

function isStoredDespite(fault: Fault | undefined): boolean {
  return !fault?.drop && (fault?.status ?? 200) < 300;
}

async function reset(request: IncomingMessage, { delayMs }: Fault): Promise<void> {
  if (delayMs) await setTimeout(delayMs, undefined, { ref: false });
  request.socket.resetAndDestroy();
}

function answerSender(
  response: ServerResponse,
  receipt: Receipt,
  fault: Fault | undefined,
  headers: Record<string, string>,
): void {
  const added = fault?.headers ?? {};
  const exposed = Object.keys(added).join(', ');
  // The client may still be sending what nobody reads.
  const isCut = receipt.status === 413;
  answer(response, fault?.status ?? receipt.status, fault?.status ? {} : receipt.body, {
    ...headers,
    ...(exposed && { 'Access-Control-Expose-Headers': exposed }),
    ...(isCut && { Connection: 'close' }),
    ...added,
  });
}

function refuseMethod(response: ServerResponse, allow: string, headers: Record<string, string>) {
  const body = { errors: [`the method must be ${allow}`] };
  answer(response, 405, body, { ...headers, Allow: allow });
}

function answer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string>,
): void {
  const hasBody = body !== undefined && status !== 204 && status !== 304;
  response.writeHead(status, {
    ...headers,
    ...(hasBody && { 'Content-Type': 'application/json' }),
  });
  response.end(hasBody ? JSON.stringify(body) : undefined);
}
