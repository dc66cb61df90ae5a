/** Errors: those of the page's calls, and those that the shim was told of. */

import { CONSOLE, CUSTOM, UNCAUGHT, UNHANDLED_REJECTION } from '../engine-contract.ts';
import { isError } from '../sanitize.ts';
import type { Deliver, Interpret, Texts } from './texts.ts';

export function errorCalls(deliver: Deliver, { json, object }: Texts): Record<string, Interpret> {
  const thrown = (value: unknown) => (isError(value) ? value : `${json(value)}`);
  return {
    addError: (at, [error, context], stack) =>
      deliver('addError', at, CUSTOM, thrown(error), context ? object(context) : '', stack || ''),
    windowError(at, [event]) {
      const { type, reason } = event as PromiseRejectionEvent;
      const { error, message, filename, lineno, colno } = event as ErrorEvent;
      const said = [message, filename, lineno, colno].join('\n');
      if (type === 'error') deliver('addError', at, UNCAUGHT, thrown(error ?? message), '', said);
      else deliver('addError', at, UNHANDLED_REJECTION, thrown(reason || 'Empty reason'), '', '');
    },
    consoleError: (at, args, stack) => deliver('addError', at, CONSOLE, args, '', stack || ''),
  };
}
