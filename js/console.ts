import type { ShimStart } from './engine-contract.ts';

/** Messages for the developers of the page. This is the engine's side. */
export function createDisplay({
  isDropIn,
  warn,
  error,
}: Pick<ShimStart, 'isDropIn' | 'warn' | 'error'>) {
  const name = isDropIn ? 'Datadog Browser SDK' : 'Ferrum';
  const prefixed =
    (print: typeof warn) =>
    (message: string, ...details: unknown[]): void =>
      // A console of the page's own may lack it.
      print?.(`${name}: ${message}`, ...details);
  return { warn: prefixed(warn), error: prefixed(error) };
}
