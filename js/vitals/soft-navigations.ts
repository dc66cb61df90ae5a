/**
 * What visitors see of a route: `view.performance.fcp` and `lcp`, and their flat fields, of views that begin
 * with a change of the address, where the browser tells of soft navigations (web-vitals 6.2.3, `onFCP` and
 * `onLCP` with `reportSoftNavs`). Both count from the input that led to the route. A soft navigation that
 * begins no view, because only the query has changed, is a part of the view that goes on: nothing is said of it.
 * `view.performance.lcp.sub_parts` of a route are all of its LCP: no first byte comes before them.
 *
 * `context.ferrum.lcp`: `size`, in CSS pixels of area, of the entry that is the LCP.
 */

import type { AnyEntry } from '../page/entries.ts';
import { isTrusted, type Listening } from '../page/listen.ts';
import type { selectorOf } from '../page/selector.ts';
import type { Kept, Observe } from './observe.ts';
import { type FindPicture, type Picture, subPartsOf } from './pictures.ts';
import { explain, ns, type Part, type ViewEvent } from './view.ts';

/** A page has more views than anybody sends again. */
const ROUTES = 50;
const PAINTS = 200;
const ENDS = 200;

/** What an interaction has led to. */
interface Paint {
  /** Of the interaction. */
  startTime: number;
  interactionId: number;
  /** A `LargestContentfulPaint`. It does not keep its element. */
  entry: { renderTime: number; size: number; url: string; element: Element | null };
  /** Absent while nobody knows of a route that it is of. */
  selector?: string | undefined;
  /** What is known once is not lost to the resources after it. */
  picture?: Picture | undefined;
}

/** Tells `news` when the current view may have more to say than what was sent of it. */
export function measureRoutes(
  observe: Observe,
  listening: Pick<Listening, 'listen'>,
  describe: typeof selectorOf,
  findPicture: FindPicture,
  news: () => void,
): { measureRoute: Part; explainRoute: Part } {
  const ends = observeEnds(listening);
  let current: number;
  // The element may be gone when the view is sent; but a selector takes its time, and few interactions lead to a route.
  const name = (paint: Paint) => {
    if (paint.interactionId === current) paint.selector ??= describe(paint.entry.element);
  };
  const read = ({ startTime, interactionId, largestContentfulPaint: entry }: AnyEntry) => {
    const paint = entry && { startTime, interactionId, entry };
    if (paint) name(paint);
    return paint;
  };
  const paints: Kept<Paint> = observe('interaction-contentful-paint', PAINTS, read);
  const routes = observe('soft-navigation', ROUTES, (entry) => {
    // What was painted before the browser knew that this is a route.
    const largest = entry.getLargestInteractionContentfulPaint?.();
    const paint = largest && read(largest);
    if (paint) paints.all.push(paint);
    current = entry.interactionId;
    paints.all.forEach(name);
    news();
    return entry;
  });
  const ofRoute =
    (add: (event: ViewEvent, route: AnyEntry) => void): Part =>
    (event, { start, before }) => {
      const { loading_type, url } = event.view;
      const isIt = (route: AnyEntry) =>
        route.startTime <= start && route.startTime > before && route.name === url;
      const route = loading_type === 'route_change' && routes.all.filter(isIt).pop();
      if (route) add(event, route);
    };

  const measureRoute = ofRoute((event, route) => {
    addFirstPaint(event, route);
    const paint = largestPaint(route, paints.all, ends);
    if (!paint) return;
    const { renderTime, url } = paint.entry;
    paint.picture = findPicture(url, renderTime) ?? paint.picture;
    addLargestPaint(event, paint, route);
  });
  /** `context.ferrum.navigation`: its type, and the ids by which the browser joins its entries. */
  const explainRoute = ofRoute((event, route) => {
    const { navigationId: id, interactionId: interaction_id } = route;
    if (id) explain(event, 'navigation', { type: 'soft-navigation', id, interaction_id });
    explain(event, 'lcp', { size: largestPaint(route, paints.all, ends)?.entry.size });
  });
  return { measureRoute, explainRoute };
}

/** When visitors did what changes pages, or went: what is painted then is not of the route any more. */
function observeEnds({ listen }: Pick<Listening, 'listen'>): number[] {
  const ends: number[] = [];
  // Routes begin while the page is seen: what changes that first is that it is hidden.
  listen(window, ['click', 'keydown', 'visibilitychange'], (event: Event) => {
    if (!isTrusted(event)) return;
    ends.push(event.timeStamp);
    ends.splice(0, ends.length - ENDS);
  });
  return ends;
}

/** ms: by which the input that led to the route may come after the route's start. */
const SAME_INPUT = 1;

/** Of those as large the first, as of documents. */
function largestPaint(
  { startTime, interactionId }: AnyEntry,
  paints: Paint[],
  ends: number[],
): Paint | undefined {
  const end = Math.min(...ends.filter((time) => time > startTime + SAME_INPUT));
  let largest: Paint | undefined;
  for (const paint of paints) {
    const { renderTime, size } = paint.entry;
    const isOfRoute = paint.interactionId === interactionId && renderTime < end;
    if (isOfRoute && size > (largest?.entry.size ?? 0)) largest = paint;
  }
  return largest;
}

function addFirstPaint({ view }: ViewEvent, route: AnyEntry): void {
  const { presentationTime, paintTime, startTime } = route;
  const paintedAt = presentationTime || paintTime;
  if (!paintedAt) return;
  const timestamp = ns(paintedAt - startTime);
  view.first_contentful_paint = timestamp;
  view.performance = { ...view.performance, fcp: { timestamp } };
}

function addLargestPaint({ view }: ViewEvent, paint: Paint, route: AnyEntry): void {
  const value = paint.entry.renderTime - paint.startTime;
  const timestamp = ns(value);
  const target_selector = paint.selector || undefined;
  const resource_url = paint.entry.url || undefined;
  view.largest_contentful_paint = timestamp;
  view.largest_contentful_paint_target_selector = target_selector;
  const sub_parts = subPartsOf(paint.picture, { origin: route.startTime, firstByte: 0, value });
  view.performance = {
    ...view.performance,
    lcp: { timestamp, target_selector, resource_url, sub_parts },
  };
}
