/**
 * The largest paint of documents, beyond what the engine says of it (web-vitals 6.2.3, `onLCP` and
 * `attribution/onLCP`).
 *
 * `view.performance.lcp.sub_parts`, which are nanoseconds: also of a page that is left before the browser tells of its
 * navigation, and of a picture that the browser has not kept. Absent where the navigation has no
 * sensible times.
 *
 * `context.ferrum.lcp`, of the `largest-contentful-paint` entry: `size`, in CSS pixels of area;
 * `load_state`, how far the document was when it was painted. Absent of pages that came back, which
 * have no such entry; of routes see `soft-navigations.ts`.
 */

import { loadStateAt, navigationEntry } from './document.ts';
import type { Kept, Observe } from './observe.ts';
import { type FindPicture, type Picture, subPartsOf } from './pictures.ts';
import {
  explain,
  type LargestPaint,
  type Part,
  timeOf,
  type ViewEvent,
  type ViewRecord,
} from './view.ts';

const TYPE = 'largest-contentful-paint';

/** As many as browsers keep. */
const LIMIT = 150;

interface Paint {
  startTime: number;
  size: number;
  url: string;
  /** What is known once is not lost to the resources after it. */
  picture?: Picture | undefined;
}

export function measureLargestPaint(
  observe: Observe,
  findPicture: FindPicture,
): { measureLcp: Part; explainLcp: Part } {
  const paints: Kept<Paint> = observe(TYPE, LIMIT, ({ startTime, size, url }) => {
    return { startTime, size, url };
  });
  /** Which one the engine chose; of what was painted before the visitor came, the last one. */
  const find = ({ view }: ViewEvent, record: ViewRecord): Paint | undefined => {
    const { timestamp } = view.performance?.lcp ?? {};
    if (view.loading_type !== 'initial_load' || timestamp === undefined) return undefined;
    return timestamp
      ? paints.at(timeOf(record, timestamp))
      : paints.all.filter(({ startTime }) => startTime <= record.start).pop();
  };

  const measureLcp: Part = (event, record) => {
    dropUnmeasured(event);
    const paint = find(event, record);
    if (!paint) return;
    const lcp = event.view.performance?.lcp as LargestPaint;
    paint.picture = findPicture(paint.url, paint.startTime) ?? paint.picture;
    // The engine may know a picture that was forgotten before this chunk came.
    const navigation = lcp.sub_parts && !paint.picture ? undefined : navigationEntry();
    if (!navigation) return;
    const origin = record.start;
    const firstByte = Math.max(0, navigation.responseStart - origin);
    const value = (lcp.timestamp as number) / 1e6;
    lcp.sub_parts = subPartsOf(paint.picture, { origin, firstByte, value });
  };
  const explainLcp: Part = (event, record) => {
    const { size, startTime } = find(event, record) ?? {};
    if (startTime !== undefined)
      explain(event, 'lcp', { size, load_state: loadStateAt(startTime) });
  };
  return { measureLcp, explainLcp };
}

/** The engine looks at the clock when a page comes back, which is no LCP where there is none. */
function dropUnmeasured({ view }: ViewEvent): void {
  if (PerformanceObserver.supportedEntryTypes.includes(TYPE)) return;
  delete view.performance?.lcp;
  delete view.largest_contentful_paint;
  delete view.largest_contentful_paint_target_selector;
}
