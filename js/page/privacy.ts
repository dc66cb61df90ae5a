/**
 * How much may be said about an element: Datadog's privacy levels (browser-rum-core 7.16,
 * `domain/privacy`). Left out are BASE, LINK and META, which have no text and which nobody clicks.
 */

export type PrivacyLevel =
  | 'allow'
  | 'mask'
  | 'mask-user-input'
  | 'mask-unless-allowlisted'
  | 'hidden'
  | 'ignore';

/** What a page can ask for; of several marks on one element the first counts. */
const MARKS = ['hidden', 'mask', 'mask-unless-allowlisted', 'mask-user-input', 'allow'] as const;

/** Of the first element of `line`, which its ancestors follow. */
export function privacyLevel(line: Element[], fallback: PrivacyLevel): PrivacyLevel {
  return line.reduceRight(inherit, fallback);
}

/** The level of a child of what has level `above`. */
export function inherit(above: PrivacyLevel, element: Element): PrivacyLevel {
  return above === 'hidden' || above === 'ignore' ? above : (ownLevel(element) ?? above);
}

function ownLevel(element: Element): PrivacyLevel | undefined {
  if (isSecret(element)) return 'mask';
  const attribute = element.getAttribute('data-dd-privacy');
  const own = MARKS.find(
    (level) => attribute === level || element.classList.contains(`dd-privacy-${level}`),
  );
  return own ?? (element.tagName === 'SCRIPT' ? 'ignore' : undefined);
}

/** Whatever the page says about it. */
function isSecret(element: Element): boolean {
  return (
    element.tagName === 'INPUT' &&
    (/^(password|email|tel|hidden)$/.test((element as HTMLInputElement).type) ||
      /^cc-|-password$/.test(element.getAttribute('autocomplete') ?? ''))
  );
}

/** Whether a text or an element of that level is to be left out. */
export function isMasked(node: Node, level: PrivacyLevel): boolean {
  if (level === 'allow') return false;
  if (!level.startsWith('mask-')) return true;
  const text = node.nodeType === Node.TEXT_NODE && (node.nodeValue as string);
  return (
    isField(text === false ? node : node.parentNode) ||
    (level === 'mask-unless-allowlisted' &&
      (text === false ? node.nodeName === 'CANVAS' : !isAllowed(text)))
  );
}

/** What people fill in. */
function isField(node: Node | null): boolean {
  const { nodeName, type } = node as HTMLInputElement;
  return nodeName === 'INPUT'
    ? !/^(button|color|reset|submit)$/.test(type)
    : /^(OUTPUT|TEXTAREA|SELECT|OPTION|DATALIST|OPTGROUP)$/.test(nodeName);
}

/** `$DD_ALLOW`: the texts of the page's own source, in lower case, gathered by Datadog's build plugins. */
export function isAllowed(text: string): boolean {
  const { $DD_ALLOW } = window as { $DD_ALLOW?: Set<string> };
  return !text.trim() || !!$DD_ALLOW?.has(text.toLocaleLowerCase());
}
