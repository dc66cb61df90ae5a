/** What a clicked element is called: Datadog's rules (browser-rum-core 7.16, `getActionNameFromElement`). */

import { isAllowed, type PrivacyLevel, privacyLevel } from './privacy.ts';
import { cut, NAME_LIMIT, type NameOptions, nameAttributes, squeeze, visibleText } from './text.ts';

export type NameSource =
  | 'custom_attribute'
  | 'mask_placeholder'
  | 'text_content'
  | 'standard_attribute'
  | 'blank';

export interface ActionName {
  name: string;
  nameSource: NameSource;
}

type Candidate = [name: string, nameSource: NameSource];

const PLACEHOLDER = 'Masked Element';

/** Above the target; a name from further away hardly means it. */
const MAX_PARENTS = 10;

/** `line` is the element and its ancestors, `level` its own privacy level. */
export function actionName(line: Element[], options: NameOptions, level: PrivacyLevel): ActionName {
  for (const [text, nameSource] of candidates(line, options, level)) {
    const name = squeeze(text).trim();
    if (name) {
      return {
        name: name.length > NAME_LIMIT ? `${cut(name, NAME_LIMIT)} [...]` : name,
        nameSource,
      };
    }
  }
  return { name: '', nameSource: 'blank' };
}

/** The best first, each found when the ones before were empty. */
function* candidates(
  line: Element[],
  options: NameOptions,
  level: PrivacyLevel,
): Generator<Candidate> {
  for (const attribute of nameAttributes(options)) {
    const nearest = line.find((element) => element.hasAttribute(attribute));
    yield [nearest?.getAttribute(attribute) ?? '', 'custom_attribute'];
  }
  if (level === 'mask') return yield [PLACEHOLDER, 'mask_placeholder'];
  const near = nearby(line);
  for (const part of near) yield* likely(part, options);
  for (const part of near) yield [visibleText(part[0], options, part), 'text_content'];
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

function* likely(line: Element[], options: NameOptions): Generator<Candidate> {
  const [element] = line as [HTMLInputElement & Partial<HTMLSelectElement>];
  const attribute = (name: string) => element.getAttribute(name) ?? '';
  const text = (other: unknown): Candidate => [visibleText(other, options), 'text_content'];
  const { tagName } = element;
  yield text(element.labels?.[0]);
  if (tagName === 'INPUT' && /^(button|submit|reset)$/.test(attribute('type'))) {
    yield [element.value, 'text_content'];
  }
  if (/^(BUTTON|LABEL|A)$/.test(tagName) || /^(button|link)$/.test(attribute('role'))) {
    yield [visibleText(element, options, line), 'text_content'];
  }
  for (const name of ['aria-label', 'aria-labelledby', 'alt', 'name', 'title', 'placeholder']) {
    const value = attribute(name);
    if (name === 'aria-labelledby') {
      const labels = value.split(/\s+/).map((id) => text(byId(element, id))[0]);
      yield [labels.join(' '), 'text_content'];
    } else {
      const isHidden =
        name !== options.actionNameAttribute && isMaskedAttribute(value, line, options);
      yield [isHidden ? PLACEHOLDER : value, 'standard_attribute'];
    }
  }
  yield text(element.options?.[0]);
}

function isMaskedAttribute(value: string, line: Element[], options: NameOptions): boolean {
  return (
    options.enablePrivacyForActionName &&
    !isAllowed(value) &&
    /^mask(-unless-allowlisted)?$/.test(privacyLevel(line, options.defaultPrivacyLevel))
  );
}

/** In the element's own shadow tree first. */
function byId(element: Element, id: string): Element | null {
  const root = element.getRootNode() as Partial<DocumentFragment>;
  return root.getElementById?.(id) ?? document.getElementById(id);
}
