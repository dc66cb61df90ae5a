/** The options of `init` as the engine validates them. This is the engine's side. */

import type { InitConfiguration } from './types.ts';

/** A function is `{"function":true}`, a RegExp `{"regexp":"its source"}`. Throws for a cycle. */
export function configurationJson(options: InitConfiguration): string {
  return JSON.stringify(options, (_, value) =>
    typeof value === 'function'
      ? { function: true }
      : value instanceof RegExp
        ? { regexp: value.source }
        : // Where JSON would need an exponent, which the engine does not read.
          typeof value === 'number' && Math.abs(value) < 1e-6
          ? 0
          : value,
  );
}
