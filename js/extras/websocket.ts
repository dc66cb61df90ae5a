/** Sockets as vitals, four per connection (browser-rum-core 7.16, `domain/webSocket`). */

import type { AddEvent } from './display.ts';
import {
  CLOSED,
  CLOSING,
  CONNECTING,
  MESSAGE_IN,
  MESSAGE_OUT,
  OPEN,
  type SocketSignal,
} from './websocket-signals.ts';

/** ms (browser-rum-core 7.16, `WEBSOCKET_PERIODIC_REPORT_INTERVAL`). */
const REPORT_INTERVAL = 60_000;

/** One direction of a connection; times are ms since the time origin. */
interface Flow {
  count: number;
  bytes: number;
  largest: number;
  longestSilence: number;
  toFirst?: number;
  last?: number;
}

interface Connection {
  id: string;
  url: string;
  at: number;
  /** Epoch ms. All later dates count from it, so that a clock put right moves none of them. */
  date: number;
  openAt?: number;
  isOpen: boolean;
  version: number;
  in: Flow;
  out: Flow;
  largestQueue: number;
}

export type EndReason = 'close_event' | 'session_end' | 'page_terminated';

export interface WebSocketTracker {
  signal: SocketSignal;
  /** What the open ones have exchanged until `at`. Called every minute, and when the page is left. */
  report(at: number): void;
  /** The last word on all connections: what they do later is not reported. */
  end(at: number, reason: EndReason): void;
}

/** `every` calls back at an interval until its result is called; as long as a connection is open. */
export function trackWebSockets(
  addEvent: AddEvent,
  uuid: () => string,
  every: (ms: number, run: () => void) => () => void = repeat,
  now = () => performance.now(),
): WebSocketTracker {
  const connections = new Map<WebSocket, Connection>();
  let stopReports: (() => void) | undefined;

  const emit = (socket: WebSocket, at: number, { id }: Connection, name: string, fields: object) =>
    addEvent(
      at,
      JSON.stringify({
        type: 'vital',
        vital: {
          id: uuid(),
          type: 'websocket',
          name: `websocket_${name}`,
          websocket: { id, ...fields },
        },
      }),
      { webSocket: socket },
    );

  const emitOpen = (socket: WebSocket, connection: Connection, at: number): void => {
    const openAt = connection.openAt as number;
    emit(socket, at, connection, 'open', {
      connecting_duration: nanoseconds(openAt - connection.at),
      open_date: dateAt(connection, openAt),
      selected_protocol: socket.protocol || undefined,
      selected_extensions: socket.extensions || undefined,
      snapshot_version: ++connection.version,
      snapshot: snapshot(connection, at),
    });
  };

  const close = (
    socket: WebSocket,
    connection: Connection,
    at: number,
    reason: EndReason,
    event?: CloseEvent,
    waiting = socket.bufferedAmount,
  ): void => {
    connections.delete(socket);
    emit(socket, at, connection, 'closed', {
      url: connection.url,
      closed_date: dateAt(connection, at),
      duration: nanoseconds(at - connection.at),
      tracking_end_reason: reason,
      close_code: event?.code,
      close_reason: event?.reason,
      was_clean: event?.wasClean,
      snapshot_version: ++connection.version,
      snapshot: connection.openAt === undefined ? undefined : snapshot(connection, at, waiting),
    });
  };

  const report = (at: number): void => {
    for (const [socket, connection] of connections) {
      if (connection.isOpen) emitOpen(socket, connection, at);
    }
  };

  /** A minute counts from when the first one opened. */
  const schedule = (): void => {
    const isOpen = [...connections.values()].some((connection) => connection.isOpen);
    if (isOpen) stopReports ??= every(REPORT_INTERVAL, () => report(now()));
    else {
      stopReports?.();
      stopReports = undefined;
    }
  };

  return {
    report,
    end(at, reason) {
      for (const [socket, connection] of connections) close(socket, connection, at, reason);
      schedule();
    },
    signal(socket, kind, at, first, second) {
      if (kind === CONNECTING) {
        const protocols = first as string[];
        const connection = begin(uuid(), socket.url, at, second as number);
        connections.set(socket, connection);
        emit(socket, at, connection, 'connecting', {
          url: connection.url,
          requested_protocols: protocols[0] === undefined ? undefined : protocols.map(String),
          connecting_date: connection.date,
        });
        return;
      }
      const connection = connections.get(socket);
      if (!connection) return;
      if (kind === MESSAGE_IN) record(connection, connection.in, first as number, at);
      if (kind === MESSAGE_OUT) {
        record(connection, connection.out, first as number, at);
        const queue = (first as number) + (second as number);
        connection.largestQueue = Math.max(connection.largestQueue, queue);
      }
      if (kind === OPEN) {
        connection.openAt = at;
        connection.isOpen = true;
        emitOpen(socket, connection, at);
      }
      if (kind === CLOSING) {
        connection.isOpen = false;
        emit(socket, at, connection, 'closing', {
          closing_date: dateAt(connection, at),
          close_initiator: 'client',
        });
      }
      if (kind === CLOSED) {
        close(socket, connection, at, 'close_event', first as CloseEvent, second);
      }
      if (kind !== MESSAGE_IN && kind !== MESSAGE_OUT) schedule();
    },
  };
}

function begin(id: string, url: string, at: number, date: number): Connection {
  const flow = (): Flow => ({ count: 0, bytes: 0, largest: 0, longestSilence: 0 });
  return {
    id,
    url: url.replace(/[?#].*/, ''),
    at,
    date,
    isOpen: false,
    version: 0,
    in: flow(),
    out: flow(),
    largestQueue: 0,
  };
}

function record({ openAt }: Connection, flow: Flow, bytes: number, at: number): void {
  // Before the first message it is no silence.
  if (flow.last !== undefined) flow.longestSilence = Math.max(flow.longestSilence, at - flow.last);
  else if (openAt !== undefined) flow.toFirst = at - openAt;
  flow.last = at;
  flow.count++;
  flow.bytes += bytes;
  flow.largest = Math.max(flow.largest, bytes);
}

/** `waiting`: the bytes that were not sent, of a connection that has ended. */
function snapshot({ in: inbound, out, largestQueue }: Connection, at: number, waiting?: number) {
  const direction = (flow: Flow) => {
    const silence = flow.last === undefined ? undefined : at - flow.last;
    return {
      message_count: flow.count,
      message_size_total: flow.bytes,
      message_size_max: flow.largest,
      time_to_first_message: nanoseconds(flow.toFirst),
      longest_silence: nanoseconds(Math.max(flow.longestSilence, silence ?? 0)),
      silence_before_close: waiting === undefined ? undefined : nanoseconds(silence),
    };
  };
  return {
    inbound: direction(inbound),
    outbound: {
      ...direction(out),
      buffered_amount_max: largestQueue,
      buffered_amount_at_close: waiting,
    },
  };
}

/** Epoch ms. */
function dateAt(connection: Connection, at: number): number {
  return Math.round(connection.date + at - connection.at);
}

/** From ms. */
function nanoseconds(time: number): number;
function nanoseconds(time: number | undefined): number | undefined;
function nanoseconds(time: number | undefined): number | undefined {
  return time === undefined ? undefined : Math.round(time * 1e6);
}

function repeat(ms: number, run: () => void): () => void {
  const timer = setInterval(run, ms);
  return () => clearInterval(timer);
}
