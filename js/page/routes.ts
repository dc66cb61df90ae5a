/**
 * Changes of the address. Without a patch where the browser has the Navigation API
 * (https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api), which Firefox before
 * 147 and Safari before 26.2 have not: there `exceptions/history.ts` helps.
 */

import type { watchHistory } from '../exceptions/history.ts';
import type { LoadExceptions } from '../exceptions.ts';
import { input } from './input.ts';
import { ADDRESS } from './kinds.ts';
import type { Listening } from './listen.ts';
import type { PageObserver } from './observe.ts';

const { navigation } = globalThis as { navigation?: EventTarget };

/** Tells the engine when the address has changed, and whether it has. */
export type Look = () => boolean;

let watch: typeof watchHistory | undefined;

/** To be awaited before routes are observed. */
export async function prepareRoutes(load: LoadExceptions): Promise<void> {
  if (!navigation) watch = (await load()).watchHistory;
}

/**
 * Where nothing tells of changes the result looks whether there was one: for whoever tells the engine
 * what belongs to a view. `patchesHistory` says whether the page's functions may be patched there.
 */
export function observeRoutes(
  listening: Listening,
  page: Pick<PageObserver, 'settle'>,
  patchesHistory: boolean | undefined,
): Look | undefined {
  let known = location.href;
  const look = () => {
    if (location.href === known) return false;
    known = location.href;
    // What happened on the page before is its own; resources know their time.
    page.settle();
    input(ADDRESS, undefined, [isAnchor(location.hash)], [known]);
    return true;
  };
  listening.listen(navigation, ['currententrychange'], look);
  listening.listen(window, ['popstate', 'hashchange'], look);
  return watch?.(listening, look, patchesHistory);
}

function isAnchor(hash: string): boolean {
  return !!document.getElementById(hash.slice(1));
}
