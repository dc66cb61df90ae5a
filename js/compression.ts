/**
 * Bodies compressed by the browser before they are sent. That takes it a moment, and pages can go at
 * any: what is still being compressed when the page is left leaves as it is.
 */

import type { EngineStart } from './engine-contract.ts';

/** The intake has no other (browser-core 7.16, `transport/flushController.ts`). */
const FORMAT = 'deflate';

export interface Delivery {
  send(body: string, isExit: boolean): void;
  /** Nothing may wait any longer. */
  hurry(): void;
}

export function createDelivery(
  start: Pick<EngineStart, 'send'>,
  isCompressed: boolean | undefined,
): Delivery {
  const waiting = new Set<{ body: string }>();
  const sendSmall = async (body: string) => {
    const request = { body };
    waiting.add(request);
    const small = await deflate(body).catch(() => undefined);
    if (!waiting.delete(request)) return;
    start.send(small ?? body, false, small && `&dd-evp-encoding=${FORMAT}`);
  };
  return {
    send(body, isExit) {
      if (isCompressed && !isExit) sendSmall(body);
      else start.send(body, isExit);
    },
    hurry() {
      for (const { body } of waiting) start.send(body, true);
      waiting.clear();
    },
  };
}

/**
 * Rejects where the browser cannot. A blob without a type needs no preflight; as the source it would
 * take three times as long.
 */
async function deflate(body: string): Promise<Blob> {
  const stream = new Response(body).body?.pipeThrough(new CompressionStream(FORMAT));
  return new Response(stream).blob();
}
