/** Counts in views and actions: of what was sent. */

import { at, type Json } from '../../js/intake/json.ts';
import { write } from './truth.ts';

/** The machine may be too busy for a frame at any time, and a response may end after the activity of its click. */
const counted = [
  ['view', 'long_task'],
  ['view', 'resource'],
  ['action', 'long_task'],
  ['action', 'resource'],
] as const;

/**
 * What is left to chance has to be as many as there are, or as were known when a click was over; what is not, is compared
 * as it is.
 */
export function countsOf(event: Json, events: Json[]): void {
  for (const [owner, type] of counted) {
    if (event.type !== owner) continue;
    const count = at(event, owner, type, 'count');
    if (count === undefined || !isLeftToChance(owner, type, event, events)) continue;
    const id = at(event, owner, 'id');
    const sent = events.filter((other) => other.type === type && isWithin(other, owner, id)).length;
    write(
      event,
      `${owner}.${type}.count`,
      isKnown(owner, Number(count), sent) ? 'as many as were sent' : `${count} of ${sent}`,
    );
  }
}

function isKnown(owner: string, count: number, sent: number): boolean {
  return owner === 'action' ? count >= 0 && count <= sent : count === sent;
}

function isLeftToChance(owner: string, type: string, event: Json, events: Json[]): boolean {
  if (owner === 'action') return at(event, 'action', 'type') === 'click';
  return type === 'long_task' || events.some(isChunk);
}

/** How many files an application has, and what they are called, is up to its bundler. */
export function isChunk({ type, resource }: Json): boolean {
  return type === 'resource' && /\/app\/(?!stdin\.js$)/.test(String(at(resource, 'url')));
}

function isWithin(event: Json, owner: string, id: unknown): boolean {
  const ids = at(event, owner, 'id');
  return Array.isArray(ids) ? ids.includes(id) : ids === id;
}
