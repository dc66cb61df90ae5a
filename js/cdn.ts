/**
 * The classic script: `window.ferrum`, with the queue of the async snippet
 * `window.ferrum = window.ferrum || { q: [], onReady(cb) { ferrum.q.push(cb) } }`. The engine lies
 * beside it.
 */

import { createFerrum } from './api.ts';
import type { Ferrum } from './types.ts';

interface Snippet {
  q?: (() => void)[];
  version?: string;
}

const page = window as unknown as { ferrum?: Snippet | Ferrum };
const src = (document.currentScript as HTMLScriptElement | null)?.src || document.baseURI;

/** Browsers remember a module that failed to load: the other attempt has another address. */
const ferrum = createFerrum(
  (isRetry) => import(new URL(`ferrum-engine.js${isRetry ? '?retry' : ''}`, src).href),
);

const { q, version } = (page.ferrum || {}) as Snippet;
page.ferrum = ferrum;
if (version && !q) {
  console.warn(
    'Ferrum: the SDK is loaded more than once. This is unsupported and might have unexpected behavior.',
  );
}
q?.forEach(ferrum.onReady);
