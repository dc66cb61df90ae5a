/** Interactions, and the long animation frames that they met (web-vitals 6.2.3, `attribution/onINP`). */

import type { AnyEntry } from '../page/entries.ts';
import { isSame, type ListenTo } from './observe.ts';

/**
 * Entries that are always remembered, in case they are of a view that was not sent yet. Forgetting happens
 * once in so many entries, and as many events of the last view that was sent are remembered: the longest, of which
 * the engine chooses among ten interactions, with three events each at most.
 */
const LAST = 100;

/**
 * The event that began an interaction of a view, and the frames that it met until `end`: where they are known. What
 * was before the view may be forgotten, as it was told and is remembered elsewhere.
 */
export type FindMet = (
  viewStart: number,
  began: number,
  end: number,
) => [AnyEntry, AnyEntry[]] | undefined;

export function observeFrames(listenTo: ListenTo): FindMet {
  let events: AnyEntry[] = [];
  let frames: AnyEntry[] = [];
  let lastView = 0;
  let taken = 0;

  const between = (start: number, end: number) =>
    frames.filter((frame) => endOf(frame) >= start && frame.startTime <= end);
  const forget = () => {
    const older = events.slice(0, -LAST).filter(({ startTime }) => startTime >= lastView);
    events = [...byDuration(older).slice(0, LAST), ...events.slice(-LAST)];
    const met = events.flatMap((event) => between(event.startTime, endOf(event)));
    frames = frames.filter((frame, i) => met.includes(frame) || i >= frames.length - LAST);
  };
  const take = (entry: AnyEntry) => {
    if (entry.scripts) frames.push(entry);
    else if (entry.interactionId) events.push(entry);
    if (++taken % LAST === 0) forget();
  };

  // Frames last: of those that the browser had kept it is known then which ones were met.
  for (const type of ['event', 'first-input', 'long-animation-frame']) {
    listenTo(type, take);
  }
  return (viewStart, began, end) => {
    lastView = Math.max(lastView, viewStart);
    // The longest one counts; of those that are as long, the first.
    const [event] = byDuration(events.filter(({ startTime }) => isSame(startTime, began)));
    return event && [event, between(began, end)];
  };
}

/** Those that are as long stay in their order. */
function byDuration(events: AnyEntry[]): AnyEntry[] {
  return events.sort((a, b) => b.duration - a.duration);
}

export function endOf({ startTime, duration }: AnyEntry): number {
  return startTime + duration;
}
