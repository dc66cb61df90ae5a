/** All that is known of an element's place, for finding it again (browser-rum-core 7.16, `getComposedPathSelector`). */

import { byId, classes, nthOfType, pair, siblings, stableAttributes, tag } from './selector.ts';
import { cut } from './text.ts';

/** Characters. */
const LIMIT = 2048;

/** Attributes that say nothing personal. */
const SAFE =
  /^(role|type|disabled|readonly|tabindex|draggable|target|rel|download|method|action|enctype|autocomplete)$/;

/** `path` is that of the event, while it was dispatched. */
export function composedPathSelector(path: EventTarget[]): string {
  let selector = '';
  for (const element of path) {
    if (element instanceof Element && !/^(HTML|BODY)$/.test(element.tagName))
      selector += part(element);
    if (selector.length > LIMIT) break;
  }
  return cut(selector, LIMIT);
}

function part(element: Element): string {
  const attributes = [...element.attributes]
    .filter(({ name }) => SAFE.test(name) || stableAttributes.includes(name))
    .map(({ name, value }) => pair(name, value));
  return [
    tag(element),
    byId(element),
    ...attributes.sort(),
    ...classes(element)
      .sort()
      .map((name) => `.${CSS.escape(name)}`),
    place(element),
    ';',
  ].join('');
}

/** Among its siblings, when it has any. */
function place(element: Element): string {
  const family = siblings(element);
  const at = family.indexOf(element) + 1;
  return family.length > 1 ? `:nth-child(${at})${nthOfType(element, family)}` : '';
}
