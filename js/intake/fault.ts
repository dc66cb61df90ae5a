import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isObject, type Json } from './json.ts';

/** What the intake does to requests instead of serving them. Loopback only: for tests of clients. */
export interface Fault {
  /** Answered instead of 202. Unless it is a 2xx, nothing is stored. */
  status?: number;
  /** Waits this long before it answers. */
  delayMs?: number;
  /** Resets the connection instead of answering. Nothing is stored. */
  reset?: boolean;
  /** Answers 202, and stores nothing. */
  drop?: boolean;
  /** Added to the answer, and readable by the page, e.g. `{ 'Retry-After': '30' }`. */
  headers?: Record<string, string>;
  /** For this many requests only; without it, until the fault is lifted. */
  count?: number;
  /** For this track only. */
  track?: string;
}

/** Holds the fault that is in force. */
export class FaultSwitch {
  #fault: Fault | null = null;
  #left = 0;

  set(fault: Fault | null): void {
    this.#fault = fault === null ? null : parseFault(fault);
    this.#left = this.#fault?.count ?? Number.POSITIVE_INFINITY;
  }

  /** The fault that the next request of a track suffers. Counts it. */
  take(track: string): Fault | undefined {
    const fault = this.#fault;
    if (!fault || this.#left <= 0 || (fault.track ?? track) !== track) return undefined;
    this.#left -= 1;
    return fault;
  }
}

const isFlag = (value: unknown): boolean => typeof value === 'boolean';
const isInteger = (from: number, to: number) => (value: unknown) =>
  Number.isInteger(value) && (value as number) >= from && (value as number) <= to;

const fields: Record<keyof Fault, (value: unknown) => boolean> = {
  status: isInteger(200, 599),
  delayMs: isInteger(0, 60_000),
  reset: isFlag,
  drop: isFlag,
  headers: (value) => isObject(value) && Object.entries(value).every(isHeader),
  count: isInteger(1, 1_000_000),
  track: (value) => typeof value === 'string',
};

/** Throws a `RangeError` that names the field which is wrong. */
export function parseFault(value: unknown): Fault {
  if (!isObject(value)) throw new RangeError('a fault is an object, or null');
  for (const [name, fieldValue] of Object.entries(value)) {
    const isRight = Object.hasOwn(fields, name) && fields[name as keyof Fault](fieldValue);
    if (!isRight) throw new RangeError(`${name}: ${JSON.stringify(fieldValue)} is no valid fault`);
  }
  return { ...(value as Json) };
}

function isHeader([name, value]: [string, unknown]): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value as string);
    return typeof value === 'string';
  } catch {
    return false;
  }
}
