/**
 * What is not as usual: options that need a closer look, a session that is not kept in a cookie, a visit
 * of a test, a page that starts its views itself, elements as errors, a browser that tells of no route, an
 * event that is too large, methods that few pages call, and more calls than can wait, a second script,
 * Ferrum's own failure. A chunk that the engine's, or the script, loads when it meets the first of them.
 */

export { observeElements } from './exceptions/element-errors.ts';
export { beginWithView } from './exceptions/first-view.ts';
export { watchHistory } from './exceptions/history.ts';
export { fitted } from './exceptions/large-event.ts';
export { checkOptions, initAgain, refuse, refuseSecond } from './exceptions/options.ts';
export { rareCalls, tellLate } from './exceptions/rare-calls.ts';
export { restoreContexts } from './exceptions/restore-contexts.ts';
export { complain } from './exceptions/script.ts';
export { openStorage } from './exceptions/session-storages.ts';
export { reportError } from './exceptions/telemetry.ts';
export { isRumInjected, sessionType } from './exceptions/test-session.ts';

export type Exceptions = typeof import('./exceptions.ts');

export type LoadExceptions = () => Promise<Exceptions>;
