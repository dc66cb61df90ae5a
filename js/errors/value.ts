/** Thrown values that are no Errors: they come as JSON. */

import { CUSTOM, type Methods, UNCAUGHT } from '../engine-contract.ts';
import { cut } from '../error.ts';
import type { Told } from './describe.ts';

/**
 * The message of a browser for `window.onerror`, and a position, each a line. (browser-core 7.16,
 * `computeStackTraceFromOnErrorMessage`, knows the classes of the language only.)
 */
const SAID = /^(?:[Uu]ncaught (?:exception: )?)?(?:(\w*Error): )?(.*)\n([^\n]*)\n(\d*)\n(\d*)$/s;

export function tellValue([kind, given, , origin]: Methods['addError']): Told {
  const said = kind === UNCAUGHT ? SAID.exec(`${origin}`) : undefined;
  const [, name = '', text = '', url = '', line, column] = said ?? [];
  const message = cut(text);
  const stack = url && `at ${url}:${line}:${column}`;
  // Of the console all is in the outline.
  if (Array.isArray(given)) return { name, message, stack, own: {} };
  // Only when the browser names an error does its message say more than what was thrown.
  const verb = kind === CUSTOM ? 'Provided' : 'Uncaught';
  const own = { message: name && message ? message : cut(`${verb} ${given}`) };
  return { name, message, stack, own };
}
