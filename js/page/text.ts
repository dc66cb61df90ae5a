/** The text of an element as people see it (browser-rum-core 7.16, `getTextualContent`). */

import { inclusiveAncestors } from './ancestors.ts';
import { inherit, isMasked, type PrivacyLevel, privacyLevel } from './privacy.ts';

export interface NameOptions {
  actionNameAttribute?: string | undefined;
  defaultPrivacyLevel: PrivacyLevel;
  enablePrivacyForActionName: boolean;
}

/** Characters of a name; longer ones end in ` [...]`. */
export const NAME_LIMIT = 100;

/**
 * No more is read, or a click on the background would read the page: what is in the name, what makes
 * it too long, and a space on either side.
 */
const ENOUGH = NAME_LIMIT + 4;

/** Those begin on a line of their own. */
const BLOCK = /^(block|flex|grid|list-item|table|table-caption)$/;

/** Attributes that name an element on purpose, for actions. */
export function nameAttributes({ actionNameAttribute = '' }: NameOptions): string[] {
  return ['data-dd-action-name', actionNameAttribute];
}

export function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** At most `limit` characters, or one more: the two halves of a character stay together. */
export function cut(text: string, limit: number): string {
  return text.slice(0, limit + +/[\uD800-\uDBFF]/.test(text.charAt(limit - 1)));
}

/** Empty for what is no element: components have `labels` and `options` of their own kinds. */
export function visibleText(
  element: unknown,
  options: NameOptions,
  line = element instanceof Element ? inclusiveAncestors(element) : [],
): string {
  const [root] = line as HTMLElement[];
  if (!root?.textContent?.trim() || root.isContentEditable) return '';
  const names = nameAttributes(options);
  let text = '';
  const read = (parent: Node, above: PrivacyLevel) => {
    for (const node of parent.childNodes) {
      if (text.length > ENOUGH) return;
      const isElement = node instanceof Element;
      const level = isElement ? inherit(above, node) : above;
      if (options.enablePrivacyForActionName && isMasked(node, level)) continue;
      if (isElement) {
        const display = displayOf(node);
        if (display === 'none' || names.some((name) => node.hasAttribute(name))) continue;
        if (/^(BR|P)$/.test(node.nodeName) || BLOCK.test(display)) text = squeeze(`${text} `);
        read(node, level);
      } else if (node.nodeType === Node.TEXT_NODE) {
        text = squeeze(text + node.nodeValue);
      }
    }
  };
  read(root, privacyLevel(line, options.defaultPrivacyLevel));
  return text;
}

/**
 * `none` for what cannot be seen. What was taken out of the document has no style any more; it was
 * seen when it was clicked.
 */
function displayOf(element: Element): string {
  if (!element.isConnected) return '';
  const { display, visibility, contentVisibility = 'visible' } = getComputedStyle(element);
  return visibility === 'visible' && contentVisibility === 'visible' ? display : 'none';
}
