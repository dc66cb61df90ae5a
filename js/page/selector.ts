/**
 * A CSS selector by which people find an element again: Datadog's algorithm (browser-rum-core 7.16,
 * `domain/getSelectorFromElement`), so that selectors group with those it made.
 */

/** Attributes that name an element on purpose, the best first. */
const STABLE_ATTRIBUTES = [
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
  for (let at: Element | null = element; at && at.tagName !== 'HTML'; at = at.parentElement) {
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
  for (const name of STABLE_ATTRIBUTES) {
    const value = element.getAttribute(name);
    if (value !== null) return `${tag(element)}[${name}="${CSS.escape(value)}"]`;
  }
  return undefined;
}

/** Digits come from generators: such an id is another one tomorrow. */
function byId({ id }: Element): string | undefined {
  return id && !/\d/.test(id) ? `#${CSS.escape(id)}` : undefined;
}

function byClass(element: Element): string | undefined {
  if (element.tagName === 'BODY') return undefined;
  const name = [...element.classList].find((name) => !/\d/.test(name));
  return name && `${tag(element)}.${CSS.escape(name)}`;
}

function tag({ tagName }: Element): string {
  return CSS.escape(tagName);
}

/** `below` is the selector of the target from here, empty when this is the target. */
function amongSiblings(element: Element, below: string): string {
  // The parent may be a shadow root.
  const family = [...((element.parentNode as ParentNode | null)?.children ?? [])];
  for (const own of [byAttribute(element), byClass(element), tag(element)]) {
    const isLike = (other: Element) =>
      below ? other.querySelector(`${own}:scope>${below}`) : other.matches(own as string);
    if (own && !family.some((other) => other !== element && isLike(other))) return own;
  }
  const kin = family.filter(({ tagName }) => tagName === element.tagName);
  return `${tag(element)}:nth-of-type(${kin.indexOf(element) + 1})`;
}
