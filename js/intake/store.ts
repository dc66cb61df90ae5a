import { Journal } from './journal.ts';
import type { CarrierRequest, ReceivedEvent, RejectedLine, StreamMessage } from './stream.ts';

export type Received = ReceivedEvent | RejectedLine;

type Unnumbered<T> = Omit<T, 'seq' | 'receivedAt'>;

/** What arrived, and how many bytes it had. */
export interface Arrival {
  message: Unnumbered<ReceivedEvent> | Unnumbered<RejectedLine>;
  bytes: number;
}

export interface StoreOptions {
  /** Where `received.ndjson` is; without it, nothing is written. */
  folder?: string;
  /** How many messages stay in memory. */
  history: number;
}

/** Bytes of lines that stay in memory, however few they are. */
const maxHistoryBytes = 64 * 1024 ** 2;

const maxRequestIds = 10_000;

/** What was received: the newest in memory, all of it in a file. */
export class Store {
  #clearedAt = 0;
  #lastSeq = 0;
  #messages: Received[] = [];
  #sizes: number[] = [];
  #bytes = 0;
  readonly #history: number;
  readonly #journal: Journal | undefined;
  readonly #requestIds = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor({ folder, history }: StoreOptions) {
    this.#history = history;
    this.#journal = folder === undefined ? undefined : new Journal(folder);
  }

  /** Clearing takes a number too: whoever is behind it has yet to be told. */
  get clearedAt(): number {
    return this.#clearedAt;
  }

  get messages(): readonly Received[] {
    return this.#messages;
  }

  /**
   * The events in memory.
   *
   * @param type - only those of this RUM type; events without a type go by their track
   */
  events(type?: string): ReceivedEvent[] {
    return this.#messages.filter(
      (message): message is ReceivedEvent =>
        message.kind === 'event' &&
        (type === undefined || (message.event.type ?? message.track) === type),
    );
  }

  add(arrivals: readonly Arrival[]): void {
    const receivedAt = Date.now();
    const added = arrivals.map(({ message, bytes }) => {
      this.#lastSeq += 1;
      const numbered = { seq: this.#lastSeq, receivedAt, ...message } as Received;
      this.#messages.push(numbered);
      this.#sizes.push(bytes);
      this.#bytes += bytes;
      return numbered;
    });
    this.#evict();
    this.#publish(added);
  }

  clear(): void {
    this.#lastSeq += 1;
    this.#clearedAt = this.#lastSeq;
    this.#messages = [];
    this.#sizes = [];
    this.#bytes = 0;
    this.#requestIds.clear();
    this.#publish([{ kind: 'cleared' }]);
  }

  /** The first message in memory whose number is higher. Numbers in memory have no gaps. */
  after(seq: number): Received | undefined {
    const first = this.#messages[0];
    return first && this.#messages[Math.max(0, seq + 1 - first.seq)];
  }

  /** Marks a carrier whose `dd-request-id` was accepted before. */
  markRepeated(carrier: CarrierRequest): void {
    if (carrier.id === undefined) return;
    if (this.#requestIds.has(carrier.id)) carrier.repeated = true;
    this.#requestIds.add(carrier.id);
    if (this.#requestIds.size <= maxRequestIds) return;
    for (const oldest of this.#requestIds) {
      this.#requestIds.delete(oldest);
      break;
    }
  }

  /** Calls `listener` after every change, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  close(): void {
    this.#journal?.close();
  }

  #evict(): void {
    let excess = 0;
    for (const size of this.#sizes) {
      const isWithin =
        this.#messages.length - excess <= this.#history && this.#bytes <= maxHistoryBytes;
      if (isWithin) break;
      this.#bytes -= size;
      excess += 1;
    }
    this.#messages.splice(0, excess);
    this.#sizes.splice(0, excess);
  }

  #publish(messages: readonly StreamMessage[]): void {
    this.#journal?.append(messages);
    for (const listener of this.#listeners) listener();
  }
}
