/** What every part may need of the engine's chunk. */

/** Messages to the developers of the page, with the prefix: `EngineStart`'s. */
export interface Display {
  warn(message: string, ...details: unknown[]): void;
  error(message: string, ...details: unknown[]): void;
}

/** `toJson` of `sanitize.ts` with its warning. Never throws. */
export type ToJson = (value: unknown) => string | undefined;

/**
 * Gives the engine an event of one of Datadog's types except views, as JSON text without what all
 * events share. `at` is its start in ms since the time origin, from which the engine takes `date` if
 * there is none; `duration` is in ms.
 */
export type AddEvent = (
  at: number,
  json: string,
  domainContext?: object,
  duration?: number,
) => void;
