/** The only place that makes elements. Strings become text, never markup: what is shown comes from foreign pages. */

export type Child = Node | string | number | null | undefined | false;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function svg(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  setAttributes(element, attributes);
  append(element, children);
  return element;
}

/** An icon of the sprite in the page. */
export function icon(name: string): SVGElement {
  return svg('svg', { class: 'icon', 'aria-hidden': true }, svg('use', { href: `#i-${name}` }));
}

export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** Leaves the node alone when nothing changed: writing the same text still costs a layout. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Through the object model, which a strict CSP allows, unlike a style attribute. */
export function setStyle(
  element: HTMLElement | SVGElement,
  styles: Readonly<Record<string, string>>,
): void {
  for (const [name, value] of Object.entries(styles)) {
    if (element.style.getPropertyValue(name) !== value) element.style.setProperty(name, value);
  }
}

export interface Kept<T> {
  element: HTMLElement;
  update(item: T): void;
}

/** Keeps one element per key in `parent`, in the order of `items`; focus and open details survive. */
export class Keyed<T> {
  readonly #kept = new Map<string, Kept<T>>();

  constructor(
    readonly parent: HTMLElement,
    readonly key: (item: T) => string,
    readonly create: (item: T) => Kept<T>,
  ) {}

  update(items: readonly T[]): void {
    const keys = new Set(items.map(this.key));
    for (const [key, kept] of this.#kept) {
      if (keys.has(key)) continue;
      kept.element.remove();
      this.#kept.delete(key);
    }
    let previous: Element | null = null;
    for (const item of items) {
      const kept = this.#keep(item);
      kept.update(item);
      const wanted: Element | null = previous
        ? previous.nextElementSibling
        : this.parent.firstElementChild;
      if (wanted !== kept.element) this.parent.insertBefore(kept.element, wanted);
      previous = kept.element;
    }
  }

  #keep(item: T): Kept<T> {
    const key = this.key(item);
    const known = this.#kept.get(key);
    if (known) return known;
    const made = this.create(item);
    this.#kept.set(key, made);
    return made;
  }
}

function setAttributes(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    element.setAttribute(name, value === true && !name.startsWith('aria-') ? '' : String(value));
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}
