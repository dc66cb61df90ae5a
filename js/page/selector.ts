/**
 * A CSS selector by which people find an element again: Datadog's algorithm (browser-rum-core 7.16,
 * `domain/getSelectorFromElement`), so that selectors group with those it made.
 */

import { parentElement } from './ancestors.ts';

/** Attributes that name an element on purpose, the best first. */
export const stableAttributes = [
  'data-dd-action-name',
  'data-testid',
  'data-test',
  'data-qa',
  'data-cy',
  'data-test-id',
  'data-qa-id',
  'data-testing',
  'data-component',
  'data-element',
  'data-source-file',
];

/** Those of actions. */
export const nameAttributes = stableAttributes.slice(0, 1);

/** Adds `actionNameAttribute`, if there is one. To be said before the first selector is made. */
export function addNameAttribute(name: string | undefined): void {
  if (!name) return;
  nameAttributes.push(name);
  stableAttributes.unshift(name);
}

/** Elements are asked for again and again; while one is in its place its selector does not change. */
const known = new WeakMap<Element, string>();

/** Empty for what is no element, or no longer in the document. */
export function selectorOf(node: unknown): string {
  if (!(node instanceof Element) || !node.isConnected) return '';
  const selector = known.get(node) ?? inTree(node);
  known.set(node, selector);
  return selector;
}

/** Through shadow roots, up to the document. */
function inTree(element: Element): string {
  const root = element.getRootNode();
  const selector = inRoot(element, root as ParentNode & Node);
  return root instanceof ShadowRoot ? `${inTree(root.host)}::shadow ${selector}` : selector;
}

/** Upwards until a selector is the only one of its kind; each part at least tells siblings apart. */
function inRoot(element: Element, root: ParentNode & Node): string {
  let below = '';
  for (let at: Element | null = element; at && at.tagName !== 'HTML'; at = parentElement(at)) {
    for (const own of [byAttribute(at), byId(at)]) {
      const selector = own && join(own, below);
      if (selector && root.querySelectorAll(selector).length === 1) return selector;
    }
    below = join(amongSiblings(at, below), below);
  }
  return below;
}

function join(own: string, below: string): string {
  return below ? `${own}>${below}` : own;
}

function byAttribute(element: Element): string | undefined {
  for (const name of stableAttributes) {
    const value = element.getAttribute(name);
    if (value !== null) return tag(element) + pair(name, value);
  }
  return undefined;
}

export function pair(name: string, value: string): string {
  return `[${CSS.escape(name)}="${CSS.escape(value)}"]`;
}

/** Digits come from generators: such an id is another one tomorrow. */
export function byId(element: Element): string | undefined {
  // `element.id` of a form may be a field.
  const id = element.getAttribute('id');
  return id && !/\d/.test(id) ? `#${CSS.escape(id)}` : undefined;
}

function byClass(element: Element): string | undefined {
  const [name] = element.tagName === 'BODY' ? [] : classes(element);
  return name && `${tag(element)}.${CSS.escape(name)}`;
}

export function classes({ classList }: Element): string[] {
  return [...classList].filter((name) => !/\d/.test(name));
}

export function tag({ tagName }: Element): string {
  return CSS.escape(tagName);
}

/** `below` is the selector of the target from here, empty when this is the target. */
function amongSiblings(element: Element, below: string): string {
  const family = siblings(element);
  for (const own of [byAttribute(element), byClass(element), tag(element)]) {
    const isLike = (other: Element) =>
      below ? other.querySelector(`${own}:scope>${below}`) : other.matches(own as string);
    if (own && !family.some((other) => other !== element && isLike(other))) return own;
  }
  return tag(element) + nthOfType(element, family);
}

/** Itself included. Not by `children`, which in a form is often the field for their number. */
export function siblings({ parentNode }: Element): Element[] {
  return Array.from(parentNode?.childNodes ?? []).filter((node) => node instanceof Element);
}

/** Empty for the only one of its type. */
export function nthOfType(element: Element, family: Element[]): string {
  const kin = family.filter(({ tagName }) => tagName === element.tagName);
  return kin.length > 1 ? `:nth-of-type(${kin.indexOf(element) + 1})` : '';
}
