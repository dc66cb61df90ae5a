/** How often views are sent, and as what. */

import { foldViews } from '../../js/intake/fold.ts';
import { at, isObject, type Json } from '../../js/intake/json.ts';
import type { Entry } from './entry.ts';
import { documentOf, type Truth, write } from './truth.ts';

/** THROTTLE_VIEW_UPDATE_PERIOD in browser-rum-core 7.16, `trackViews.ts`. */
const THROTTLE_MS = 3000;

/** The first, the one at its end, one for a new name, and when its page is left: is hidden, is frozen, is gone. */
const MAX_IMMEDIATE = 6;

/** Which updates the throttle joins is chance; how many there may be is not. */
export function versionsOf(view: Json, truth: Truth): void {
  const version = at(view, '_dd', 'document_version');
  const end = documentOf(view, truth)?.left.at(-1) ?? Date.now();
  const allowed = MAX_IMMEDIATE + Math.floor((end - Number(view.date)) / THROTTLE_MS);
  if (Number.isInteger(version) && Number(version) >= 1 && Number(version) <= allowed)
    write(view, '_dd.document_version', 'as the throttle allows');
  else write(view, '_dd.document_version', `${version}, ${allowed} are allowed`);
}

/** What holds for the versions of any view, in the order of their arrival. */
export function brokenRules(received: Json[]): string[] {
  return foldViews(received).flatMap(({ id }) => {
    const versions = received.filter(
      (event) =>
        ['view', 'view_update'].includes(String(event.type)) && at(event, 'view', 'id') === id,
    );
    const numbers = versions.map((event) => Number(at(event, '_dd', 'document_version')));
    const isGrowing = numbers.every((number, i) => i === 0 || number > Number(numbers[i - 1]));
    const ended = versions.filter((event) => at(event, 'view', 'is_active') === false);
    return [
      ...(isGrowing ? [] : [`versions of a view came as ${numbers.join(', ')}`]),
      ...(versions[0]?.type === 'view' ? [] : ['the first version of a view is a difference']),
      ...(ended.every(({ type }) => type === 'view') ? [] : ['a view ended by a difference']),
    ];
  });
}

/** Which parts of a view each of its versions says, for journeys in which that is not left to the throttle. */
export function versions(received: Json[]): Entry[] {
  return received
    .filter(({ type }) => type === 'view' || type === 'view_update')
    .map((value) => ({
      type: 'version',
      key: String(value.type),
      value: Object.fromEntries(partsOf(value).map((part) => [part, true])),
    }));
}

/** The names of all that holds no objects. Clocks drift or do not. */
function partsOf(value: Json, path = ''): string[] {
  return Object.entries(value)
    .flatMap(([name, part]) => {
      const at = path === '' ? name : `${path}.${name}`;
      if (at === '_dd.drift') return [];
      return isObject(part) ? partsOf(part, at) : [at];
    })
    .sort();
}
