/**
 * What an event says about the element that was clicked. May be asked for later than the click, but
 * names are those of that time only while the page has not changed: ask soon.
 */

import { guard } from '../guard.ts';
import { type ActionName, actionName } from './action-name.ts';
import { inclusiveAncestors } from './ancestors.ts';
import { composedPathSelector } from './composed-path.ts';
import { type PrivacyOptions, privacyLevel } from './privacy.ts';
import { selectorOf } from './selector.ts';

export interface Target extends ActionName {
  /** Empty when the element has left the document. */
  selector: string;
  /** Empty when there was no path. */
  composedPathSelector: string;
  /** CSS pixels, rounded. */
  width: number;
  height: number;
  /** Of the viewport, not rounded: where in the element the click was is `clientX - left`. */
  left: number;
  top: number;
}

/**
 * `target` is `path[0]` (the event's own target may be the host of what was clicked), `path` the
 * event's `composedPath()` while it was dispatched. `undefined` when nothing may be said about the
 * element, or it turns out to be none.
 */
export const describeTarget = guard(
  (target: Element, path: EventTarget[], options: PrivacyOptions): Target | undefined => {
    const line = lineOf(target, path);
    const fallback = options.enablePrivacyForActionName ? options.defaultPrivacyLevel : 'off';
    if (privacyLevel(line, fallback) === 'hidden') return undefined;
    const { width, height, left, top } = target.getBoundingClientRect();
    return {
      name: '',
      nameSource: 'blank',
      // Pages can make elements throw: what is known then is said.
      ...guard(actionName)(line, fallback),
      selector: guard(selectorOf)(target) ?? '',
      composedPathSelector: guard(composedPathSelector)(path) ?? '',
      width: Math.round(width),
      height: Math.round(height),
      left,
      top,
    };
  },
);

/** Out of the document, an element has no more ancestors than the event has seen. */
function lineOf(target: Element, path: EventTarget[]): Element[] {
  const seen = path.filter((node) => node instanceof Element);
  return target.isConnected || !seen[0] ? inclusiveAncestors(target) : seen;
}

/**
 * What not to take for frustration here: 1 for rage, 2 for dead, 4 for error clicks, added up
 * (browser-rum-core 7.16, `frustrationIgnore`).
 */
export const ignoredFrustrations = guard((target: Element, path: EventTarget[]): number => {
  const words = lineOf(target, path).flatMap(
    (element) => element.getAttribute('data-dd-ignore-frustration')?.trim().split(/\s+/) ?? 'none',
  );
  const has = (word: string) => +words.includes(word);
  if (has('') || has('all')) return 7;
  return has('rage-click') + 2 * has('dead-click') + 4 * has('error-click');
});
