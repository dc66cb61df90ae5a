/** Functions of the page that are called through Ferrum: only what cannot be observed otherwise. */

import { guard } from './guard.ts';

/** May change the arguments, and returns what is done with the result. */
type Before<Self> = (self: Self, args: unknown[]) => ((result: never) => void) | unknown;

/**
 * The result undoes it; where somebody else has patched on top, it only becomes inert. A Proxy keeps
 * name, length, properties, and the text that says `[native code]`.
 */
export function patch<Self>(
  // biome-ignore lint/suspicious/noExplicitAny: of the page, with functions of any kind
  holder: any,
  name: string,
  before: Before<Self>,
): () => void {
  const native = holder[name];
  let isUndone = false;
  const patched = new Proxy(native, {
    apply(target, self, args) {
      const after = !isUndone && guard(before)(self, args);
      const result = Reflect.apply(target, self, args);
      guard(after as (result: unknown) => void)(result);
      return result;
    },
  });
  holder[name] = patched;
  return () => {
    isUndone = true;
    if (holder[name] === patched) holder[name] = native;
  };
}
