/** Values looked at, which bounds cycles and shared structure too. */
const VALUE_LIMIT = 8192;

/**
 * A deep copy of what is plain, so that later changes to it are not seen. Anything else, and what is
 * too large, stays what it is: the engine's side makes texts of it.
 */
export function copy(source: unknown): unknown {
  let room = VALUE_LIMIT;
  const copyOf = (value: unknown): unknown => {
    if (!room--) throw 0;
    const prototype = value && Object.getPrototypeOf(value);
    return prototype === Array.prototype
      ? Object.values(value as []).map(copyOf)
      : prototype === Object.prototype
        ? Object.fromEntries(
            Object.entries(value as object).map(([key, item]) => [key, copyOf(item)]),
          )
        : value;
  };
  try {
    return copyOf(source);
  } catch {
    return source;
  }
}
