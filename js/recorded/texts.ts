/** Whatever the page gave, as texts. */

import type { EngineStart, Methods } from '../engine-contract.ts';
import { CHARACTER_LIMIT, CUT_MARK, toJson } from '../sanitize.ts';
import type { Context } from '../types.ts';

/** Takes checked calls. */
export type Deliver = <M extends keyof Methods>(
  method: M,
  at: number,
  ...args: Methods[M]
) => unknown;

/** Makes calls that the engine takes of one that the page made. */
export type Interpret = (at: number, args: unknown[], stack?: Error | undefined) => unknown;

export type Texts = ReturnType<typeof createTexts>;

/** An object without anything, as JSON. */
export const NOTHING = '{}';

/** For a time that was not given. */
export const toNumber = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);

/** Of `json`. */
export const parsed = (text: string | undefined): unknown => text && JSON.parse(text);

export function createTexts({ warn, error }: Pick<EngineStart, 'warn' | 'error'>) {
  const json = (value: unknown): string | undefined =>
    toJson(value, () =>
      warn(
        `The data provided has been truncated as it is over the limit of ${CHARACTER_LIMIT} characters:`,
        value,
      ),
    );
  const object = (value: unknown): string => {
    const text = json(value);
    if (text?.[0] === '{') return text;
    error('Unsupported context:', value);
    return NOTHING;
  };
  return {
    json,
    /** `{}`, and a message, for what is no object. */
    object,
    /** `''` for what is no object; of its members only `context` must be one. */
    options(value: unknown): string {
      const text = json(value);
      if (text?.[0] !== '{') return '';
      const options = JSON.parse(text) as Context;
      if (options.context == null) return text;
      const context = JSON.parse(object(options.context)) as Context;
      // Of the options only the context is sent as it is.
      if (options[CUT_MARK]) context[CUT_MARK] = true;
      return JSON.stringify({ ...options, context });
    },
    /**
     * `undefined`, and a message, for what is no string. Numbers name anything but what is of a view,
     * which may have none.
     */
    name(value: unknown, label: string): string | undefined {
      const isOfView = label.startsWith('view');
      if (isOfView && value === undefined) return value;
      if (!isOfView && typeof value === 'number') return `${value}`;
      if (typeof value === 'string') return JSON.parse(json(value) as string);
      warn(`Invalid ${label} provided (expected a string, got ${typeof value}). Ignoring.`);
      return undefined;
    },
    /** A timing is a facet, whose name can have no other characters. */
    facet(name: string): string {
      const safe = name.replace(/[^\w\-.@$]/g, '_');
      if (safe !== name) warn(`Invalid timing name: ${name}, sanitized to: ${safe}`);
      return safe;
    },
  };
}
