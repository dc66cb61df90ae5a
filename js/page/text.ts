/** The text of an element as people see it (browser-rum-core 7.16, `getTextualContent`). */

import { inherit, isMasked, type PrivacyLevel, privacyLevel } from './privacy.ts';
import { nameAttributes } from './selector.ts';

/** Characters of a name; longer ones end in ` [...]`. */
export const NAME_LIMIT = 100;

/**
 * No more is read, or a click on the background would read the page: what is in the name, what makes
 * it too long, and a space on either side.
 */
const ENOUGH = NAME_LIMIT + 4;

/** Those begin on a line of their own. */
const BLOCK = /^(block|flex|grid|list-item|table|table-caption)$/;

export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** At most `limit` characters, or one more: the two halves of a character stay together. */
export function cut(text: string, limit: number): string {
  return text.slice(0, limit + +/[\uD800-\uDBFF]/.test(text.charAt(limit - 1)));
}

/** Of the first element of `line`, which its ancestors follow. */
export function visibleText(line: Element[], fallback: PrivacyLevel): string {
  const [root] = line as HTMLElement[];
  // Cheaper than all that follows; most pictures and fields have no text at all.
  if (!root?.textContent?.trim() || root.isContentEditable) return '';
  let text = '';
  const add = (more: string) => {
    text = squeeze(text + more);
  };
  const read = (parent: Node, above: PrivacyLevel) => {
    for (const node of parent.childNodes) {
      if (text.length > ENOUGH) return;
      if (node instanceof Text) {
        if (!isMasked(node, above)) add(node.data);
      } else if (node instanceof Element) {
        const level = inherit(above, node);
        const display = isMasked(node, level) ? 'none' : displayOf(node);
        if (display === 'none') continue;
        if (BLOCK.test(display) || /^(BR|P)$/.test(node.tagName)) add(' ');
        read(node, level);
      }
    }
  };
  read(root, privacyLevel(line, fallback));
  return text;
}

/**
 * `none` for what cannot be seen, or has a name of its own. What was taken out of the document has no
 * style any more; it was seen when it was clicked.
 */
function displayOf(element: Element): string {
  if (nameAttributes.some((name) => element.hasAttribute(name))) return 'none';
  if (!element.isConnected) return '';
  const { display, visibility, contentVisibility = 'visible' } = getComputedStyle(element);
  return visibility === 'visible' && contentVisibility === 'visible' ? display : 'none';
}
