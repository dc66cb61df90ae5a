/** Errors as the intake gets them, without the engine between. */

import { describeError } from '../../js/errors.ts';
import { contextOf, type ErrorCall, outlineOf } from '../../js/page/error-outline.ts';
import { isError, toJson } from '../../js/sanitize.ts';

interface Described {
  error: {
    message: string;
    source: string;
    handling?: string;
    type?: string;
    stack?: string;
    handling_stack?: string;
    component_stack?: string;
    causes?: { message: string; source: string; type?: string; stack?: string }[];
    fingerprint?: string;
    source_type: string;
    csp?: object;
    resource?: object;
  };
  _dd: object;
  /** The error's own. */
  own?: object;
}

export type { ErrorCall };

/** With the chunk. */
export function describe(...call: ErrorCall): Described {
  const part = describeError(outlineOf(call), call, { isError, toJson });
  const own = contextOf(call);
  return JSON.parse(JSON.stringify({ ...part, own: own && JSON.parse(own) }));
}

/** Without it. */
export function outline(...call: ErrorCall): Described['error'] {
  return JSON.parse(JSON.stringify(outlineOf(call)));
}
