/** A browser of whatever make, as far as all of them can be steered. */

export interface Engine {
  /** A tab that is seen. */
  newTab(): Promise<Tab>;
  close(): Promise<void>;
}

export interface Tab {
  /** Resolves when the page has been loaded. */
  open(url: string): Promise<void>;
  /** Presses where the element is, as a user does. */
  click(selector: string): Promise<void>;
  /** A key that makes a character. */
  press(key: string): Promise<void>;
  /** Runs a function of its own in the page, which knows nothing but its arguments; waits for what it promises. */
  evaluate<Args extends unknown[], T>(
    work: (...args: Args) => T | Promise<T>,
    ...args: Args
  ): Promise<T>;
  /** By showing another tab, or as a window that is made an icon. */
  hide(): Promise<void>;
  show(): Promise<void>;
  close(): Promise<void>;
}

/** As an expression that promises what the function does. `tsx` has functions call `__name`. */
export function expression(work: (...args: never[]) => unknown, args: unknown[]): string {
  return `(async () => {
    const __name = (target) => target;
    return (${work})(${args.map((arg) => JSON.stringify(arg)).join()});
  })()`;
}
