/** Reading what may be hostile, as an Error of the page: nothing here throws. */

/** Characters of a name, a message or a stack; an endless recursion has a long stack. */
export const PART_LIMIT = 32768;

/** A property; `undefined` when it cannot be read. */
export function read(holder: unknown, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

export function whole(holder: unknown, key: string): string {
  try {
    return String(read(holder, key) ?? '');
  } catch {
    return '';
  }
}

/** Of what browsers report some leave out parts. */
export function cut(given: string | null | undefined, limit = PART_LIMIT): string {
  const text = given || '';
  return text.length > limit ? `${text.slice(0, limit)}...` : text;
}

/** A property as text; empty when it is absent or cannot be read. */
export function textOf(holder: unknown, key: string): string {
  return cut(whole(holder, key));
}
