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

const src = (document.currentScript as HTMLScriptElement | null)?.src || document.baseURI;

/** `name` is what messages begin with, `object` the global. */
export function install(name: string, object: string): void {
  const page = window as unknown as Record<string, Snippet | Ferrum | undefined>;
  const { q, version } = (page[object] || {}) as Snippet;
  if (version && !q) {
    // The official SDK takes over, and then both collect.
    console.warn(`${name}: the SDK is loaded more than once. The first one stays.`);
    return;
  }
  // Browsers remember a module that failed to load: the other attempt has another address.
  const ferrum = createFerrum(
    (isRetry) => import(new URL(`ferrum-engine.js${isRetry ? '?retry' : ''}`, src).href),
    { name, object },
  );
  page[object] = ferrum;
  q?.forEach(ferrum.onReady);
}
