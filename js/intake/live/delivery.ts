import type { Entry } from './summary.ts';

/** One request of a page, and what it carried. */
export interface Delivery {
  key: string;
  id: string | undefined;
  receivedAt: number;
  api: string | undefined;
  bytes: number;
  retries: number;
  /** The status that made the page try again. */
  retryAfter: number | undefined;
  /** A request of the same id was accepted before: its events count twice. */
  repeated: boolean;
  sdkVersion: string | undefined;
  encoding: string | undefined;
  /** Milliseconds from making the request to its arrival, by two clocks. */
  underway: number | undefined;
  tracks: Set<string>;
  firstSeq: number;
  lines: number;
  rejected: number;
  violations: number;
}

const MOST_DELIVERIES = 500;

/** Groups entries by the request that carried them. */
export class Deliveries {
  revision = 0;
  requests = 0;
  bytes = 0;
  retried = 0;
  readonly #byKey = new Map<string, Delivery>();

  add(entry: Entry): void {
    const { id = '', bytes, retryCount = 0 } = entry.request;
    const key = `${id}/${entry.receivedAt}/${bytes}/${retryCount}`;
    const delivery = this.#byKey.get(key) ?? this.#open(key, entry);
    delivery.lines += 1;
    delivery.tracks.add(entry.track);
    if (entry.kind === 'rejected') delivery.rejected += 1;
    else if (entry.violations.length > 0) delivery.violations += 1;
    this.revision += 1;
  }

  /** Oldest first. */
  list(): Delivery[] {
    return [...this.#byKey.values()];
  }

  #open(key: string, entry: Entry): Delivery {
    const { id, api, bytes, encoding, batchTime, retryCount = 0 } = entry.request;
    const delivery: Delivery = {
      key,
      id,
      receivedAt: entry.receivedAt,
      api,
      bytes,
      retries: retryCount,
      retryAfter: entry.request.retryAfter,
      repeated: entry.request.repeated === true,
      sdkVersion: entry.request.sdkVersion,
      encoding,
      underway: batchTime ? Math.max(0, entry.receivedAt - batchTime) : undefined,
      tracks: new Set(),
      firstSeq: entry.seq,
      lines: 0,
      rejected: 0,
      violations: 0,
    };
    this.requests += 1;
    this.bytes += bytes;
    if (retryCount > 0) this.retried += 1;
    this.#byKey.set(key, delivery);
    if (this.#byKey.size > MOST_DELIVERIES) this.#forgetOldest();
    return delivery;
  }

  #forgetOldest(): void {
    const oldest = this.#byKey.keys().next();
    if (!oldest.done) this.#byKey.delete(oldest.value);
  }
}
