/** Every deliberate difference from the official SDK, with its reason. What is not listed fails the test. */

import type { Difference } from './compare.ts';

export interface Listed {
  /** Name of the journey; `*`: any. */
  journey: string;
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; `(missing)` or `(extra)` for a whole event. */
  path: string;
  reason: `ours is better because ${string}` | `out of scope: ${string}`;
}

export const listed: Listed[] = [
  {
    journey: 'errors before init',
    event: 'error console printed early',
    path: '(missing)',
    reason: 'ours is better because nothing of the page is patched before it calls init',
  },
  {
    journey: 'errors before init',
    event: 'view',
    path: 'view.error.count',
    reason: 'ours is better because nothing of the page is patched before it calls init',
  },
  {
    journey: 'errors before init',
    event: 'resource fetch',
    path: 'resource.method',
    reason: 'ours is better because nothing of the page is patched before it calls init',
  },
  {
    journey: 'uncaught errors',
    event: 'error source',
    path: 'error.stack',
    reason: 'ours is better because a frame without a function is no function called undefined',
  },
  {
    journey: 'a second init, and bad arguments',
    event: 'view',
    path: 'feature_flags',
    reason: 'ours is better because what is empty is not sent',
  },
  {
    journey: 'a second init, and bad arguments',
    event: 'console',
    path: '(extra)',
    reason: 'ours is better because an init without configuration is always answered',
  },
  {
    journey: 'contexts of any kind',
    event: 'action custom of any kind',
    path: 'context.error',
    reason: 'ours is better because an error in a context keeps its name and message',
  },
  ...['bad options that stop it', 'bad options that do not'].flatMap((journey): Listed[] => [
    {
      journey,
      event: 'console',
      path: '(missing)',
      reason: 'ours is better because the message also says which value was given',
    },
    {
      journey,
      event: 'console',
      path: '(extra)',
      reason: 'ours is better because the message also says which value was given',
    },
  ]),
];

export function isListedAs(entry: Listed, difference: Difference): boolean {
  return (
    (entry.journey === '*' || entry.journey === difference.journey) &&
    difference.entry.startsWith(entry.event) &&
    difference.path === entry.path
  );
}
