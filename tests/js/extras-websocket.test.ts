/** Sockets: what is seen of them, and the vitals it becomes, compared with the official SDK's. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { Observable } from '@datadog/browser-core';
import { LifeCycle } from '@datadog/browser-rum-core/cjs/domain/lifeCycle.js';
import { trackWebSocket } from '@datadog/browser-rum-core/cjs/domain/webSocket/webSocketCollection.js';
import fc from 'fast-check';
import { trackWebSockets } from '../../js/extras/websocket.ts';
import {
  CLOSED,
  CLOSING,
  CONNECTING,
  MESSAGE_IN,
  MESSAGE_OUT,
  OPEN,
  type SocketSignal,
  watchWebSockets,
} from '../../js/extras/websocket-signals.ts';
import { replaceGlobals } from './extras-fixture.ts';

type Vital = { at: number; name: string; websocket: Record<string, unknown> };

/** Of the official `LifeCycleEventType`, which is no value in TypeScript. */
const RAW_EVENT_COLLECTED = 12;

const DATE = 1_756_200_000_000;

function fakeSocket(url = 'wss://shop.example/live?token=secret') {
  return { url, protocol: 'graphql-ws', extensions: '', bufferedAmount: 17 } as WebSocket;
}

/** Ours, with a timer that is run by hand. */
function track() {
  const vitals: Vital[] = [];
  const contexts: (object | undefined)[] = [];
  const timer = { now: 0, ms: 0, run: undefined as (() => void) | undefined };
  const tracker = trackWebSockets(
    (at, json, domainContext) => {
      const { vital } = JSON.parse(json);
      vitals.push({ at, name: vital.name, websocket: vital.websocket });
      contexts.push(domainContext);
    },
    () => 'id',
    (ms, run) => {
      Object.assign(timer, { ms, run });
      return () => {
        timer.run = undefined;
      };
    },
    () => timer.now,
  );
  return { ...tracker, vitals, contexts, timer };
}

/** The official SDK's, fed with the same signals. */
function official() {
  const vitals: Vital[] = [];
  const lifeCycle = new LifeCycle() as never as {
    subscribe(type: number, on: (event: never) => void): void;
  };
  lifeCycle.subscribe(RAW_EVENT_COLLECTED, ((event: {
    rawRumEvent: { vital: Vital };
    startClocks: { relative: number };
  }) => {
    const { vital } = JSON.parse(JSON.stringify(event.rawRumEvent));
    vitals.push({ at: event.startClocks.relative, name: vital.name, websocket: vital.websocket });
  }) as never);
  const observable = new Observable<never>();
  // Its own interval would run for as long as the test.
  const restore = replaceGlobals({ setInterval: () => 1 });
  const tracker = trackWebSocket(lifeCycle as never, observable as never);
  const clocks = (at: number) => ({ relative: at, timeStamp: DATE + Math.round(at) });
  const signal: SocketSignal = (instance, kind, time, first, second) => {
    const at = clocks(time);
    const states = ['connecting', 'open', 'message-in', 'message-out', 'closing', 'closed'];
    const { protocol, extensions, url } = instance;
    const event = {
      [CONNECTING]: { url, protocols: first, startClocks: at },
      [OPEN]: { openClocks: at, protocol, extensions },
      [MESSAGE_IN]: { size: first, at },
      [MESSAGE_OUT]: { size: first, bufferedAmountPreSend: second, at },
      [CLOSING]: { at },
      [CLOSED]: { ...(first as object), bufferedAmountAtClose: second, at },
    }[kind];
    observable.notify({ state: states[kind], instance, ...event } as never);
  };
  return {
    signal,
    vitals,
    end: (at: number, reason: string) =>
      tracker.flushOpenConnections(clocks(at) as never, reason as never),
    stop: () => {
      tracker.stop();
      restore();
    },
  };
}

/** Ids are random. */
const comparable = (vitals: Vital[]) =>
  vitals.map(({ at, name, websocket: { id, ...rest } }) => ({ at, name, ...rest }));

const step = fc.record({
  kind: fc.constantFrom(OPEN, MESSAGE_IN, MESSAGE_OUT, MESSAGE_IN, MESSAGE_OUT, CLOSING, CLOSED),
  wait: fc.double({ min: 0, max: 5000, noNaN: true }),
  bytes: fc.nat(1000),
  waiting: fc.nat(100),
});

test('the vitals are those of the official SDK, whatever sockets do', () => {
  const reasons = fc.constantFrom('session_end' as const, 'page_terminated' as const);
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), reasons, (steps, reason) => {
      const [ours, theirs] = [track(), official()];
      const socket = fakeSocket();
      let at = 100.5;
      const both: SocketSignal = (...args) => {
        ours.signal(...args);
        theirs.signal(...args);
      };
      both(socket, CONNECTING, at, ['a', 'b'], DATE + Math.round(at));
      for (const { kind, wait, bytes, waiting } of steps) {
        at += wait;
        const event = { code: 1000, reason: 'bye', wasClean: true };
        both(socket, kind, at, kind === CLOSED ? event : bytes, waiting);
      }
      at += 10;
      ours.end(at, reason);
      theirs.end(at, reason);
      theirs.stop();
      assert.deepEqual(comparable(ours.vitals), comparable(theirs.vitals));
    }),
  );
});

test('an open socket is reported every minute, with a new version of its snapshot', () => {
  const { signal, timer, vitals, contexts } = track();
  const socket = fakeSocket();
  signal(socket, CONNECTING, 0, [], DATE);
  assert.equal(timer.ms, 0);
  signal(socket, OPEN, 50);
  assert.equal(timer.ms, 60_000);
  signal(socket, MESSAGE_IN, 70, 9);
  timer.now = 60_050;
  timer.run?.();
  const [, open, report] = vitals;
  assert.equal(open?.websocket.snapshot_version, 1);
  assert.equal(report?.at, 60_050);
  assert.equal(report?.name, 'websocket_open');
  assert.equal(report?.websocket.snapshot_version, 2);
  assert.equal(report?.websocket.open_date, DATE + 50);
  const snapshot = report?.websocket.snapshot as { inbound: object } | undefined;
  assert.deepEqual(snapshot?.inbound, {
    message_count: 1,
    message_size_total: 9,
    message_size_max: 9,
    time_to_first_message: 20_000_000,
    longest_silence: 59_980_000_000,
  });
  assert.deepEqual(contexts, [{ webSocket: socket }, { webSocket: socket }, { webSocket: socket }]);
});

test('the timer runs as long as any socket is open', () => {
  const { signal, timer, end } = track();
  const [first, second] = [fakeSocket(), fakeSocket()];
  for (const socket of [first, second]) {
    signal(socket, CONNECTING, 0, [], DATE);
    signal(socket, OPEN, 1);
  }
  signal(first, CLOSING, 2);
  assert.ok(timer.run);
  end(3, 'session_end');
  assert.equal(timer.run, undefined);
});

test('a socket that is not open yet, or no longer, is not reported', () => {
  const { signal, timer, vitals, report } = track();
  const [first, second] = [fakeSocket(), fakeSocket()];
  signal(first, CONNECTING, 0, [], DATE);
  signal(second, CONNECTING, 0, [], DATE);
  signal(second, OPEN, 1);
  signal(second, CLOSING, 2);
  assert.equal(timer.run, undefined);
  const count = vitals.length;
  report(3);
  assert.equal(vitals.length, count);
});

test('a socket that asks for no protocol reports none', () => {
  const { signal, vitals } = track();
  signal(fakeSocket(), CONNECTING, 0, [], DATE);
  assert.equal('requested_protocols' in (vitals[0]?.websocket ?? {}), false);
});

test('after the end nothing of a socket is reported, and a new one is', () => {
  const { signal, vitals, end } = track();
  const socket = fakeSocket();
  signal(socket, CONNECTING, 0, [], DATE);
  signal(socket, OPEN, 1);
  end(2, 'session_end');
  signal(socket, MESSAGE_IN, 3, 1);
  signal(socket, CLOSED, 4, { code: 1000 }, 0);
  signal(fakeSocket(), CONNECTING, 5, [], DATE);
  const names = ['connecting', 'open', 'closed', 'connecting'].map((name) => `websocket_${name}`);
  assert.deepEqual(
    vitals.map(({ name }) => name),
    names,
  );
  assert.equal(vitals[2]?.websocket.tracking_end_reason, 'session_end');
});

test('the query of an address is never reported', () => {
  const { signal, vitals, end } = track();
  signal(fakeSocket(), CONNECTING, 0, [], DATE);
  end(1, 'page_terminated');
  for (const { websocket } of vitals) assert.equal(websocket.url, 'wss://shop.example/live');
});

/** A browser's socket, as far as the patch is concerned. */
class FakeWebSocket extends EventTarget {
  static readonly OPEN = 1;
  readyState = 0;
  bufferedAmount = 0;
  sent: unknown[] = [];
  constructor(
    public url: string,
    public protocols?: string | string[],
  ) {
    super();
    if (url === 'bad') throw new SyntaxError('bad');
  }
  send(data: unknown) {
    if (this.readyState === 0) throw new Error('InvalidStateError');
    this.sent.push(data);
    this.bufferedAmount += 5;
  }
  close() {
    this.readyState = 2;
  }
  open() {
    this.readyState = 1;
    this.dispatchEvent(new Event('open'));
  }
}

function watch(signal?: SocketSignal) {
  class Native extends FakeWebSocket {
    override send(data: unknown) {
      super.send(data);
    }
    override close() {
      super.close();
    }
  }
  const restore = replaceGlobals({ WebSocket: Native });
  const seen: unknown[][] = [];
  const failures: unknown[] = [];
  let now = 0;
  const keep: SocketSignal = (_, ...rest) => {
    seen.push(rest.filter((value) => value !== undefined));
  };
  const stop = watchWebSockets(
    signal ?? keep,
    (error) => failures.push(error),
    () => ++now,
  );
  const Patched = globalThis.WebSocket as unknown as typeof FakeWebSocket;
  return { Native, Patched, seen, failures, stop, restore };
}

test('all that a socket does is seen', () => {
  const { Patched, seen, restore } = watch();
  const protocols = ['a'];
  const socket = new Patched('wss://shop.example', protocols);
  protocols.push('b');
  assert.throws(() => socket.send('early'), /InvalidStateError/);
  socket.open();
  socket.dispatchEvent(new MessageEvent('message', { data: new ArrayBuffer(7) }));
  socket.send('h\u00e9\u{1f600}');
  socket.send(new Blob(['abc']));
  socket.send(new Uint16Array(2));
  socket.close();
  socket.close();
  socket.send('late');
  const closed = new Event('close');
  socket.dispatchEvent(closed);
  restore();
  const [connecting, ...rest] = seen;
  assert.deepEqual(connecting?.slice(0, 3), [CONNECTING, 1, ['a']]);
  assert.deepEqual(rest, [
    [OPEN, 2],
    [MESSAGE_IN, 3, 7],
    [MESSAGE_OUT, 4, 7, 0],
    [MESSAGE_OUT, 5, 3, 5],
    [MESSAGE_OUT, 6, 4, 10],
    [CLOSING, 7],
    [CLOSED, 8, closed, 20],
  ]);
  assert.equal(socket.sent.length, 4);
});

test('the patched constructor is as good as the native one', () => {
  const { Native, Patched, restore } = watch();
  class Own extends Patched {}
  const own = new Own('wss://shop.example');
  assert.ok(own instanceof Own && own instanceof Native && own instanceof Patched);
  assert.equal(new Patched('x').constructor, Patched);
  assert.equal(Patched.OPEN, 1);
  assert.equal(Patched.name, 'Native');
  assert.equal(Patched.length, Native.length);
  assert.throws(() => new Patched('bad'), SyntaxError);
  restore();
});

test('stopping undoes the patches, or lets through what others have patched since', () => {
  const { Native, Patched, seen, stop, restore } = watch();
  const socket = new Patched('wss://shop.example');
  const { send } = Native.prototype;
  const theirs = function (this: FakeWebSocket, data: unknown) {
    send.call(this, data);
  };
  Native.prototype.send = theirs;
  stop();
  assert.equal(globalThis.WebSocket as unknown, Native);
  assert.equal(Native.prototype.constructor, Native);
  assert.equal(Native.prototype.send, theirs);
  socket.open();
  socket.send('x');
  new Patched('wss://kept.example');
  restore();
  assert.equal(socket.sent.length, 1);
  assert.equal(seen.length, 1);
});

test('an error of ours never reaches the page', () => {
  const { Patched, failures, restore } = watch(() => {
    throw new Error('ours');
  });
  const socket = new Patched('wss://shop.example');
  socket.open();
  socket.send('x');
  socket.close();
  restore();
  assert.equal(socket.sent.length, 1);
  // What the fuse is told first is enough: the socket is not listened to.
  assert.equal(failures.length, 3);
});

test('a browser without sockets is left alone', () => {
  const restore = replaceGlobals({ WebSocket: undefined });
  const fail = () => assert.fail();
  watchWebSockets(fail, fail)();
  restore();
});
