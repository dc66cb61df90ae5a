/**
 * Errors as texts. This is the engine's side: a call only keeps the Error, because its stack is
 * formatted when it is first read, and that need not be while the page is busy. The stack stays as
 * the browser wrote it.
 */

import { CUSTOM, type Methods } from './engine-contract.ts';
import { CHARACTER_LIMIT, isError, toJson } from './sanitize.ts';

/** Datadog's limit (browser-core 7.16, `flattenErrorCauses`). */
const CAUSE_LIMIT = 10;

/** Characters of a name, a message or a stack; an endless recursion has a long stack. */
const PART_LIMIT = 32768;

export interface ErrorTexts {
  /**
   * Name, message and stack, then the same three for each error of the chain of causes, joined by
   * NUL. What is no Error has no name; its message is `Uncaught ` or `Provided ` and its JSON.
   */
  text: string;
  /** The error's own `dd_context` and the one of the call, which wins; `''` when there is none. */
  json: string;
  /** `dd_fingerprint`, or `''`. */
  fingerprint: string;
  /** Of `addError`; `''` for others. The first two frames are the shim's. */
  handlingStack: string;
}

/** Takes the arguments of `addError`. Never throws. */
export function errorTexts(...[kind, error, json, origin]: Methods['addError']): ErrorTexts {
  const isCustom = kind === CUSTOM;
  const own = toJson(read(error, 'dd_context'), () => {});
  return {
    text:
      typeof error === 'string'
        ? ['', (isCustom ? 'Provided ' : 'Uncaught ') + error, isCustom ? '' : origin].join('\0')
        : chainText(error),
    json:
      own?.[0] === '{' ? JSON.stringify({ ...JSON.parse(own), ...JSON.parse(json || '{}') }) : json,
    fingerprint: textOf(error, 'dd_fingerprint'),
    handlingStack: isCustom ? textOf(origin, 'stack') : '',
  };
}

function chainText(error: Error): string {
  const parts: string[] = [];
  let current: unknown = error;
  do {
    if (!isError(current)) {
      parts.push('', toJson(current, () => {}) ?? '', '');
      break;
    }
    parts.push(
      textOf(current, 'name'),
      textOf(current, 'message') || 'Empty message',
      textOf(current, 'stack'),
    );
    current = read(current, 'cause');
  } while (current != null && parts.length <= 3 * CAUSE_LIMIT);
  return parts.join('\0').slice(0, CHARACTER_LIMIT);
}

/** A property; `undefined` when it cannot be read. */
function read(holder: unknown, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

/** A property as text; empty when it is absent or cannot be read. */
export function textOf(holder: unknown, key: string): string {
  try {
    return String(read(holder, key) ?? '')
      .replace(/\0/g, '')
      .slice(0, PART_LIMIT);
  } catch {
    return '';
  }
}
