/**
 * What the page hands over, as JSON text written at the time of the call: later mutation is
 * invisible, and whatever the value is (a cycle, a hostile Proxy, a DOM node, 5 MB), the result is
 * valid JSON and nothing is thrown. What JSON cannot say becomes a text, in Datadog's words
 * (browser-core 7.16, `tools/serialisation/sanitize.ts`). Better than there, deliberately:
 *
 * - an Error keeps its name and message;
 * - an object that is met twice without a cycle is written twice;
 * - a getter that throws costs its own property, not the call;
 * - what is too large is shortened and marked, where there the first text over the limit and all that
 *   follows is left out, or the whole value;
 * - nesting is bounded.
 */

import type { Context } from './types.ts';

/** Characters of JSON. An event may have 256 KiB; this leaves room for what Ferrum adds to it. */
export const CHARACTER_LIMIT = 220 * 1024;

/** Levels of nesting; what lies deeper is replaced by its tag. Bounds the recursion. */
const DEPTH_LIMIT = 64;

/** Characters that a property takes at least; with less left, a container is ended. */
const SMALLEST_ITEM = 32;

/** `Object`, `Array`, `Error`, `HTMLDivElement`… also for the objects of another realm. */
export function tagOf(value: unknown): string {
  return {}.toString.call(value).slice(8, -1);
}

/** True for errors of other realms too, as for those of an iframe. */
export function isError(value: unknown): value is Error {
  try {
    return value instanceof Error || tagOf(value) === 'Error';
  } catch {
    return false;
  }
}

/** What JSON would take of it; the object itself where its `toJSON` throws. */
function inJson(value: unknown): unknown {
  const object = value as { toJSON?: unknown } | null | undefined;
  // As in the official SDK, what a page has added to BigInt does not count.
  const toJSON = /obj|fun/.test(typeof value) && object?.toJSON;
  if (typeof toJSON !== 'function') return value;
  try {
    return toJSON.call(value);
  } catch {
    return value;
  }
}

function described({ type, isTrusted, currentTarget, target }: Event): Context {
  const tag = (of: EventTarget | null) => of && `[${tagOf(of)}]`;
  return { type, isTrusted, currentTarget: tag(currentTarget), target: tag(target) };
}

/** Of an object whose own text is shortened, or that has lost members: a facet to search for. */
export const CUT_MARK = '_truncated';

/**
 * `undefined` where JSON has no text either (for `undefined` itself). When something was shortened or
 * left out for its size, `onCut` is called once and the object says so, by `_truncated: true`; a text
 * that was shortened ends with an ellipsis.
 */
export function toJson(source: unknown, onCut: () => void): string | undefined {
  // Less what the mark takes.
  let left = CHARACTER_LIMIT - SMALLEST_ITEM;
  let isCut = false;

  /** A leaf or a key, shortened if there is no room for it. */
  const take = (value: unknown): unknown => {
    // A separator follows.
    const size = `${JSON.stringify(value)}`.length + 1;
    if (size > left) {
      isCut = true;
      left /= 2;
      // An escaped character takes up to six: `\u0000`.
      return `${String(value).slice(0, left / 6)}…`;
    }
    left -= size;
    return value;
  };

  /** What `read` gives, wherever it throws. `path` are the keys that lead there, through `ancestors`. */
  const copy = (read: () => unknown, ancestors: unknown[], path: unknown[]): unknown => {
    try {
      const value = inJson(read());
      if (value == null || /str|num|boo/.test(typeof value)) return take(value);
      const tag = tagOf(value);
      if (typeof value !== 'object' || tag === 'RegExp') {
        const { name, description } = value as { name?: string; description?: string };
        return take(`[${tag}] ${(name ?? description ?? String(value)) || 'unknown'}`);
      }
      if (value instanceof Event) return copyItems(described(value), tag, ancestors, path);
      const at = ancestors.indexOf(value);
      if (at >= 0) return take(`[Reference seen at ${['$', ...path.slice(0, at)].join('.')}]`);
      if (!/^(Object|Array|Error)$/.test(tag) || ancestors.length >= DEPTH_LIMIT)
        return take(`[${tag}]`);
      // The brackets, and a separator.
      left -= 3;
      return copyItems(value, tag, [...ancestors, value], path);
    } catch {
      return take('[Unserializable]');
    }
  };

  const copyItems = (value: object, tag: string, ancestors: unknown[], path: unknown[]): object => {
    const isList = tag === 'Array';
    // A key may be `__proto__`.
    const items = isList ? [] : Object.create(null);
    const keys = isList ? undefined : Object.keys(value);
    // The name and the message of an Error are no properties that JSON would list.
    if (tag === 'Error') keys?.unshift('name', 'message');
    const { length } = keys ?? (value as unknown[]);
    for (let index = 0; index < length; index++) {
      isCut ||= left < SMALLEST_ITEM;
      if (left < SMALLEST_ITEM) break;
      const key = keys ? (keys[index] as string) : index;
      const taken = keys ? (take(key) as string) : index;
      items[taken] = copy(() => value[key as never], ancestors, [...path, key]);
    }
    return items;
  };

  const result = copy(() => source, [], []);
  if (isCut) {
    onCut();
    // A text has no room for it, and of a list JSON leaves it out.
    if (Object(result) === result) (result as Context)[CUT_MARK] = true;
  }
  return JSON.stringify(result);
}
