/** Watches the sockets that the page opens from now on, by patching `WebSocket`. */

export const CONNECTING = 0;
export const OPEN = 1;
export const MESSAGE_IN = 2;
export const MESSAGE_OUT = 3;
export const CLOSING = 4;
export const CLOSED = 5;

/**
 * What happened to `socket` at `at`, ms since the time origin. `CONNECTING` brings the protocols asked
 * for and the date in epoch ms; messages bring their bytes, and those sent also the bytes that waited
 * before; `CLOSED` brings its event and the bytes still waiting.
 */
export type SocketSignal = (
  socket: WebSocket,
  kind: number,
  at: number,
  first?: unknown,
  second?: number,
) => void;

/** Returns what undoes it. An error of `signal` never reaches the page; it goes to `fail`. */
export function watchWebSockets(
  signal: SocketSignal,
  fail: (error: unknown) => void,
  now = () => performance.now(),
): () => void {
  const native = globalThis.WebSocket;
  if (!native) return () => {};
  const { prototype } = native;
  const { send, close } = prototype;
  let isStopped = false;

  const watch = (work: () => void): void => {
    if (isStopped) return;
    try {
      work();
    } catch (error) {
      fail(error);
    }
  };

  const onConnecting = (socket: WebSocket, protocols: unknown, at: number): void => {
    // A copy: the page may go on with its list.
    signal(socket, CONNECTING, at, [protocols ?? []].flat(), Date.now());
    const on = <E extends Event>(type: string, work: (event: E) => void) =>
      socket.addEventListener(type, (event) => watch(() => work(event as E)));
    on('open', () => signal(socket, OPEN, now()));
    on<MessageEvent>('message', ({ data }) => signal(socket, MESSAGE_IN, now(), sizeOf(data)));
    on('close', (event) => signal(socket, CLOSED, now(), event, socket.bufferedAmount));
  };

  // A proxy, so that `instanceof`, the constants and subclasses go on as before.
  const Patched: typeof WebSocket = new Proxy(native, {
    construct(target, args, newTarget) {
      const at = now();
      const socket = Reflect.construct(target, args, newTarget === Patched ? target : newTarget);
      watch(() => onConnecting(socket, args[1], at));
      return socket;
    },
  });

  const patchedSend: typeof send = function (this: WebSocket, data) {
    let waiting: number | undefined;
    watch(() => {
      // In any other state nothing is sent, or it throws.
      if (this.readyState === OPEN) waiting = this.bufferedAmount;
    });
    send.call(this, data);
    if (waiting !== undefined) {
      watch(() => signal(this, MESSAGE_OUT, now(), sizeOf(data), waiting));
    }
  };

  const patchedClose: typeof close = function (this: WebSocket, ...args) {
    let isClosing = false;
    watch(() => {
      isClosing = this.readyState < 2;
    });
    close.apply(this, args);
    if (isClosing) watch(() => signal(this, CLOSING, now()));
  };

  const undo = [
    patch(globalThis, 'WebSocket', Patched),
    patch(prototype as { constructor: unknown }, 'constructor', Patched),
    patch(prototype, 'send', patchedSend),
    patch(prototype, 'close', patchedClose),
  ];
  return () => {
    isStopped = true;
    for (const revert of undo) revert();
  };
}

/** Undoing it leaves alone what somebody else has patched since. */
function patch<T, K extends keyof T>(holder: T, key: K, value: T[K]): () => void {
  const before = holder[key];
  const set = (wanted: T[K]) => {
    try {
      holder[key] = wanted;
    } catch {
      // Frozen by the page.
    }
  };
  set(value);
  return () => {
    if (holder[key] === value) set(before);
  };
}

/** Bytes. */
function sizeOf(data: unknown): number {
  if (typeof data !== 'string') {
    const { byteLength, size } = (data ?? {}) as { byteLength?: number; size?: number };
    return byteLength ?? size ?? 0;
  }
  return /[\u0080-\uffff]/.test(data) ? new TextEncoder().encode(data).length : data.length;
}
