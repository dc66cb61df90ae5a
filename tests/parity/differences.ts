/** Every deliberate difference from the official SDK, with its reason. What is not listed fails the test. */

import type { Difference } from './compare.ts';

export interface Listed {
  /** Name of the journey. */
  journey: string;
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; `(missing)` or `(extra)` for a whole event. */
  path: string;
  reason: `ours is better because ${string}` | 'out of scope: replay';
}

/** Journeys that are made with the npm package too. */
const alsoByNpm = (entry: Listed): Listed[] => [
  entry,
  { ...entry, journey: `${entry.journey}, by npm` },
];

const KEYBOARD = 'ours is better because a control that is used by the keyboard is used, too';
const EARLY = 'ours is better because requests made before the engine is ready are traced, too';
const REPLAY = 'out of scope: replay';

export const listed: Listed[] = [
  ...['Uncaught "a string"', 'Uncaught {"code":7,"message":"no Error"}'].flatMap((message) =>
    alsoByNpm({
      journey: 'uncaught errors',
      event: `error source ${message}`,
      path: 'error.stack',
      reason: 'ours is better because a frame without a function is no function called undefined',
    }),
  ),
  ...alsoByNpm({
    journey: 'calls before init',
    event: 'vital operation_step early operation start',
    path: 'date',
    reason: 'ours is better because an operation begins when the page says so, not after init',
  }),
  {
    journey: 'a second init, and bad arguments',
    event: 'console Datadog Browser SDK: Missing configuration',
    path: '(extra)',
    reason: 'ours is better because an init without configuration is always answered',
  },
  {
    journey: 'contexts of any kind',
    event: 'action custom of any kind',
    path: 'context.error',
    reason: 'ours is better because an error in a context keeps its name and message',
  },
  {
    journey: 'a control that is used by the keyboard',
    event: 'action click Add to cart',
    path: '(extra)',
    reason: KEYBOARD,
  },
  {
    journey: 'a control that is used by the keyboard',
    event: 'view initial_load',
    path: 'view.action.count',
    reason: KEYBOARD,
  },
  ...['early-fetch', 'early-xhr'].map(
    (name): Listed => ({
      journey: 'traced requests before the SDK is ready',
      event: `request GET /api?${name}`,
      path: '(extra)',
      reason: EARLY,
    }),
  ),
  ...['fetch http://site/api?early-fetch', 'xhr http://site/api?early-xhr'].flatMap((name) =>
    ['_dd.trace_id', '_dd.span_id'].map(
      (path): Listed => ({
        journey: 'traced requests before the SDK is ready',
        event: `resource ${name}`,
        path,
        reason: EARLY,
      }),
    ),
  ),
  {
    journey: 'the API without events',
    event: 'console Datadog Browser SDK: Session replay is not recorded by Ferrum.',
    path: '(extra)',
    reason: REPLAY,
  },
  {
    journey: 'the API without events',
    event: 'note replay link',
    path: 'value',
    reason: REPLAY,
  },
];

export function isListedAs(entry: Listed, difference: Difference): boolean {
  return (
    entry.journey === difference.journey &&
    difference.entry.startsWith(entry.event) &&
    difference.path === entry.path
  );
}
