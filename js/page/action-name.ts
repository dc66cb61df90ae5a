/** What a clicked element is called: Datadog's rules (browser-rum-core 7.16, `getActionNameFromElement`). */

import { inclusiveAncestors } from './ancestors.ts';
import { isAllowed, type PrivacyLevel, privacyLevel } from './privacy.ts';
import { nameAttributes } from './selector.ts';
import { cut, NAME_LIMIT, squeeze, visibleText } from './text.ts';

export interface ActionName {
  name: string;
  nameSource:
    | 'custom_attribute'
    | 'mask_placeholder'
    | 'text_content'
    | 'standard_attribute'
    | 'blank';
}

type Candidates = Generator<[name: string | null | undefined, source?: ActionName['nameSource']]>;

const PLACEHOLDER = 'Masked Element';

/** Above the target; a name from further away hardly means it. */
const MAX_PARENTS = 10;

/** Of the first element of `line`, which its ancestors follow. `fallback` is the page's privacy level. */
export function actionName(line: Element[], fallback: PrivacyLevel): ActionName | undefined {
  for (const [text, nameSource = 'text_content'] of candidates(line, fallback)) {
    const name = squeeze(text ?? '').trim();
    if (name) {
      return {
        name: name.length > NAME_LIMIT ? `${cut(name, NAME_LIMIT)} [...]` : name,
        nameSource,
      };
    }
  }
  return undefined;
}

/** The best first; what comes after a good one is never looked for. */
function* candidates(line: Element[], fallback: PrivacyLevel): Candidates {
  for (const attribute of nameAttributes) {
    const nearest = line.find((element) => element.hasAttribute(attribute));
    yield [nearest?.getAttribute(attribute), 'custom_attribute'];
  }
  if (privacyLevel(line, fallback) === 'mask') yield [PLACEHOLDER, 'mask_placeholder'];
  const near = nearby(line);
  for (const part of near) yield* likely(part, fallback);
  for (const part of near) yield [visibleText(part, fallback)];
}

/** The lines of the element and of the ancestors that may name it; a form is the furthest. */
function nearby(line: Element[]): Element[][] {
  const near: Element[][] = [];
  for (const { tagName } of line.slice(0, MAX_PARENTS + 1)) {
    if (/^(BODY|HTML|HEAD)$/.test(tagName)) break;
    near.push(line.slice(near.length));
    if (tagName === 'FORM') break;
  }
  return near;
}

function* likely(line: Element[], fallback: PrivacyLevel): Candidates {
  const [element] = line as [HTMLInputElement & Pick<HTMLSelectElement, 'options'>];
  const { tagName } = element;
  const attribute = (name: string) => element.getAttribute(name) ?? '';
  // Components have `labels` and `options` that are no elements; the official SDK fails at them.
  const text = (other: unknown) => visibleText(inclusiveAncestors(other), fallback);
  yield [text(element.labels?.[0])];
  if (/^INPUT (button|submit|reset)$/.test(`${tagName} ${attribute('type')}`)) {
    yield [element.value];
  }
  if (/^(BUTTON|LABEL|A) |^\S+ (button|link)$/.test(`${tagName} ${attribute('role')}`)) {
    yield [visibleText(line, fallback)];
  }
  for (const name of ['aria-label', 'aria-labelledby', 'alt', 'name', 'title', 'placeholder']) {
    const value = attribute(name);
    if (name === 'aria-labelledby') {
      yield [
        value
          .split(/\s+/)
          .map((id) => text(elementById(element, id)))
          .join(' '),
      ];
    } else {
      const isMasked =
        !nameAttributes.includes(name) &&
        !isAllowed(value) &&
        /^mask(-unless-allowlisted)?$/.test(privacyLevel(line, fallback));
      yield [isMasked ? PLACEHOLDER : value, 'standard_attribute'];
    }
  }
  yield [text(element.options?.[0])];
}

/** In the element's own shadow tree first. */
function elementById(element: Element, id: string): Element | null {
  const root = element.getRootNode() as Partial<DocumentFragment>;
  return root.getElementById?.(id) ?? document.getElementById(id);
}
