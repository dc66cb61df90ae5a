/**
 * Upwards in the document. A form's own properties are hidden by fields of their names: asked of the
 * form, a `parentElement` that is its field would lead down again, for ever.
 */

export function parentElement(element: Element): Element | null {
  return Reflect.get(Node.prototype, 'parentElement', element);
}

/** The element, its parent and so on, out of shadow roots through their hosts. Of no element: none. */
export function inclusiveAncestors(node: unknown): Element[] {
  const line: Element[] = [];
  let at = node instanceof Element ? node : null;
  for (; at; at = parentElement(at) ?? hostOf(at)) line.push(at);
  return line;
}

function hostOf(element: Element): Element | null {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : null;
}
