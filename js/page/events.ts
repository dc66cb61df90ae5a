/** What events are, that are made in the page. */

/** Types of events in the order of their numbers in the engine. */
export const KINDS = ['action', 'error', 'long_task', 'resource', 'vital'];

export const ERROR_EVENT = 1;
export const LONG_TASK = 2;
export const RESOURCE_EVENT = 3;
export const VITAL = 4;

/** From ms. */
export function nanoseconds(time: number | undefined): number | undefined {
  return time && Math.round(time * 1e6);
}
