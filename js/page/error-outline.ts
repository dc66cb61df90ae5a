/** What is read of an error at once, as the page may change it. Never throws. */

import { CONSOLE, CUSTOM, type Methods } from '../engine-contract.ts';
import { cut, textOf } from '../error.ts';
import { isError, toJson } from '../sanitize.ts';
import { uuid } from '../uuid.ts';
import type { Reported } from './errors.ts';

/** As `addError` of the engine takes it, or what nobody threw. */
export type ErrorCall = Methods['addError'] | Reported;

/** `error` of the event, as far as it can be said without the chunk. */
export type Outline = ReturnType<typeof outlineOf>;

/** In the order of the kinds. */
const SOURCES = ['source', 'source', 'custom', 'console', 'report', 'network'];

export function outlineOf(call: ErrorCall) {
  const [kind, given, , , componentStack] = call;
  const thrown = thrownIn(call);
  return {
    id: uuid(),
    message: cut(messageOf(given, thrown)),
    source: SOURCES[kind] as string,
    handling: kind === CUSTOM || kind === CONSOLE ? 'handled' : 'unhandled',
    type: textOf(thrown, 'name') || undefined,
    stack: textOf(thrown, 'stack') || undefined,
    component_stack: cut(componentStack) || undefined,
  };
}

/** Of an event that tells of a violated policy JSON has nothing. */
function messageOf(given: ErrorCall[1], thrown: Error | undefined): string {
  if (given === thrown) return textOf(thrown, 'message');
  return textOf(given, 'blockedURI') || [given].flat().map(consoleText).join(' ');
}

/** JSON of the error's own context (`dd_context`), over which that of the call wins. */
export function contextOf(call: ErrorCall): string | undefined {
  try {
    const thrown = thrownIn(call) ?? JSON.parse(call[1] as string);
    return toJson(thrown.dd_context, () => {});
  } catch {
    return undefined;
  }
}

/** Absent when something else was thrown. */
function thrownIn([, given]: ErrorCall): Error | undefined {
  return [given].flat().find(isError);
}

/** As browser-core 7.16, `formatConsoleParameters`. */
function consoleText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (isError(value)) return `${textOf(value, 'name') || 'Error'}: ${textOf(value, 'message')}`;
  const json = toJson(value, () => {});
  return json && JSON.stringify(JSON.parse(json), null, 2);
}
