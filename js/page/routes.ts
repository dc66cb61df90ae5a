/** Changes of the address, without a patch where the browser has the Navigation API. */

import { input } from './input.ts';
import { ADDRESS } from './kinds.ts';
import type { Listening } from './listen.ts';
import type { PageObserver } from './observe.ts';

export function observeRoutes({ listen }: Listening, page: PageObserver): void {
  let known = location.href;
  const onChange = () => {
    if (location.href === known) return;
    known = location.href;
    // What happened on the page before is its own; resources know their time.
    page.settle();
    input(ADDRESS, undefined, [isAnchor(location.hash)], [known]);
  };
  // https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-api
  const { navigation } = window as { navigation?: EventTarget };
  listen(navigation, ['currententrychange'], onChange);
  listen(window, ['popstate', 'hashchange'], onChange);
}

function isAnchor(hash: string): boolean {
  return hash !== '' && document.getElementById(hash.slice(1)) !== null;
}
