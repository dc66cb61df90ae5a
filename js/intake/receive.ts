import type { IncomingMessage } from 'node:http';
import { carrierOf } from './address.ts';
import { BodyTooLarge, inflate, readBody } from './body.ts';
import { type BadLine, type GoodLine, parseLines } from './line.ts';
import type { Arrival, Store } from './store.ts';
import type { CarrierRequest } from './stream.ts';
import type { Validate } from './validate.ts';

/** The largest bodies, in bytes. */
export interface BodyLimits {
  maxBodyBytes: number;
  maxInflatedBytes: number;
}

/** A request to the intake. */
export interface Carried {
  request: IncomingMessage;
  track: string;
  query: URLSearchParams;
}

/** What the client is told. */
export interface Receipt {
  status: number;
  body: { rejected?: { line: number; reason: string }[]; errors?: string[] };
}

/** Lines an answer names; the rest is in the store. */
const maxReported = 100;

/** Turns request bodies into stored events. */
export class Receiver {
  readonly #store: Store;
  readonly #validate: Validate;
  readonly #limits: BodyLimits;

  constructor(store: Store, validate: Validate, limits: BodyLimits) {
    this.#store = store;
    this.#validate = validate;
    this.#limits = limits;
  }

  /**
   * Reads a request to its end.
   *
   * @param isStored - false: answer as if it were
   */
  async receive({ request, track, query }: Carried, isStored: boolean): Promise<Receipt> {
    const carrier = carrierOf(query);
    try {
      const body = await readBody(request, this.#limits.maxBodyBytes);
      carrier.bytes = body.length;
      const { lines, problem } = await this.#linesOf(request, body, carrier);
      if (isStored) {
        this.#store.markRepeated(carrier);
        this.#store.add(lines.map((line) => this.#arrival(line, track, carrier)));
      }
      return receiptOf(lines, problem);
    } catch (error) {
      if (!(error instanceof BodyTooLarge)) throw error;
      const line = { line: 1, reason: error.message, excerpt: '' };
      if (isStored) this.#store.add([this.#arrival(line, track, carrier)]);
      return { status: 413, body: { errors: [error.message] } };
    }
  }

  async #linesOf(request: IncomingMessage, body: Buffer, carrier: CarrierRequest) {
    if (request.headers['content-type']?.startsWith('multipart/')) {
      const reason = 'a multipart body (session replay, profile) is not read';
      return { lines: [{ line: 1, reason, excerpt: '' }], problem: undefined };
    }
    const isDeflated = carrier.encoding === 'deflate';
    const { bytes, problem } = isDeflated
      ? await inflate(body, this.#limits.maxInflatedBytes)
      : { bytes: body };
    const lines = [...parseLines(bytes)];
    if (problem) lines.push({ line: (lines.at(-1)?.line ?? 0) + 1, reason: problem, excerpt: '' });
    return { lines, problem };
  }

  #arrival(line: GoodLine | BadLine, track: string, request: CarrierRequest): Arrival {
    if (!('event' in line)) {
      return { message: { kind: 'rejected', track, ...line, request }, bytes: line.excerpt.length };
    }
    const { event, bytes } = line;
    const violations = this.#validate(track, event, bytes);
    return { message: { kind: 'event', track, event, violations, request }, bytes };
  }
}

function receiptOf(lines: readonly (GoodLine | BadLine)[], problem: string | undefined): Receipt {
  const bad = lines.filter((line): line is BadLine => !('event' in line));
  const rejected = bad.slice(0, maxReported).map(({ line, reason }) => ({ line, reason }));
  return {
    status: problem ? 400 : 202,
    body: {
      ...(problem && { errors: [problem] }),
      ...(rejected.length > 0 && { rejected }),
    },
  };
}
