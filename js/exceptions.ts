/**
 * What is not as usual: options that need a closer look, a session that is not kept in a cookie, a visit
 * of a test, a page that starts its views itself, elements as errors, a browser that tells of no route, an
 * event that is too large, methods that few pages call, and more calls than can wait, a second script,
 * Ferrum's own failure. A chunk that the engine's, or the script, loads when it meets the first of them.
 */

import { observeElements } from './exceptions/element-errors.ts';
import { beginWithView } from './exceptions/first-view.ts';
import { watchHistory } from './exceptions/history.ts';
import { fitted } from './exceptions/large-event.ts';
import { checkOptions, initAgain, refuse, refuseSecond } from './exceptions/options.ts';
import { rareCalls, tellLate } from './exceptions/rare-calls.ts';
import { restoreContexts } from './exceptions/restore-contexts.ts';
import { openStorage } from './exceptions/session-storages.ts';
import { reportError } from './exceptions/telemetry.ts';
import { isRumInjected, sessionType } from './exceptions/test-session.ts';

export { complain } from './exceptions/script.ts';

/** In an object, whose names the build makes short; those of exports it could not. */
export const exceptions = {
  observeElements,
  beginWithView,
  watchHistory,
  fitted,
  checkOptions,
  initAgain,
  refuse,
  refuseSecond,
  rareCalls,
  tellLate,
  restoreContexts,
  openStorage,
  reportError,
  isRumInjected,
  sessionType,
};

export type Exceptions = typeof exceptions;

export type LoadExceptions = () => Promise<Exceptions>;
