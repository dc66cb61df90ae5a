/**
 * What `beforeSend` is told about an event besides: references of the page, which the engine knows by a
 * number. Nothing is kept unless somebody wants to know: `extras/kept.ts` then does it.
 */

/** Where the page made a call: an Error made in it, if anybody could read that. */
export type Stack = Error | false | undefined;

/** The number to give the engine; 0 for nothing. */
export type KeepContext = (context: object) => number;

export let keepContext: KeepContext = () => 0;

export function keepWith(keep: KeepContext): void {
  keepContext = keep;
}
