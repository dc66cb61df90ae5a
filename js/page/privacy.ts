/**
 * How much may be said about an element: Datadog's privacy levels (browser-rum-core 7.16,
 * `domain/privacy`). Left out are BASE, LINK and META, which have no text and which nobody clicks.
 */

/** What a page can ask for; of several marks on one element the first counts. */
const MARKS = ['hidden', 'mask', 'mask-unless-allowlisted', 'mask-user-input', 'allow'] as const;

/** `off`: nothing is looked at, everything may be said. */
export type PrivacyLevel = (typeof MARKS)[number] | 'ignore' | 'off';

export interface PrivacyOptions {
  defaultPrivacyLevel: PrivacyLevel;
  enablePrivacyForActionName: boolean;
}

/** Whatever the page says about them: what is typed there is secret. */
const SECRET = /^((password|email|tel|hidden) |\S+ cc-|.*-password$)/s;

/** What people fill in. */
const FIELD =
  /^(OUTPUT|TEXTAREA|SELECT|OPTION|DATALIST|OPTGROUP|INPUT(?! (button|color|reset|submit)$)) /;

/** Of the first element of `line`, which its ancestors follow. `fallback` is that of the page. */
export function privacyLevel(line: Element[], fallback: PrivacyLevel): PrivacyLevel {
  return line.reduceRight(inherit, fallback);
}

/** The level of a child of what has level `above`. */
export function inherit(above: PrivacyLevel, element: Element): PrivacyLevel {
  return /hidden|ignore|off/.test(above) ? above : (ownLevel(element) ?? above);
}

function ownLevel(element: Element): PrivacyLevel | undefined {
  const { tagName, type } = element as HTMLInputElement;
  if (tagName === 'INPUT' && SECRET.test(`${type} ${element.getAttribute('autocomplete')}`))
    return 'mask';
  const mark = element.getAttribute('data-dd-privacy');
  const own = MARKS.find(
    (level) => level === mark || element.classList.contains(`dd-privacy-${level}`),
  );
  return own ?? (tagName === 'SCRIPT' ? 'ignore' : undefined);
}

/** Whether a text or an element of that level is to be left out. */
export function isMasked(node: Node, level: PrivacyLevel): boolean {
  const text = node instanceof Text && node.data;
  const { nodeName, type } = (text === false ? node : node.parentNode) as HTMLInputElement;
  return (
    /^(mask|hidden|ignore)$/.test(level) ||
    (level.includes('-') && FIELD.test(`${nodeName} ${type}`)) ||
    (level === 'mask-unless-allowlisted' &&
      (text === false ? nodeName === 'CANVAS' : !isAllowed(text)))
  );
}

/** `$DD_ALLOW`: the texts of the page's own source, in lower case, gathered by Datadog's build plugins. */
export function isAllowed(text: string): boolean {
  const { $DD_ALLOW } = window as { $DD_ALLOW?: Set<string> };
  return !text.trim() || !!$DD_ALLOW?.has(text.toLocaleLowerCase());
}
