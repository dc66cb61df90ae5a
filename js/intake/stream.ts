/**
 * What the local intake tells the live page, one JSON message per server-sent event (`GET /stream`).
 * A new connection is first given the history the intake still holds, then what arrives.
 */

/** A part of an event that the schema of RUM events forbids. */
export interface Violation {
  /** JSON pointer into the event, e.g. `/view/id`; empty for the event itself. */
  path: string;
  message: string;
}

/** The request that carried a line, from its query string. Absent parameters are absent here. */
export interface CarrierRequest {
  /** `dd-request-id` */
  id?: string;
  /** `_dd.api`: how the page sent it. */
  api?: string;
  /** `batch_time`, epoch milliseconds. */
  batchTime?: number;
  /** `_dd.retry_count`, from 1 */
  retryCount?: number;
  /** `_dd.retry_after`: the status that made the page try again. */
  retryAfter?: number;
  /** `dd-evp-encoding` */
  encoding?: string;
  /** `dd-evp-origin-version` */
  sdkVersion?: string;
  /** A request with the same `dd-request-id` was accepted before. */
  repeated?: true;
  /** Bytes of the body as it came over the wire. */
  bytes: number;
}

/** A line of a request body that was valid JSON. Events that violate the schema are kept, and marked. */
export interface ReceivedEvent {
  kind: 'event';
  /** Counts from 1 in the order of arrival; shared with {@link RejectedLine}. Clearing takes a number too. */
  seq: number;
  /** Epoch milliseconds. */
  receivedAt: number;
  /** The last part of the path: `rum`, `exposures`, `logs`, … */
  track: string;
  event: Record<string, unknown>;
  /** Empty when the event is valid, or when its track has no schema. */
  violations: Violation[];
  request: CarrierRequest;
}

/** A line that is no JSON object. The other lines of its body are kept. */
export interface RejectedLine {
  kind: 'rejected';
  seq: number;
  receivedAt: number;
  track: string;
  /** Counts from 1 within its body. */
  line: number;
  reason: string;
  /** The first 200 characters of the line. */
  excerpt: string;
  request: CarrierRequest;
}

/** All that was received before is gone. */
export interface Cleared {
  kind: 'cleared';
}

export type StreamMessage = ReceivedEvent | RejectedLine | Cleared;
