/** Listeners that can be removed together, and whose errors end in the fuse. */

/** Listens on `target` until all ends; passively, in the capture phase unless told otherwise. */
export type Listen = <E extends Event>(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | null | undefined,
  types: string[],
  listener: (event: E) => void,
  options?: AddEventListenerOptions,
) => void;

export interface Listening {
  listen: Listen;
  /** The same function, except that an error ends in the fuse. For what the browser calls later. */
  guarded<A extends unknown[]>(run: (...args: A) => void): (...args: A) => void;
  /** Has this done at the end. */
  undo(revert: () => void): void;
  /** Removes the listeners. */
  stop(): void;
}

/** Synthetics tests mark their own (browser-core 7.16, `browser/addEventListener`). */
export function isTrusted(event: Event & { __ddIsTrusted?: boolean }): boolean {
  return event.isTrusted || !!event.__ddIsTrusted;
}

const CAPTURE = { capture: true, passive: true };

/** For what does not bubble: events of elements would come too. */
export const OWN: AddEventListenerOptions = { passive: true };

export function createListen(fail: (error: unknown) => void): Listening {
  const reverts: (() => void)[] = [];
  let isOver = false;
  // What a chunk begins that comes later ends at once.
  const undo = (revert: () => void) => void (isOver ? revert() : reverts.push(revert));
  const guarded: Listening['guarded'] =
    (run) =>
    (...args) => {
      try {
        run(...args);
      } catch (error) {
        fail(error);
      }
    };
  return {
    guarded,
    undo,
    listen(target, types, listener, options = CAPTURE) {
      const onEvent = guarded((event: Event) => listener(event as never));
      for (const type of types) {
        target?.addEventListener(type, onEvent, options);
        undo(() => target?.removeEventListener(type, onEvent, options));
      }
    },
    stop() {
      isOver = true;
      for (const revert of reverts.splice(0)) revert();
    },
  };
}
