/**
 * How the visitor came to the page: `context.ferrum.navigation`, of the `navigation` entry (web-vitals 6.2.3,
 * `lib/initMetric`); that of routes is in `soft-navigations.ts`.
 *
 * - `type`: `navigate`, `reload`, `back-forward`, `prerender`, `restore` (of a page that the browser had
 *   discarded) or `back-forward-cache`; absent where the browser gives zeros or times to come
 * - `id`: the browser's own, by which it joins its entries; absent where it has none. A page that
 *   came back keeps the one that it was loaded with
 */

import type { AnyEntry } from '../page/entries.ts';
import { navigationEntry } from './document.ts';
import { explain, type Part } from './view.ts';

export const explainNavigation: Part = (event) => {
  const { loading_type: type } = event.view;
  const entry = navigationEntry();
  if (type === 'bf_cache') {
    explain(event, 'navigation', { type: 'back-forward-cache', id: idOf(entry) });
  } else if (type === 'initial_load' && entry) {
    explain(event, 'navigation', { type: typeOf(entry), id: idOf(entry) });
  }
};

/** By which the browser joins its entries; absent in those that have none. */
function idOf(entry: AnyEntry | undefined): unknown {
  return entry?.navigationId || undefined;
}

function typeOf({ activationStart, type }: AnyEntry): string | undefined {
  if (activationStart > 0) return 'prerender';
  if ((document as { wasDiscarded?: boolean }).wasDiscarded) return 'restore';
  return type?.replace(/_/g, '-');
}
