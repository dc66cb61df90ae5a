import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { createInflate } from 'node:zlib';

/** A body is over its limit, before or after inflation. */
export class BodyTooLarge extends Error {}

/** Over the limit, this much more is read and forgotten, so that the client gets to read the answer. */
const drainedBytes = 64 * 1024 * 1024;

/** The body of a request, of at most `limit` bytes. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => reject(new BodyTooLarge(`the body is larger than ${limit} bytes`));
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size > limit + drainedBytes) tooLarge();
    });
    request.on('end', () => (size > limit ? tooLarge() : resolve(Buffer.concat(chunks))));
    request.on('error', reject);
  });
}

export interface Inflated {
  /** What came out before the problem, if there is one. */
  bytes: Buffer;
  problem?: string;
}

/** Inflates a zlib stream (RFC 1950) to at most `limit` bytes. */
export function inflate(body: Buffer, limit: number): Promise<Inflated> {
  return new Promise((resolve, reject) => {
    const inflater = createInflate();
    const chunks: Buffer[] = [];
    let size = 0;
    const settle = (problem?: string) =>
      resolve({ bytes: Buffer.concat(chunks), ...(problem && { problem: `zlib: ${problem}` }) });
    inflater.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else inflater.destroy(new BodyTooLarge(`the body inflates to more than ${limit} bytes`));
    });
    inflater.on('error', (error) =>
      error instanceof BodyTooLarge ? reject(error) : settle(error.message),
    );
    inflater.on('end', () => {
      const rest = body.length - inflater.bytesWritten;
      settle(rest > 0 ? `${rest} bytes follow the end of the stream` : undefined);
    });
    Readable.from(slices(body)).pipe(inflater);
  });
}

/** Node forgets what a write inflated before it failed: small writes lose little to a corrupt byte. */
function* slices(body: Buffer): Generator<Buffer> {
  const size = Math.max(64, body.length >> 10);
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}
