/** Changes of the address where the browser has no Navigation API, and tells only of going back. */

import type { Listening } from '../page/listen.ts';
import type { Look } from '../page/routes.ts';
import { patch } from '../patch.ts';

/** After which the page may well have another address. */
const GESTURES = ['click', 'keydown', 'pointerup'];

/** `look` finds a change, when it is called; it is the result, for whoever cannot wait. */
export function watchHistory(
  { listen, guarded, undo }: Listening,
  look: Look,
  isPatched: boolean | undefined,
): Look {
  const lookLater = guarded(look);
  if (!isPatched) listen(window, GESTURES, () => setTimeout(lookLater));
  else {
    for (const method of ['pushState', 'replaceState'] as const) {
      // Where others have patched it already (browser-rum-core 7.16, `locationChangeObservable`).
      const holder = Object.hasOwn(history, method) ? history : History.prototype;
      undo(patch(holder, method, () => lookLater));
    }
  }
  return look;
}
