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

export function install(flavor: Flavor): void {
  const { name, object } = flavor;
  const { warn, error } = console;
  const page = window as unknown as Record<string, Snippet | Ferrum | undefined>;
  const { q, version } = (page[object] || {}) as Snippet;
  if (version && !q) {
    // The official SDK takes over, and then both collect.
    warn(
      `${name}: SDK is loaded more than once. This is unsupported and might have unexpected behavior.`,
    );
    return;
  }
  // Browsers remember a module that failed to load: the other attempt has another address.
  const ferrum = createFerrum(
    (isRetry) => import(new URL(`ferrum-engine.js${isRetry ? '?retry' : ''}`, src).href),
    flavor,
  );
  page[object] = ferrum;
  q?.forEach((callback) => {
    try {
      callback();
    } catch (thrown) {
      error(`${name}: onReady callback threw an error:`, thrown);
    }
  });
}
