import assert from 'node:assert/strict';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import type { Intake } from '../../js/intake/index.ts';
import type { StreamMessage } from '../../js/intake/stream.ts';
import { action, errorEvent, ndjson, post, useIntake, view } from './intake-fixture.ts';

interface Frame {
  id: string;
  message: StreamMessage;
}

/** A connection to `/stream`, read frame by frame. */
async function openStream(t: TestContext, { url }: Intake, lastId?: string) {
  const abort = new AbortController();
  t.after(() => abort.abort());
  const headers: Record<string, string> = lastId === undefined ? {} : { 'Last-Event-ID': lastId };
  const response = await fetch(`${url}/stream`, { headers, signal: abort.signal });
  assert.equal(response.headers.get('content-type'), 'text/event-stream; charset=utf-8');
  const frames = readFrames(response.body as ReadableStream<Uint8Array>);
  const next = async (): Promise<Frame> => {
    const { value } = await frames.next();
    return value as Frame;
  };
  return { next, response, close: () => abort.abort() };
}

async function* readFrames(body: ReadableStream<Uint8Array>): AsyncGenerator<Frame> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    text += decoder.decode(chunk, { stream: true });
    const parts = text.split('\n\n');
    text = parts.pop() as string;
    for (const part of parts) {
      const [, id, data] = /^id: (\S+)\ndata: ([^\n]*)$/.exec(part) ?? [];
      if (id && data) yield { id, message: JSON.parse(data) };
    }
  }
}

const seqOf = ({ message }: Frame) => ('seq' in message ? message.seq : message.kind);

test('a stream starts with the history and goes on live', async (t) => {
  const intake = await useIntake(t);
  await post(intake, `${ndjson(view())}\nnope`);
  const stream = await openStream(t, intake);
  const first = await stream.next();
  assert.deepEqual(first.message, intake.received[0]);
  assert.deepEqual((await stream.next()).message, intake.received[1]);
  await post(intake, ndjson(action()));
  assert.deepEqual((await stream.next()).message, intake.received[2]);
});

test('a stream that returns gets what it missed', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view(), action(), errorEvent()));
  const stream = await openStream(t, intake);
  const { id } = await stream.next();
  stream.close();
  const returned = await openStream(t, intake, id);
  assert.equal(seqOf(await returned.next()), 2);
});

test('a stream that returns to an intake that was started anew starts anew', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view(), action()));
  const stream = await openStream(t, intake, 'other-1');
  assert.deepEqual((await stream.next()).message, { kind: 'cleared' });
  assert.equal(seqOf(await stream.next()), 1);
});

test('a Last-Event-ID that is none is ignored', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view()));
  const stream = await openStream(t, intake, '1');
  assert.equal(seqOf(await stream.next()), 1);
});

test('a stream is told of clearing, also when it was away', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view()));
  const stays = await openStream(t, intake);
  const { id } = await stays.next();
  const response = await fetch(`${intake.url}/clear`, { method: 'POST' });
  assert.equal(response.status, 200);
  assert.deepEqual(intake.received, []);
  await post(intake, ndjson(action()));
  const returns = await openStream(t, intake, id);
  const isNew = await openStream(t, intake);
  for (const stream of [stays, returns]) {
    assert.equal(seqOf(await stream.next()), 'cleared');
    assert.equal(seqOf(await stream.next()), 3);
  }
  assert.equal(seqOf(await isNew.next()), 3);
});

test('text of an event cannot end its frame or start another', async (t) => {
  const intake = await useIntake(t);
  const name = 'a\n\ndata: {"kind":"cleared"}\r\n\u2028';
  await post(intake, `{"name":\r${JSON.stringify(name)}}`);
  await post(intake, ndjson(view()));
  const stream = await openStream(t, intake);
  const { message } = await stream.next();
  assert.equal(message.kind === 'event' && message.event.name, name);
  assert.equal(seqOf(await stream.next()), 2);
});

test('memory holds no more than the history', async (t) => {
  const intake = await useIntake(t, { history: 3 });
  await post(intake, ndjson(...Array.from({ length: 10 }, () => view())));
  assert.deepEqual(
    intake.received.map(({ seq }) => seq),
    [8, 9, 10],
  );
  const stream = await openStream(t, intake);
  assert.equal(seqOf(await stream.next()), 8);
});

test('memory holds at most 64 MiB, however long the history', async (t) => {
  const intake = await useIntake(t);
  const big = ndjson({ text: 'x'.repeat(7_000_000) });
  for (let n = 0; n < 11; n++) await post(intake, big, { track: 'logs' });
  assert.equal(intake.received.length, 9);
  assert.equal(intake.received.at(-1)?.seq, 11);
});

test('a client that does not read misses what the history has lost, and holds no memory', async (t) => {
  const intake = await useIntake(t, { history: 40 });
  const socket = await openSleepingStream(t, intake);
  const batch = ndjson(...Array.from({ length: 40 }, () => ({ text: 'x'.repeat(100_000) })));
  for (let n = 0; n < 10; n++) await post(intake, batch, { track: 'logs' });
  const seqs = await readSeqsUntil(socket, 400);
  assert.equal(seqs.at(-1), 400);
  assert.ok(seqs.length < 300, `${seqs.length} of 400 were kept for it`);
  assert.deepEqual(
    seqs.slice(-40),
    Array.from({ length: 40 }, (_, n) => 361 + n),
  );
});

function openSleepingStream(t: TestContext, { port }: Intake): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`GET /stream HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`);
    });
    t.after(() => socket.destroy());
    socket.once('readable', () => resolve(socket));
  });
}

async function readSeqsUntil(socket: Socket, last: number): Promise<number[]> {
  const seqs: number[] = [];
  let text = '';
  for await (const chunk of socket.setEncoding('latin1')) {
    text += chunk;
    for (const [, seq] of text.matchAll(/^id: \w+-(\d+)\n/gm)) seqs.push(Number(seq));
    text = text.slice(text.lastIndexOf('\n') + 1);
    if (seqs.at(-1) === last) break;
  }
  return seqs;
}

test('an idle stream gets a comment now and then', async (t) => {
  t.mock.timers.enable({ apis: ['setInterval'] });
  const intake = await useIntake(t);
  const { response } = await openStream(t, intake);
  const { value } = await nextChunkAfter(response, () => t.mock.timers.tick(15_000));
  assert.equal(new TextDecoder().decode(value), ': still here\n\n');
});

function nextChunkAfter(response: Response, act: () => void) {
  const pending = (response.clone().body as ReadableStream<Uint8Array>).getReader().read();
  act();
  return pending;
}

test('waitFor finds an event that came before, and one that comes after', async (t) => {
  const intake = await useIntake(t);
  await post(intake, ndjson(view(1), view(2)));
  const isView = ({ event }: { event: { type?: unknown } }) => event.type === 'view';
  assert.equal((await intake.waitFor(isView)).seq, 1);
  const later = intake.waitFor(({ event }) => event.type === 'error');
  await post(intake, ndjson(action()));
  await post(intake, ndjson(errorEvent()));
  assert.equal((await later).seq, 4);
});

test('waitFor asks about each event once', async (t) => {
  const intake = await useIntake(t);
  const asked: number[] = [];
  const wait = intake.waitFor(({ seq }) => asked.push(seq) === 3);
  for (let n = 0; n < 3; n++) await post(intake, ndjson(view()));
  await wait;
  await post(intake, ndjson(view()));
  assert.deepEqual(asked, [1, 2, 3]);
});

test('waitFor says what did arrive when it gives up', async (t) => {
  const intake = await useIntake(t);
  await assert.rejects(
    intake.waitFor(() => false, 1),
    /no such event within 1 ms\nnothing has arrived/,
  );
  await post(intake, `${ndjson({ ...view(), date: -1 })}\nnope`);
  await assert.rejects(
    intake.waitFor(() => false, 1),
    /2 arrived:\n {2}#1 rum view \(1 violations\) \{"type":"view".*\n {2}#2 rum rejected line 2: /,
  );
});

test('waitFor fails with its predicate, and when the intake is closed', async (t) => {
  const intake = await useIntake(t);
  const broken = intake.waitFor(() => {
    throw new Error('broken');
  });
  const orphan = intake.waitFor(() => false);
  const rejections = Promise.all([
    assert.rejects(broken, /broken/),
    assert.rejects(orphan, /the intake was closed/),
  ]);
  await post(intake, ndjson(view()));
  await intake.close();
  await rejections;
});

test('closing ends the streams and frees the port', async (t) => {
  const intake = await useIntake(t);
  const { response } = await openStream(t, intake);
  await intake.close();
  await response.text().catch(() => undefined);
  await assert.rejects(fetch(intake.url));
  const next = await useIntake(t, { port: intake.port });
  assert.equal(next.port, intake.port);
});
