/**
 * A classic script: puts the API where the queue of the async snippet was,
 * `window.ferrum = window.ferrum || { q: [], onReady(cb) { ferrum.q.push(cb) } }`. The engine lies
 * beside the script.
 */

import { createFerrum } from './api.ts';
import type { Ferrum } from './types.ts';

interface Snippet {
  q?: (() => void)[];
  version?: string;
}

const NAME = IS_DROP_IN ? 'DD_RUM' : 'ferrum';

const src = (document.currentScript as HTMLScriptElement | null)?.src || document.baseURI;

/** What lies beside the script. */
const load = (file: string) => import(new URL(`ferrum-${file}`, src).href);

// With the console of now: few pages need the words.
const shim = { ...console, ...(IS_DROP_IN && { isDropIn: true }) };
const complain = (...thrown: unknown[]) =>
  load('exceptions.js')
    .then((exceptions) => exceptions.complain(shim, ...thrown))
    .catch(() => {});

const page = window as unknown as Record<string, Snippet | Ferrum | undefined>;
const { q, version } = (page[NAME] || {}) as Snippet;
// The official SDK takes over, and then both collect.
if (version && !q) complain();
else {
  // Browsers remember a module that failed to load: the other attempt has another address.
  page[NAME] = createFerrum((isRetry) => load(`engine.js${isRetry ? '?retry' : ''}`));
  q?.forEach((callback) => {
    try {
      callback();
    } catch (thrown) {
      complain(thrown);
    }
  });
}
