/** What is left of an event that is too large for the intake. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { fitted } from '../../js/exceptions/large-event.ts';

/** `MESSAGE_BYTES_LIMIT` (browser-core 7.16, `transport/batch.ts`), where such events are lost. */
const LIMIT = 256 * 1024;

const warnings: string[] = [];
const start = { warn: (message: string) => void warnings.push(message) };

function cutOf(event: object) {
  const text = fitted(JSON.stringify(event), start);
  assert.ok(Buffer.byteLength(text) < LIMIT, `${Buffer.byteLength(text)} bytes`);
  return JSON.parse(text);
}

const text = (kib: number) => 'x'.repeat(kib * 1024);

/** Of so many bytes. */
function eventOf(bytes: number): string {
  const empty = JSON.stringify({ context: { text: '' } });
  return JSON.stringify({ context: { text: 'x'.repeat(bytes - empty.length) } });
}

test('an event of 256 KiB is cut, not one that is smaller, and the developer told once', () => {
  const whole = eventOf(LIMIT - 1);
  assert.equal(fitted(whole, start), whole);
  assert.deepEqual(warnings, []);
  for (let count = 0; count < 2; count++) {
    const cut = fitted(eventOf(LIMIT), start);
    assert.deepEqual(JSON.parse(cut), { context: { ferrum: { cut: ['context.text'] } } });
  }
  assert.equal(warnings.length, 1);
  assert.match(`${warnings[0]}`, /whose size was bigger than the maximum allowed size 256KiB/);
});

test('bytes are counted, not characters', () => {
  const event = { context: { text: '\u4e2d'.repeat(LIMIT / 3) } };
  assert.deepEqual(cutOf(event), { context: { ferrum: { cut: ['context.text'] } } });
});

test('the largest members of contexts go first, and no more of them than must', () => {
  const event = {
    type: 'error',
    error: { message: 'm', stack: text(100) },
    usr: { id: 'u', bio: text(70) },
    account: { id: 'a', plan: text(30) },
    context: { page: 1, all: text(150), ferrum: { loading_time_end: 'idle' } },
  };
  assert.deepEqual(cutOf(event), {
    ...event,
    context: { page: 1, ferrum: { loading_time_end: 'idle', cut: ['context.all'] } },
  });
  event.error.stack = text(200);
  assert.deepEqual(cutOf(event), {
    ...event,
    usr: { id: 'u' },
    context: { page: 1, ferrum: { loading_time_end: 'idle', cut: ['context.all', 'usr.bio'] } },
  });
});

test('room is left for the note that says what was left out', () => {
  const eventOf = (bytes: number) => {
    const event = { type: '', context: { a: 'a'.repeat(1000), b: 'b'.repeat(300) } };
    event.type = 'x'.repeat(bytes - JSON.stringify(event).length);
    return event;
  };
  // Without `a`, with 64 bytes and its name, no byte is left.
  const full = LIMIT - 1 + 1000 - 64 - 'context.a'.length;
  assert.deepEqual(cutOf(eventOf(full)).context.ferrum.cut, ['context.a']);
  assert.deepEqual(cutOf(eventOf(full + 1)).context.ferrum.cut, ['context.a', 'context.b']);
});

test('members of contexts go if they have more than 256 bytes', () => {
  const event = {
    error: { stack: text(300) },
    context: { large: 'x'.repeat(257), small: 'x'.repeat(256) },
  };
  const { small } = event.context;
  const cut = ['context.large', 'error.stack'];
  assert.deepEqual(cutOf(event), { error: {}, context: { small, ferrum: { cut } } });
});

/** Its members are small, all of it has so many bytes (of about 4,096). */
function contextOf(bytes: number): object {
  const members = Array.from({ length: 19 }, (_, index) => [`m${index}`, 'x'.repeat(200)]);
  const context = { ...Object.fromEntries(members), last: '' };
  context.last = 'x'.repeat(bytes - JSON.stringify(context).length);
  return context;
}

test('contexts go as a whole, and members of other parts, if they have more than 4,096 bytes', () => {
  const account = contextOf(4096);
  const message = 'x'.repeat(4096);
  const event = {
    type: 'x'.repeat(LIMIT - 5000),
    error: { message, type: `${message}x` },
    usr: contextOf(4097),
    account,
  };
  const text = fitted(JSON.stringify(event), start);
  const cut = ['usr', 'error.type'];
  assert.deepEqual(JSON.parse(text), {
    type: event.type,
    error: { message },
    account,
    context: { ferrum: { cut } },
  });
});

test('a context of very many small members goes as a whole', () => {
  const many = Object.fromEntries(Array.from({ length: 30_000 }, (_, index) => [index, 'v']));
  const event = { usr: { id: 'u' }, context: many, action: { id: 'a' } };
  assert.deepEqual(cutOf(event), {
    usr: { id: 'u' },
    action: { id: 'a' },
    context: { ferrum: { cut: ['context'] } },
  });
});

test('other parts lose what is too large when contexts are not the reason', () => {
  const event = { error: { message: 'm', stack: text(300) }, usr: { id: 'u' } };
  assert.deepEqual(cutOf(event), {
    error: { message: 'm' },
    usr: { id: 'u' },
    context: { ferrum: { cut: ['error.stack'] } },
  });
});

test('a view loses flags before anything of its own', () => {
  const event = { view: { id: 'v', url: text(1) }, feature_flags: { a: true, huge: text(256) } };
  assert.deepEqual(cutOf(event), {
    view: event.view,
    feature_flags: { a: true },
    context: { ferrum: { cut: ['feature_flags.huge'] } },
  });
});

test('names may need escapes', () => {
  const event = { context: { 'a "b"': text(300) } };
  assert.deepEqual(cutOf(event), { context: { ferrum: { cut: ['context.a "b"'] } } });
});

test('the other events of a body stay as they are', () => {
  const small = eventOf(1000);
  const [first, cut, last] = fitted([small, eventOf(LIMIT), small].join('\n'), start).split('\n');
  assert.deepEqual([first, last], [small, small]);
  assert.deepEqual(JSON.parse(cut as string), { context: { ferrum: { cut: ['context.text'] } } });
});
