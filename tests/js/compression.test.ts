import assert from 'node:assert/strict';
import test from 'node:test';
import { inflateSync } from 'node:zlib';
import { createDelivery } from '../../js/compression.ts';
import type { Send } from '../../js/engine-contract.ts';

const BODY = `${'{"type":"view"}\n'.repeat(200)}{"type":"view","name":"é"}`;

interface Sent {
  body: string | Blob;
  exit?: boolean | undefined;
  encoding?: string | undefined;
}

/** `next` is the next request; what is sent is listed in order. */
function openIntake() {
  const sent: Sent[] = [];
  let arrived: (request: Sent) => void = () => {};
  const send: Send = async (body, exit, encoding) => {
    sent.push({ body, exit, encoding });
    arrived({ body, exit, encoding });
    return undefined;
  };
  return { sent, send, next: () => new Promise<Sent>((resolve) => (arrived = resolve)) };
}

/** Instead of the browser's, until the result is called. */
function replaceCompression(value: unknown): () => void {
  const native = globalThis.CompressionStream;
  globalThis.CompressionStream = value as typeof CompressionStream;
  return () => {
    globalThis.CompressionStream = native;
  };
}

const inflated = async (body: string | Blob) =>
  inflateSync(Buffer.from(await (body as Blob).arrayBuffer())).toString();

test('a body is deflated, and the query says so', async () => {
  const { send, sent, next } = openIntake();
  const arrival = next();
  createDelivery({ send }, true).send(BODY, false);
  const { body, exit, encoding } = await arrival;
  assert.equal(await inflated(body), BODY);
  assert.ok((body as Blob).size < BODY.length / 10);
  // Of any other type than none the browser asks the intake first.
  assert.equal((body as Blob).type, '');
  assert.equal(encoding, '&dd-evp-encoding=deflate');
  assert.equal(exit, false);
  assert.equal(sent.length, 1);
});

test('bodies are sent as they are where the page does not want them small', () => {
  const { send, sent } = openIntake();
  createDelivery({ send }, false).send(BODY, false);
  assert.deepEqual(sent, [{ body: BODY, exit: false, encoding: undefined }]);
});

test('what is sent as the page is left leaves in the same task, as it is', () => {
  const { send, sent } = openIntake();
  createDelivery({ send }, true).send(BODY, true);
  assert.deepEqual(sent, [{ body: BODY, exit: true, encoding: undefined }]);
});

test('what is still being compressed when the page is left leaves once, as it is', async () => {
  const { send, sent, next } = openIntake();
  const delivery = createDelivery({ send }, true);
  // Equal bodies are two requests.
  delivery.send(BODY, false);
  delivery.send(BODY, false);
  delivery.hurry();
  assert.deepEqual(
    sent.map(({ body, exit }) => [body, exit]),
    [
      [BODY, true],
      [BODY, true],
    ],
  );

  const later = next();
  delivery.send('later', false);
  assert.equal(await inflated((await later).body), 'later');
  assert.equal(sent.length, 3);
  delivery.hurry();
  assert.equal(sent.length, 3);
});

test('a browser that cannot compress sends bodies as they are', async () => {
  const broken = [
    undefined,
    class {
      constructor() {
        throw new TypeError('unknown format');
      }
    },
    class {
      writable = new WritableStream({ write: () => Promise.reject(new Error('no')) });
      readable = new ReadableStream({ start: (stream) => stream.error(new Error('no')) });
    },
  ];
  for (const compression of broken) {
    const restore = replaceCompression(compression);
    try {
      const { send, sent, next } = openIntake();
      const arrival = next();
      createDelivery({ send }, true).send(BODY, false);
      assert.deepEqual(await arrival, { body: BODY, exit: false, encoding: undefined });
      assert.equal(sent.length, 1);
    } finally {
      restore();
    }
  }
});
