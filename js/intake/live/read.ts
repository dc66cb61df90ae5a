/**
 * Reads events that nobody vouches for: a wrong type is the same as an absent field, and only own properties count, so
 * that a key like `__proto__` means nothing.
 */
import { isObject, type Json, at as own } from '../json.ts';

export { isObject, type Json };

/** `at(event, 'view.id')`. */
export function at(value: unknown, path: string): unknown {
  return own(value, ...path.split('.'));
}

export function textAt(value: unknown, path: string): string | undefined {
  const found = at(value, path);
  return typeof found === 'string' && found !== '' ? found : undefined;
}

export function numberAt(value: unknown, path: string): number | undefined {
  const found = at(value, path);
  return typeof found === 'number' && Number.isFinite(found) ? found : undefined;
}

export function listAt(value: unknown, path: string): unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? found : [];
}

export function objectAt(value: unknown, path: string): Json {
  const found = at(value, path);
  return isObject(found) ? found : {};
}
