/**
 * Signs that the page is at work, for as long as the engine waits for them: page activity as in
 * browser-rum-core 7.16, `domain/waitPageActivityEnd`.
 */

import type { note as noteInput } from './input.ts';
import { PAGE_ACTIVITY } from './kinds.ts';
import { type Listening, OWN } from './listen.ts';

/** Has the engine told. */
export type Note = typeof noteInput;

/** Never throws. */
export type UrlTest = (url: string) => boolean;

export interface ActivityOptions {
  /** Of the page: `excludedActivityUrls`. */
  excludedUrls?: UrlTest[] | undefined;
  /** Whether `window.open` is patched. Without it, the focus that a new window takes away tells. */
  patchesOpen?: boolean | undefined;
}

export interface ActivityObserver {
  /** Observes from now on, or no longer. */
  observe(isOn: boolean): void;
  /** Observes the shadow trees on the way of an event too, which the document's observer cannot see. */
  reach(path: EventTarget[]): void;
  /** Whether requests to this address are no activity: the page's wish, or an intake's address. */
  isExcluded(url: string): boolean;
  /** Observes no more and undoes the patch. */
  stop(): void;
}

const EXCLUDED = '[data-dd-excluded-activity-mutations]';
const MUTATIONS = { attributes: true, characterData: true, childList: true, subtree: true };
/** Requests of an SDK of Datadog's, Ferrum included; proxies keep the names. */
export const INTAKE = /ddsource.*dd-api-key.*dd-request-id/;

export function observeActivity(
  { listen, guarded }: Listening,
  note: Note,
  { excludedUrls = [], patchesOpen }: ActivityOptions = {},
): ActivityObserver {
  let isOn = false;
  const tell = () => {
    // A mutation, a resource, an opened window: all the same to the engine.
    if (isOn) note(PAGE_ACTIVITY);
  };
  const isExcluded = (url: string) =>
    INTAKE.test(url) || excludedUrls.some((isLike) => isLike(url));
  const mutations = new (nativeMutationObserver())(
    guarded((records: MutationRecord[]) => {
      if (!records.every(isExcludedMutation)) tell();
    }),
  );
  const resources = new PerformanceObserver(
    guarded((list: PerformanceObserverEntryList) => {
      if (list.getEntries().some(({ name }) => !isExcluded(name))) tell();
    }),
  );
  const observe = (wanted: boolean) => {
    if (isOn === wanted) return;
    isOn = wanted;
    if (isOn) {
      mutations.observe(document, MUTATIONS);
      resources.observe({ type: 'resource' });
    } else {
      mutations.disconnect();
      resources.disconnect();
    }
  };
  // A new tab, a file dialog: better than to call the click dead.
  listen(window, ['blur'], tell, OWN);
  const unpatch = patchesOpen && patchOpen(guarded(tell));
  return {
    observe,
    reach(path) {
      for (const node of path) {
        if (isOn && node instanceof ShadowRoot) mutations.observe(node, MUTATIONS);
      }
    },
    isExcluded,
    stop() {
      observe(false);
      if (unpatch) unpatch();
    },
  };
}

function isExcludedMutation({ target }: MutationRecord): boolean {
  return !!(target instanceof Element ? target : target.parentElement)?.closest(EXCLUDED);
}

/** Zone.js runs Angular for each call of its own (https://github.com/angular/angular/issues/26948). */
function nativeMutationObserver(): typeof MutationObserver {
  const page = window as { __zone_symbol__MutationObserver?: typeof MutationObserver };
  return page.__zone_symbol__MutationObserver ?? MutationObserver;
}

/** Another patch may have come on top: ours then stays below it, and does nothing any more. */
function patchOpen(tell: () => void): () => void {
  const native = window.open;
  const patched: typeof window.open = function (this: unknown, ...args) {
    tell();
    return native.apply(this as Window, args);
  };
  window.open = patched;
  return () => {
    if (window.open === patched) window.open = native;
  };
}
