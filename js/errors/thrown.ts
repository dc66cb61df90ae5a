/** What was thrown, and what had caused that. The stacks stay as the browser wrote them. */

import { cut, PART_LIMIT, read, textOf, whole } from '../error.ts';
import type { isError, toJson } from '../sanitize.ts';

/** Datadog's limit (browser-core 7.16, `flattenErrorCauses`). */
const CAUSE_LIMIT = 10;

/** Characters after which no cause is taken any more; an event may have 256 KiB. */
const CHAIN_LIMIT = 65536;

/** Lent by the engine's chunk, which has them anyway. */
export interface Reading {
  isError: typeof isError;
  toJson: typeof toJson;
}

export interface Thrown {
  /** Empty when something else than an error was thrown. */
  name: string;
  /** Or what was thrown as text. */
  message: string;
  stack: string;
}

/** The outermost error first. */
export function chainOf(error: Error, { isError, toJson }: Reading): Thrown[] {
  const chain: Thrown[] = [];
  let current: unknown = error;
  let left = CHAIN_LIMIT;
  do {
    const { name, message, stack } = isError(current)
      ? // A name that cannot be told apart from none: it is an error nevertheless.
        {
          name: textOf(current, 'name') || 'Error',
          message: textOf(current, 'message'),
          stack: stackOf(current),
        }
      : { name: '', message: cut(toJson(current, () => {})), stack: '' };
    left -= name.length + message.length + stack.length;
    chain.push({ name, message, stack });
    current = isError(current) ? read(current, 'cause') : undefined;
  } while (current != null && left > 0 && chain.length <= CAUSE_LIMIT);
  return chain;
}

/**
 * Without the constructors of the error's own classes, which Firefox and Safari leave on top, and
 * without a message so long that no frame would be left.
 */
function stackOf(error: Error): string {
  const message = whole(error, 'message');
  let stack = whole(error, 'stack');
  if (message.length > PART_LIMIT / 2) stack = stack.replace(message, '');
  // V8 has no frame before the first line, and reading constructors takes it 20 µs.
  const names = /^.*@/.test(stack) ? classesOf(error) : [];
  for (const name of names) {
    if (!stack.startsWith(`${name}@`)) break;
    stack = stack.slice(stack.indexOf('\n') + 1);
  }
  return cut(stack);
}

/** The names of the page's own classes, the base first. */
function classesOf(error: Error): string[] {
  const names: string[] = [];
  try {
    let prototype = Object.getPrototypeOf(error);
    while (/^class /.test(prototype.constructor)) {
      names.unshift(prototype.constructor.name);
      prototype = Object.getPrototypeOf(prototype);
    }
  } catch {}
  return names;
}
