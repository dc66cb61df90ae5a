/** The same function, except that it returns `undefined` where it would throw. */
export function guard<A extends unknown[], R>(run: (...args: A) => R) {
  return (...args: A): R | undefined => {
    try {
      return run(...args);
    } catch {}
  };
}
