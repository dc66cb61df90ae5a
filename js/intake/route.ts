import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Address } from './address.ts';
import { answer, refuse } from './answer.ts';
import type { Asset } from './asset.ts';
import { readBody } from './body.ts';
import type { FaultSwitch } from './fault.ts';
import { closedHeaders } from './guard.ts';
import type { Stream } from './sse.ts';
import type { Store } from './store.ts';

/** A request, and where its answer goes. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  address: Address;
}

/** What one path does, for the live page and the user's own shell. */
export interface Route {
  method: 'GET' | 'POST';
  /** Says nothing about what was received: other pages may link to it. */
  isPublic?: true;
  serve(exchange: Exchange): void | Promise<void>;
}

/** What the routes serve from. */
export interface Sources {
  store: Store;
  stream: Stream;
  faults: FaultSwitch;
  assets: ReadonlyMap<string, Asset>;
}

const maxFaultBytes = 64 * 1024;

/** The routes by their paths. */
export function createRoutes({ store, stream, faults, assets }: Sources): Map<string, Route> {
  const routes = new Map<string, Route>();
  for (const [path, asset] of assets) {
    const serve = ({ response }: Exchange) => serveAsset(response, asset);
    routes.set(path, { method: 'GET', isPublic: true, serve });
  }
  const connect = ({ request, response }: Exchange) => stream.connect(request, response);
  routes.set('/stream', { method: 'GET', serve: connect });
  routes.set('/events.json', { method: 'GET', serve: (exchange) => serveEvents(store, exchange) });
  routes.set('/clear', { method: 'POST', serve: (exchange) => serveClear(store, exchange) });
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

function serveClear(store: Store, { response }: Exchange): void {
  store.clear();
  answer(response, 200, {}, closedHeaders);
}

async function serveFaults(faults: FaultSwitch, { request, response }: Exchange): Promise<void> {
  const body = await readBody(request, maxFaultBytes);
  try {
    faults.set(JSON.parse(body.toString('utf8')));
    answer(response, 200, {}, closedHeaders);
  } catch (error) {
    refuse(response, 400, (error as Error).message, closedHeaders);
  }
}
