import type { Violation } from '../stream.ts';

/** A value of an event, ready to be shown as a line or a foldable block. */
export interface JsonNode {
  key: string | undefined;
  /** JSON pointer. */
  pointer: string;
  kind: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** The value as JSON, for leaves. */
  text: string;
  children: JsonNode[];
  messages: string[];
  /** Violations at this node or below. */
  marked: boolean;
}

const MOST_CHILDREN = 500;
const DEEPEST = 40;

export function toTree(value: unknown, violations: readonly Violation[]): JsonNode {
  const messages = new Map<string, string[]>();
  for (const violation of violations) {
    const known = messages.get(violation.path) ?? [];
    messages.set(violation.path, [...known, violation.message]);
  }
  const tree = toNode(undefined, '', value, messages, 0);
  keepOrphans(tree, violations);
  return tree;
}

type Messages = ReadonlyMap<string, string[]>;

function toNode(
  key: string | undefined,
  pointer: string,
  value: unknown,
  messages: Messages,
  depth: number,
): JsonNode {
  const kind = kindOf(value);
  const entries = depth < DEEPEST ? childEntries(value) : [];
  const children = entries.map(([name, child]) =>
    toNode(name, `${pointer}/${escapePointer(name)}`, child, messages, depth + 1),
  );
  const own = [...(messages.get(pointer) ?? [])];
  const marked = own.length > 0 || children.some((child) => child.marked);
  const isBlock = kind === 'object' || kind === 'array';
  const text = isBlock ? brackets(kind, value) : (JSON.stringify(value) ?? 'null');
  return { key, pointer, kind, text, children, messages: own, marked };
}

/** A violation may point at what is missing: it is then shown at the nearest part that is there. */
function keepOrphans(tree: JsonNode, violations: readonly Violation[]): void {
  for (const { path, message } of violations) {
    const trail = follow(tree, path);
    const end = trail.at(-1) ?? tree;
    if (end.pointer !== path) end.messages.push(`${rest(path, end.pointer)} ${message}`);
    for (const node of trail) node.marked = true;
  }
}

/** What is missing, as seen from the part that is there: `action.count`. */
function rest(path: string, pointer: string): string {
  return path.slice(pointer.length + 1).replaceAll('/', '.');
}

/** The nodes from the root towards `pointer`, as far as they exist. */
function follow(tree: JsonNode, pointer: string): JsonNode[] {
  const trail = [tree];
  let node: JsonNode | undefined = tree;
  while (node && node.pointer !== pointer) {
    node = node.children.find(
      (child) => pointer === child.pointer || pointer.startsWith(`${child.pointer}/`),
    );
    if (node) trail.push(node);
  }
  return trail;
}

function kindOf(value: unknown): JsonNode['kind'] {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'object') return 'object';
  if (typeof value === 'number' || typeof value === 'boolean') {
    return typeof value === 'number' ? 'number' : 'boolean';
  }
  return 'string';
}

function childEntries(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).slice(0, MOST_CHILDREN);
}

/** What a closed block says. */
function brackets(kind: 'object' | 'array', value: unknown): string {
  const size = Object.keys(value as object).length;
  if (kind === 'array') return size === 0 ? '[]' : `[ ${size} ]`;
  return size === 0 ? '{}' : `{ ${size} }`;
}

function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
