/**
 * A classic script: puts the API where the queue of the async snippet was,
 * `window.ferrum = window.ferrum || { q: [], onReady(cb) { ferrum.q.push(cb) } }`. The engine lies
 * beside the script.
 */

import { createFerrum, type Flavor } from './api.ts';
import type { Ferrum } from './types.ts';

interface Snippet {
  q?: (() => void)[];
  version?: string;
}

const src = (document.currentScript as HTMLScriptElement | null)?.src || document.baseURI;

/** What lies beside the script. */
const load = (file: string) => import(new URL(`ferrum-${file}`, src).href);

export function install(flavor: Flavor): void {
  const { object } = flavor;
  // With the console of now: few pages need the words.
  const shim = { ...console, ...flavor };
  const complain = (...thrown: unknown[]) =>
    load('exceptions.js')
      .then((exceptions) => exceptions.complain(shim, ...thrown))
      .catch(() => {});
  const page = window as unknown as Record<string, Snippet | Ferrum | undefined>;
  const { q, version } = (page[object] || {}) as Snippet;
  // The official SDK takes over, and then both collect.
  if (version && !q) return void complain();
  // Browsers remember a module that failed to load: the other attempt has another address.
  page[object] = createFerrum((isRetry) => load(`engine.js${isRetry ? '?retry' : ''}`), flavor);
  q?.forEach((callback) => {
    try {
      callback();
    } catch (thrown) {
      complain(thrown);
    }
  });
}
