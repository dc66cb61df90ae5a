import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { type Address, parseAddress } from './address.ts';
import { answer, refuse, refuseMethod } from './answer.ts';
import type { Fault, FaultSwitch } from './fault.ts';
import { closedHeaders, isOwnHost, isOwnOrigin, openHeaders, preflightHeaders } from './guard.ts';
import type { Receipt, Receiver } from './receive.ts';
import type { Exchange, Route } from './route.ts';

/** What the server serves. */
export interface Services {
  /** For the live page and the user's own shell. */
  routes: ReadonlyMap<string, Route>;
  /** For any page, on all other paths. */
  receiver: Receiver;
  faults: FaultSwitch;
}

/** The intake's HTTP server, not listening yet. */
export function createIntakeServer(services: Services): Server {
  const server = createServer({ requestTimeout: 60_000 }, (request, response) => {
    serve(request, response).catch((error: Error) => {
      if (response.headersSent || response.destroyed) response.destroy();
      else refuse(response, 500, error.message, openHeaders(request));
    });
  });
  return server;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = tryAddress(request);
    if (!address) return refuse(response, 400, 'ddforward is badly encoded', openHeaders(request));
    const exchange = { request, response, address };
    const route = address.isForwarded ? undefined : services.routes.get(address.path);
    if (!route) return serveSender(services, exchange);
    await serveOwner(route, exchange, (server.address() as AddressInfo).port);
  }
}

function tryAddress(request: IncomingMessage): Address | undefined {
  try {
    return parseAddress(request.url ?? '/');
  } catch {
    return undefined;
  }
}

async function serveOwner(route: Route, exchange: Exchange, port: number): Promise<void> {
  const { request, response } = exchange;
  const isAllowed = isOwnHost(request, port) && (route.isPublic || isOwnOrigin(request));
  if (!isAllowed) return refuse(response, 403, 'only for this origin', closedHeaders);
  if (request.method !== route.method) return refuseMethod(response, route.method, closedHeaders);
  await route.serve(exchange);
}

/** Takes events from any page, as Datadog's intake does. */
async function serveSender(services: Services, exchange: Exchange): Promise<void> {
  const { request, response, address } = exchange;
  const { method } = request;
  const headers = openHeaders(request);
  if (method === 'OPTIONS') return answer(response, 204, undefined, preflightHeaders(request));
  const { track } = address;
  if (track === undefined) return refuse(response, 404, 'there is nothing here', headers);
  if (method !== 'POST') return refuseMethod(response, 'POST, OPTIONS', headers);
  const hasKey = Boolean(address.query.get('dd-api-key'));
  if (!hasKey) return refuse(response, 403, 'dd-api-key is missing', headers);
  const fault = services.faults.take(track);
  if (fault?.reset) return reset(request, fault);
  const carried = { request, track, query: address.query };
  const receipt = await services.receiver.receive(carried, isStoredDespite(fault));
  await delay(fault);
  answerSender(response, receipt, fault, headers);
}

function isStoredDespite(fault: Fault | undefined): boolean {
  return !fault?.drop && (fault?.status ?? 200) < 300;
}

async function reset(request: IncomingMessage, fault: Fault): Promise<void> {
  await delay(fault);
  request.socket.resetAndDestroy();
}

async function delay(fault: Fault | undefined): Promise<void> {
  if (fault?.delayMs) await setTimeout(fault.delayMs, undefined, { ref: false });
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
