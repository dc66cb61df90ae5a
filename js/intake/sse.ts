import type { IncomingMessage, ServerResponse } from 'node:http';
import { closedHeaders } from './guard.ts';
import type { Store } from './store.ts';
import type { StreamMessage } from './stream.ts';

const heartbeatMs = 15_000;

/**
 * The live stream (`GET /stream`). A client is a place in the store, not a queue: one that reads slowly holds no memory,
 * and misses what the store has forgotten by the time it reads on.
 */
export class Stream {
  readonly #store: Store;
  /** Goes with each number, which means nothing to an intake that was started anew. */
  readonly #run = Date.now().toString(36);
  readonly #clients = new Set<Client>();
  readonly #heartbeat: NodeJS.Timeout;
  readonly #unsubscribe: () => void;

  constructor(store: Store) {
    this.#store = store;
    this.#unsubscribe = store.onChange(() => {
      for (const client of this.#clients) client.advance();
    });
    this.#heartbeat = setInterval(() => {
      for (const client of this.#clients) client.beat();
    }, heartbeatMs).unref();
  }

  connect(request: IncomingMessage, response: ServerResponse): void {
    response.writeHead(200, {
      ...closedHeaders,
      'Content-Type': 'text/event-stream; charset=utf-8',
    });
    response.flushHeaders();
    const client = new Client(this.#store, response, this.#run, this.#resumed(request));
    this.#clients.add(client);
    response.on('close', () => this.#clients.delete(client));
    client.advance();
  }

  close(): void {
    clearInterval(this.#heartbeat);
    this.#unsubscribe();
  }

  /** The number of the last message that a returning client has; absent if it has none, below 0 if of another run. */
  #resumed(request: IncomingMessage): number | undefined {
    const [, run, seq] = /^(\w+)-(\d{1,15})$/.exec(`${request.headers['last-event-id']}`) ?? [];
    if (run === undefined) return undefined;
    return run === this.#run ? Number(seq) : -1;
  }
}

class Client {
  readonly #store: Store;
  readonly #response: ServerResponse;
  readonly #run: string;
  #seq: number;
  #isWaiting = false;

  constructor(store: Store, response: ServerResponse, run: string, resumed: number | undefined) {
    this.#store = store;
    this.#response = response;
    this.#run = run;
    this.#seq = resumed ?? store.clearedAt;
    response.on('drain', () => {
      this.#isWaiting = false;
      this.advance();
    });
  }

  /** Sends what the client has not seen, until its connection is full. */
  advance(): void {
    while (!this.#isWaiting && !this.#response.writableEnded) {
      const isOutdated = this.#seq < this.#store.clearedAt || this.#seq < 0;
      const message = isOutdated ? undefined : this.#store.after(this.#seq);
      if (!isOutdated && !message) return;
      this.#seq = message?.seq ?? this.#store.clearedAt;
      this.#send(message ?? { kind: 'cleared' });
    }
  }

  beat(): void {
    if (!this.#isWaiting) this.#isWaiting = !this.#response.write(': still here\n\n');
  }

  /** JSON has no line breaks of its own, so a message is one line of data. */
  #send(message: StreamMessage): void {
    const id = `${this.#run}-${this.#seq}`;
    const frame = `id: ${id}\ndata: ${JSON.stringify(message)}\n\n`;
    this.#isWaiting = !this.#response.write(frame);
  }
}
