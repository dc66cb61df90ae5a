import { el, icon } from './dom.ts';
import type { JsonNode } from './json.ts';

const OPEN_DEPTH = 2;
/** Parts that are the same in most events: closed at first. */
const DULL = new Set([
  '_dd',
  'device',
  'display',
  'connectivity',
  'tab',
  'privacy',
  'session',
  'application',
]);

/** A foldable tree; the arrow keys move between its lines and fold them. */
export function renderTree(root: JsonNode): HTMLElement {
  const element = el('div', { class: 'json', role: 'tree', 'aria-label': 'Event as JSON' });
  const hasRootLine = root.messages.length > 0 || root.children.length === 0;
  if (hasRootLine) element.append(renderNode({ ...root, key: 'event' }, 0));
  else element.append(...root.children.map((child) => renderNode(child, 1)));
  const lines = () => [...element.querySelectorAll<HTMLElement>('.json-line')].filter(isInSight);
  const first = element.querySelector<HTMLElement>('.json-line');
  if (first) first.tabIndex = 0;
  element.addEventListener('keydown', (event) => pressed(event, lines()));
  element.addEventListener('click', (event) => clicked(event));
  return element;
}

function renderNode(node: JsonNode, depth: number): HTMLElement {
  const isBlock = node.children.length > 0;
  const line = el(
    'div',
    { class: 'json-line', tabindex: -1, 'data-kind': node.kind, 'data-marked': node.marked },
    isBlock ? icon('chevron') : el('span', { class: 'icon' }),
    node.key !== undefined && el('span', { class: 'json-key' }, node.key),
    el('span', { class: 'json-value' }, node.text),
    ...node.messages.map((message) => el('span', { class: 'json-message' }, message)),
  );
  if (node.messages.length > 0) line.dataset.broken = '';
  const item = el('div', { class: 'json-node', role: 'treeitem', 'aria-level': depth + 1 }, line);
  if (isBlock) addChildren(item, node, depth);
  return item;
}

/** The children of a closed block are made when it is first opened. */
function addChildren(item: HTMLElement, node: JsonNode, depth: number): void {
  const group = el('div', { class: 'json-children', role: 'group' });
  item.append(group);
  const fill = () => group.append(...node.children.map((child) => renderNode(child, depth + 1)));
  const isOpen = node.marked || (depth < OPEN_DEPTH && !DULL.has(node.key ?? ''));
  item.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) fill();
  else item.addEventListener('unfold', fill, { once: true });
}

function setOpen(item: HTMLElement, open: boolean): void {
  if (open) item.dispatchEvent(new Event('unfold'));
  item.setAttribute('aria-expanded', String(open));
}

function clicked(event: MouseEvent): void {
  const line = (event.target as Element).closest<HTMLElement>('.json-line');
  const item = line?.parentElement;
  if (!line || !item || String(getSelection()) !== '') return;
  focusLine(line);
  if (item.hasAttribute('aria-expanded')) setOpen(item, !isOpen(item));
}

function pressed(event: KeyboardEvent, lines: HTMLElement[]): void {
  const line = event.target as HTMLElement;
  const item = line.parentElement;
  const index = lines.indexOf(line);
  if (!item || index < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const isFolded = fold(event.key, item);
  const next = isFolded ? undefined : target(event.key, index, lines, item);
  if (isFolded || next) event.preventDefault();
  if (next) focusLine(next);
}

function fold(key: string, item: HTMLElement): boolean {
  if (!item.hasAttribute('aria-expanded')) return false;
  if (key === 'Enter' || key === ' ') setOpen(item, !isOpen(item));
  else if (key === 'ArrowRight' && !isOpen(item)) setOpen(item, true);
  else if (key === 'ArrowLeft' && isOpen(item)) setOpen(item, false);
  else return false;
  return true;
}

function target(
  key: string,
  index: number,
  lines: HTMLElement[],
  item: HTMLElement,
): HTMLElement | undefined {
  if (key === 'ArrowDown' || key === 'ArrowRight') return lines[index + 1];
  if (key === 'ArrowUp') return lines[index - 1];
  if (key === 'Home') return lines[0];
  if (key === 'End') return lines.at(-1);
  if (key !== 'ArrowLeft') return undefined;
  return (
    item.parentElement?.closest('.json-node')?.querySelector<HTMLElement>('.json-line') ?? undefined
  );
}

function focusLine(line: HTMLElement): void {
  const tree = line.closest('.json');
  for (const other of tree?.querySelectorAll<HTMLElement>('.json-line[tabindex="0"]') ?? []) {
    other.tabIndex = -1;
  }
  line.tabIndex = 0;
  line.focus();
}

function isOpen(item: HTMLElement): boolean {
  return item.getAttribute('aria-expanded') === 'true';
}

function isInSight(line: HTMLElement): boolean {
  return line.offsetParent !== null;
}
