/**
 * Errors as texts. This is the engine's side: a call only keeps the Error, because its stack is
 * formatted when it is first read, and that need not be while the page is busy. The stack stays as
 * the browser wrote it.
 */

import { CONSOLE, CUSTOM, type Methods } from './engine-contract.ts';
import { isError, toJson } from './sanitize.ts';

/** Datadog's limit (browser-core 7.16, `flattenErrorCauses`). */
const CAUSE_LIMIT = 10;

/** Characters of a name, a message or a stack; an endless recursion has a long stack. */
const PART_LIMIT = 32768;

/** Characters after which no cause is taken any more; an event may have 256 KiB. */
const CHAIN_LIMIT = 65536;

/** What the engine is told of an error (`src/browser/inputs.rs`). */
export type ErrorTexts = [
  kind: number,
  /**
   * The error's own `dd_context`; the context of the call, which wins; the message, if it is not the
   * error's own; `dd_fingerprint`; the handling stack; the component stack; JSON of what only this kind has
   * (`csp`, `resource`); then name, message and stack of the error and of each in the chain of causes. What is no Error
   * has no name.
   */
  texts: string[],
];

/** Takes the arguments of `addError`. Never throws. */
export function errorTexts(
  ...[kind, error, json, origin, componentStack = '']: Methods['addError']
): ErrorTexts {
  const isHandled = kind === CUSTOM || kind === CONSOLE;
  const handlingStack = isHandled ? (isError(origin) ? textOf(origin, 'stack') : origin) : '';
  let message = '';
  let thrown: unknown = error;
  let chain: string[] | undefined;
  if (Array.isArray(error)) {
    message = error.map(consoleText).join(' ');
    thrown = error.find(isError);
  } else if (typeof error === 'string') {
    thrown = parsed(error);
    [message, ...chain] = nonError(error, isHandled, origin as string);
  }
  chain ??= chainOf(thrown);
  const own = toJson(read(thrown, 'dd_context'), () => {}) ?? '';
  const fingerprint = isError(thrown) ? textOf(thrown, 'dd_fingerprint') : '';
  const head = [cut(message), fingerprint, cut(handlingStack), cut(componentStack), ''];
  return [kind, [own[0] === '{' ? own : '', json, ...head, ...chain]];
}

/** As browsers put it for `window.onerror`, then what `api.ts` adds: a frame, or nothing. */
const UNCAUGHT_MESSAGE = /^(?:[Uu]ncaught (?:exception: )?)?(?:(\w*Error): )?(.*)\n(.*)$/s;

/** Only when the browser names an error does its message say more than what was thrown. */
function nonError(json: string, isHandled: boolean, origin: string): [string, ...string[]] {
  const [, name = '', text = '', frame = ''] = (!isHandled && UNCAUGHT_MESSAGE.exec(origin)) || [];
  const message = name && text ? '' : `${isHandled ? 'Provided' : 'Uncaught'} ${json}`;
  return [message, name, cut(text), frame];
}

/** As browser-core 7.16, `formatConsoleParameters`. */
function consoleText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (isError(value)) return `${textOf(value, 'name') || 'Error'}: ${textOf(value, 'message')}`;
  return JSON.stringify(parsed(toJson(value, () => {})), null, 2);
}

function chainOf(error: unknown): string[] {
  const texts: string[] = [];
  let current = error;
  let left = CHAIN_LIMIT;
  do {
    const parts = isError(current)
      ? // A name that cannot be told apart from none: it is an error nevertheless.
        [textOf(current, 'name') || 'Error', textOf(current, 'message'), stackOf(current)]
      : ['', cut(toJson(current, () => {}) ?? ''), ''];
    left -= parts.join('').length;
    texts.push(...parts);
    current = isError(current) ? read(current, 'cause') : undefined;
  } while (current != null && left > 0 && texts.length <= 3 * CAUSE_LIMIT);
  return texts;
}

/**
 * Without the constructors of the error's own classes, which Firefox and Safari leave on top, and
 * without a message so long that no frame would be left.
 */
function stackOf(error: Error): string {
  const message = whole(error, 'message');
  let stack = whole(error, 'stack');
  if (message.length > PART_LIMIT / 2) stack = stack.replace(message, '');
  for (const name of classesOf(error)) {
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

/** `undefined` for the text of that, which is no JSON. */
function parsed(json: string | undefined): unknown {
  try {
    return JSON.parse(json as string);
  } catch {
    return undefined;
  }
}

/** A property; `undefined` when it cannot be read. */
function read(holder: unknown, key: string): unknown {
  try {
    return (holder as Record<string, unknown>)[key];
  } catch {
    return undefined;
  }
}

function whole(holder: unknown, key: string): string {
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
