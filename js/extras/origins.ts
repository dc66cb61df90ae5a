/** On which pages Ferrum may be (browser-core 7.16, `allowedTrackingOrigins.ts`). */

import { isOfExtension } from '../needs-extras.ts';
import type { Display } from './display.ts';
import { isMatchOption, matches } from './match.ts';

/** What is no match option is refused elsewhere, and a list of nothing else allows all. */
export function isAllowedOrigin(
  option: unknown,
  { error, warn }: Display,
  { origin } = location,
  stack = Error().stack,
): boolean {
  const given = [option ?? []].flat();
  const options = given.filter(isMatchOption);
  const isFree = given.length > options.length && !options[0];
  const isGiven = Array.isArray(option) || option;
  if (!isGiven || isFree) {
    const isForbidden = isOfExtension(stack) && !isOfExtension(origin);
    if (isForbidden) {
      error(
        'Running the Browser SDK in a Web extension content script is forbidden unless the `allowedTrackingOrigins` option is provided.',
      );
    }
    return !isForbidden;
  }
  const isAllowed = options.some((each) => matches(each, origin, { error, warn }));
  if (!isAllowed) error('SDK initialized on a non-allowed domain.');
  return isAllowed;
}
