import { createDisplay } from '../console.ts';
import type { ShimStart } from '../engine-contract.ts';

/** Says what a callback of the snippet has `thrown`; without that, that there is a second script. */
export function complain(
  shim: Pick<ShimStart, 'isDropIn' | 'warn' | 'error'>,
  ...thrown: unknown[]
): void {
  const display = createDisplay(shim);
  if (thrown.length > 0) display.error('onReady callback threw an error:', ...thrown);
  else
    display.warn(
      'SDK is loaded more than once. This is unsupported and might have unexpected behavior.',
    );
}
