/** Objects as JSON has them: walking along a path, and merging. */

import type { Context } from '../types.ts';

/** Neither `null` nor an array. */
export function isObject(value: unknown): value is Context {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Calls `visit` for the end of `path` in `target`, with what is at the same place in `other`. `*` is
 * every item of an array. Nothing happens where either of them has no such place.
 */
export function atPath(
  path: string,
  visit: (holder: Context, key: string, other: Context) => void,
  target: unknown,
  other: unknown = target,
): void {
  const [key, ...rest] = path.split('.') as [string, ...string[]];
  const next = rest.join('.');
  if (key === '*') {
    if (!Array.isArray(target) || !Array.isArray(other)) return;
    target.forEach((item, index) => {
      atPath(next, visit, item, other[index]);
    });
  } else if (isObject(target) && isObject(other)) {
    if (next) atPath(next, visit, target[key], other[key]);
    else visit(target, key, other);
  }
}

/**
 * Merges `source`, which is JSON, into `target` as Datadog does (js-core 0.0.17, `mergeInto`): objects
 * by key and arrays by index; `null` replaces too. Returns the result.
 */
export function merge(target: unknown, source: unknown): unknown {
  if (typeof source !== 'object' || source === null) return source;
  const isList = Array.isArray(source);
  const merged = (
    (isList ? Array.isArray(target) : isObject(target)) ? target : isList ? [] : {}
  ) as Context;
  for (const [key, value] of Object.entries(source)) {
    // The one key whose assignment would not make a property.
    if (key !== '__proto__') merged[key] = merge(merged[key], value);
  }
  return merged;
}
