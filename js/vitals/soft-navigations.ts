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
import { explain, ns, type Part, type ViewEvent, type ViewRecord } from './view.ts';

/** A page has more views than anybody sends again. */
const ROUTES = 50;
const PAINTS = 200;
const ENDS = 200;

interface SoftNavigation {
  startTime: number;
  url: string;
  id: number;
  interactionId: number;
  paintedAt: number;
}

/** What an interaction has led to. */
interface Paint {
  /** Of the interaction. */
  startTime: number;
  interactionId: number;
  paintedAt: number;
  size: number;
  url: string;
  selector: string;
  /** What is known once is not lost to the resources after it. */
  picture?: Picture | undefined;
}

type FindSoftNavigation = (event: ViewEvent, view: ViewRecord) => SoftNavigation | undefined;

/** Tells `news` when the current view may have more to say than what was sent of it. */
export function measureRoutes(
  observe: Observe,
  listening: Pick<Listening, 'listen'>,
  describe: typeof selectorOf,
  findPicture: FindPicture,
  news: () => void,
): { measureRoute: Part; explainRoute: Part } {
  const ends = observeEnds(listening);
  // The element may be gone when the view is sent.
  const read = ({ startTime, interactionId, largestContentfulPaint: paint }: AnyEntry) =>
    paint && {
      startTime,
      interactionId: interactionId as number,
      paintedAt: paint.renderTime as number,
      size: paint.size as number,
      url: paint.url as string,
      selector: describe(paint.element),
    };
  const paints: Kept<Paint> = observe('interaction-contentful-paint', PAINTS, read);
  const routes = observe('soft-navigation', ROUTES, (entry) => {
    // What was painted before the browser knew that this is a route.
    const largest = entry.getLargestInteractionContentfulPaint?.();
    const paint = largest && read(largest);
    if (paint) paints.all.push(paint);
    news();
    return softNavigation(entry);
  });
  const find: FindSoftNavigation = ({ view: { loading_type, url } }, { start, before }) =>
    loading_type === 'route_change'
      ? routes.all
          .filter((route) => route.startTime <= start && route.startTime > before)
          .filter((route) => route.url === url)
          .pop()
      : undefined;

  const measureRoute: Part = (event, view) => {
    const route = find(event, view);
    if (!route) return;
    addFirstPaint(event, route);
    const paint = largestPaint(route, paints.all, ends);
    if (!paint) return;
    paint.picture = findPicture(paint.url, paint.paintedAt) ?? paint.picture;
    addLargestPaint(event, paint, route);
  };
  /** `context.ferrum.navigation`: its type, and the ids by which the browser joins its entries. */
  const explainRoute: Part = (event, view) => {
    const route = find(event, view);
    if (!route) return;
    const { id, interactionId: interaction_id } = route;
    if (id) explain(event, 'navigation', { type: 'soft-navigation', id, interaction_id });
    explain(event, 'lcp', { size: largestPaint(route, paints.all, ends)?.size });
  };
  return { measureRoute, explainRoute };
}

function softNavigation(entry: AnyEntry): SoftNavigation {
  const { startTime, name: url, navigationId: id, interactionId } = entry;
  return {
    startTime,
    url,
    id,
    interactionId,
    paintedAt: entry.presentationTime || entry.paintTime,
  };
}

/** When visitors did what changes pages, or went: what is painted then is not of the route any more. */
function observeEnds({ listen }: Pick<Listening, 'listen'>): number[] {
  const ends: number[] = [];
  const end = ({ timeStamp }: Event) => {
    ends.push(timeStamp);
    ends.splice(0, ends.length - ENDS);
  };
  listen(window, ['click', 'keydown'], (event: Event) => {
    if (isTrusted(event)) end(event);
  });
  listen(document, ['visibilitychange'], (event: Event) => {
    if (document.visibilityState === 'hidden') end(event);
  });
  return ends;
}

/** ms: by which the input that led to the route may come after the route's start. */
const SAME_INPUT = 1;

/** Of those as large the first, as of documents. */
function largestPaint(
  { startTime, interactionId }: SoftNavigation,
  paints: Paint[],
  ends: number[],
): Paint | undefined {
  const end = Math.min(...ends.filter((time) => time > startTime + SAME_INPUT));
  let largest: Paint | undefined;
  for (const paint of paints) {
    const isOfRoute = paint.interactionId === interactionId && paint.paintedAt < end;
    if (isOfRoute && paint.size > (largest?.size ?? 0)) largest = paint;
  }
  return largest;
}

function addFirstPaint({ view }: ViewEvent, { paintedAt, startTime }: SoftNavigation): void {
  if (!paintedAt) return;
  const timestamp = ns(paintedAt - startTime);
  view.first_contentful_paint = timestamp;
  view.performance = { ...view.performance, fcp: { timestamp } };
}

function addLargestPaint({ view }: ViewEvent, paint: Paint, route: SoftNavigation): void {
  const value = paint.paintedAt - paint.startTime;
  const timestamp = ns(value);
  const target_selector = paint.selector || undefined;
  const resource_url = paint.url || undefined;
  view.largest_contentful_paint = timestamp;
  view.largest_contentful_paint_target_selector = target_selector;
  const sub_parts = subPartsOf(paint.picture, { origin: route.startTime, firstByte: 0, value });
  view.performance = {
    ...view.performance,
    lcp: { timestamp, target_selector, resource_url, sub_parts },
  };
}
