/** Functions of the page that are called through Ferrum: only what cannot be observed otherwise. */

import { guard } from './guard.ts';

/** May change the arguments, and returns what is done with the result. */
type Before<Self> = (self: Self, args: unknown[]) => ((result: never) => void) | unknown;

/**
 * The result undoes it; where somebody else has patched on top, it only becomes inert. A Proxy keeps
 * name, length, properties, and the text that says `[native code]`.
 */
export function patch<Self>(holder: object, name: string, before: Before<Self>): () => void {
  const functions = holder as Record<string, (...args: unknown[]) => unknown>;
  const native = functions[name] as (...args: unknown[]) => unknown;
  let run: Before<Self> | undefined = before;
  const patched = new Proxy(native, {
    apply(target, self, args) {
      const after = run && guard(run)(self, args);
      const result = Reflect.apply(target, self, args);
      if (after) guard(after as (result: unknown) => void)(result);
      return result;
    },
  });
  functions[name] = patched;
  return () => {
    run = undefined;
    if (functions[name] === patched) functions[name] = native;
  };
}
