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
    const candidates = [byAttribute(at), byId(at)];
    for (const own of candidates) {
      const selector = own && join(own, below);
      if (selector && root.querySelectorAll(selector).length === 1) return selector;
    }
    below = join(amongSiblings(at), below);
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
  const name = [...element.classList].find((name) => !/\d/.test(name));
  return name && `${tag(element)}.${CSS.escape(name)}`;
}

function tag({ tagName }: Element): string {
  return CSS.escape(tagName);
}

function amongSiblings(element: Element): string {
  const siblings = [...(element.parentElement?.children ?? [])].filter(
    (other) => other !== element,
  );
  const candidates = [byAttribute(element), byClass(element), tag(element)];
  for (const own of candidates) {
    if (own && !siblings.some((other) => other.matches(own))) return own;
  }
  const before = siblings.filter(
    (other) =>
      other.tagName === element.tagName &&
      other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  return `${tag(element)}:nth-of-type(${before.length + 1})`;
}
