/**
 * What the page hands over, as JSON text written at the time of the call: later mutation is
 * invisible, and whatever the value is (a cycle, a hostile Proxy, a DOM node, 5 MB), the result is
 * valid JSON and nothing is thrown. What JSON cannot say becomes a text, in Datadog's words
 * (browser-core 7.16, `tools/serialisation/sanitize.ts`); unlike there an Error keeps its name and
 * message, and an object that is met twice without a cycle is written twice.
 */

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

/**
 * `undefined` where JSON has no text either (for `undefined` itself). `onCut` is called once when
 * something was shortened or left out for its size.
 */
export function toJson(source: unknown, onCut: () => void): string | undefined {
  let left = CHARACTER_LIMIT;
  let isCut = false;

  /** A leaf or a key, shortened if there is no room for it. */
  const take = (value: unknown): unknown => {
    // Two for the separators, or for the brackets of a container.
    const size = `${JSON.stringify(value)}`.length + 2;
    if (size > left) {
      isCut = true;
      left /= 2;
      // An escaped character takes up to six: `\u0000`.
      return String(value).slice(0, left / 6);
    }
    left -= size;
    return value;
  };

  const copy = (given: unknown, ancestors: unknown[]): unknown => {
    try {
      const object = given as { toJSON?(): unknown } & Error & symbol;
      const value = typeof object?.toJSON === 'function' ? object.toJSON() : given;
      if (value == null || /str|num|boo/.test(typeof value)) return take(value);
      const tag = tagOf(value);
      if (typeof value !== 'object' || tag === 'RegExp') {
        return take(
          `[${tag}] ${(object.name ?? object.description ?? String(value)) || 'unknown'}`,
        );
      }
      if (ancestors.includes(value)) return '[Circular]';
      const isContainer = /^(Object|Array|Error)$/.test(tag) && ancestors.length < DEPTH_LIMIT;
      return isContainer ? copyItems(value, tag, [...ancestors, value]) : take(`[${tag}]`);
    } catch {
      return '[Unserializable]';
    }
  };

  const copyItems = (value: object, tag: string, ancestors: unknown[]): object => {
    // A key may be `__proto__`.
    const items = tag === 'Array' ? [] : Object.create(null);
    // The name and the message of an Error are no properties that JSON would list.
    const { name, message } = value as Error;
    const source = tag === 'Error' ? { name, message, ...value } : value;
    for (const key of Object.keys(source)) {
      isCut ||= left < SMALLEST_ITEM;
      if (left < SMALLEST_ITEM) break;
      const taken = take(key) as string;
      // The items of a sparse array move together.
      items[tag === 'Array' ? items.length : taken] = copy(
        (source as Record<string, unknown>)[key],
        ancestors,
      );
    }
    return items;
  };

  const text = JSON.stringify(copy(source, []));
  if (isCut) onCut();
  return text;
}
