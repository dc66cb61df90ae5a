/** What a page knows of its views. */

import { at, isObject, type Json } from '../../js/intake/json.ts';
import { unseenInteraction } from './differences.ts';
import {
  agree,
  checkDate,
  documentOf,
  LEFT,
  MEASURED,
  ms,
  ns,
  read,
  type Truth,
  TWO_CLOCKS_MS,
  write,
} from './truth.ts';
import type { Measured, Testimony } from './witness.ts';

interface Visit extends Truth {
  view: Json;
  document: Testimony;
  /** Epoch ms. */
  date: number;
  /** Of the view, on the clock of its page. */
  start: number;
  end: number;
  isInitial: boolean;
}

export function checkView(view: Json, truth: Truth): void {
  const document = documentOf(view, truth);
  if (!document) return;
  const date = Number(view.date);
  const isInitial = read(view, 'view.loading_type') === 'initial_load';
  const start = isInitial ? 0 : date - document.origin;
  const end = start + ms(read(view, 'view.time_spent'));
  const visit = { ...truth, view, document, date, start, end, isInitial };
  checkStart(visit);
  checkNavigation(visit);
  checkPaints(visit);
  checkShift(visit);
  checkInteraction(visit);
  checkLoadingTime(visit);
  checkPeriods(visit);
  checkEnd(visit);
  checkDrift(visit);
}

function checkStart({ view, document, date, isInitial, steps }: Visit): void {
  const [restored] = document.restored;
  if (isInitial) checkDate(view, document, 0, 'when the page began');
  else if (read(view, 'view.loading_type') === 'bf_cache' && restored !== undefined)
    checkDate(view, document, restored, 'when the page was restored');
  else view.date = steps.at(date);
}

/** The last that was told of it is the whole. */
const navigationOf = ({ entries }: Testimony): Measured | undefined =>
  entries.filter(({ entryType }) => entryType === 'navigation').at(-1);

function checkNavigation({ view, document, isInitial }: Visit): void {
  const entry = navigationOf(document);
  if (!isInitial || !entry?.loadEventEnd) return;
  const time = (name: string) => ns(entry[name] as number);
  agree(view, 'view.first_byte', time('responseStart'));
  agree(view, 'view.dom_interactive', time('domInteractive'));
  agree(view, 'view.dom_content_loaded', time('domContentLoadedEventEnd'));
  agree(view, 'view.dom_complete', time('domComplete'));
  agree(view, 'view.load_event', time('loadEventEnd'));
}

function checkPaints(visit: Visit): void {
  const { view, document, isInitial, steps, date } = visit;
  if (!isInitial) {
    // A restored page paints without an entry.
    for (const path of ['first_contentful_paint', 'largest_contentful_paint'].map(inView))
      placeIn(visit, path, steps.at(date + ms(read(view, path))));
    for (const path of ['fcp.timestamp', 'lcp.timestamp'].map(inPerformance))
      placeIn(visit, path, steps.at(date + ms(read(view, path))));
    return;
  }
  const paint = document.entries.find(({ name }) => name === 'first-contentful-paint');
  if (paint) {
    agree(view, 'view.first_contentful_paint', ns(paint.startTime));
    agree(view, 'view.performance.fcp.timestamp', ns(paint.startTime));
  }
  checkLargestPaint(view, document);
}

const inView = (name: string) => `view.${name}`;
const inPerformance = (name: string) => `view.performance.${name}`;

function placeIn({ view }: Visit, path: string, meaning: string): void {
  if (read(view, path) !== undefined) write(view, path, meaning);
}

function checkLargestPaint(view: Json, { entries, inputs }: Testimony): void {
  const firstInput = Math.min(...inputs);
  const largest = entries
    .filter(({ entryType }) => entryType === 'largest-contentful-paint')
    .filter(({ startTime }) => startTime < firstInput)
    .sort((a, b) => Number(b.size) - Number(a.size))[0];
  if (!largest) return;
  agree(view, 'view.largest_contentful_paint', ns(largest.startTime));
  agree(view, 'view.performance.lcp.timestamp', ns(largest.startTime));
  const parts = partsOf(largest, entries);
  for (const [name, value] of Object.entries(parts))
    agree(view, `view.performance.lcp.sub_parts.${name}`, ns(value));
}

/** As browser-rum-core 7.16 has it in `trackLargestContentfulPaint.ts`. */
function partsOf({ url, startTime }: Measured, entries: Measured[]): Record<string, number> {
  const navigation = entries.find(({ entryType }) => entryType === 'navigation');
  const firstByte = Number(navigation?.responseStart);
  const file = entries.find((entry) => entry.entryType === 'resource' && entry.name === url);
  const begin = file ? Number(file.requestStart || file.startTime) : firstByte;
  const requested = Math.max(firstByte, begin);
  const loaded = Math.min(startTime, Math.max(requested, Number(file?.responseEnd ?? 0)));
  return {
    load_delay: requested - firstByte,
    load_time: loaded - requested,
    render_delay: startTime - loaded,
  };
}

/** The first of them that is as near as it can be: exact for what begins with its page. */
function nearest(visit: Visit, value: unknown, times: number[]): number | undefined {
  const tolerance = visit.isInitial ? 1e-6 : TWO_CLOCKS_MS;
  return times.find((time) => Math.abs(ms(value) - (time - visit.start)) <= tolerance);
}

function checkShift(visit: Visit): void {
  const shifts = visit.document.entries.filter(
    ({ entryType, hadRecentInput }) => entryType === 'layout-shift' && !hadRecentInput,
  );
  const times = shifts.map(({ startTime }) => startTime);
  for (const path of ['view.cumulative_layout_shift_time', 'view.performance.cls.timestamp']) {
    const value = read(visit.view, path);
    if (value !== undefined && nearest(visit, value, times) !== undefined)
      write(visit.view, path, MEASURED);
  }
}

/** Which interaction is the slowest, and whether it is slow enough to be seen, depends on the machine. */
function checkInteraction(visit: Visit): void {
  const { view, document, start, end } = visit;
  const slack = visit.isInitial ? 0 : TWO_CLOCKS_MS;
  const within = (time: number) => time >= start - slack && time <= end + slack;
  const seen = document.entries.filter(
    ({ entryType, interactionId, startTime }) =>
      ['event', 'first-input'].includes(entryType) && interactionId && within(startTime),
  );
  const value = read(view, 'view.interaction_to_next_paint');
  // Whether the interaction that began a view is one of its own is left to chance; that it began before is not.
  const isBegun = document.inputs.some((time) => Math.abs(time - start) <= TWO_CLOCKS_MS);
  if (!visit.isInitial && isBegun && !value) {
    write(view, 'view.performance.inp', { measured: MEASURED });
    write(view, 'view.interaction_to_next_paint', MEASURED);
    return;
  }
  const isKnown = seen.length > 0 || document.inputs.some(within) ? value !== undefined : !value;
  if (!isKnown) return;
  const measured = read(view, 'view.performance.inp');
  if (isObject(measured) && !isMeasured(visit, measured, seen)) return;
  const { target_selector } = (measured ?? {}) as Json;
  write(view, 'view.performance.inp', { measured: MEASURED, target_selector });
  write(view, 'view.interaction_to_next_paint', MEASURED);
  delete (view.view as Json).interaction_to_next_paint_time;
}

/** The parts add up to the whole, and the first is that of an entry. */
function isMeasured(visit: Visit, measured: Json, seen: Measured[]): boolean {
  const { duration, timestamp, sub_parts: parts } = measured;
  const value = read(visit.view, 'view.interaction_to_next_paint');
  const time = read(visit.view, 'view.interaction_to_next_paint_time');
  if (duration !== value || timestamp !== time) return false;
  if (timestamp === undefined && parts === undefined)
    return unseenInteraction.ns.includes(Number(value)) && !seen.some(isSurelyIn(visit));
  const slow = seen.filter((entry) => ns(Number(entry.duration)) === value);
  const times = slow.map(({ startTime }) => startTime);
  if (nearest(visit, timestamp, times) === undefined || !isObject(parts)) return false;
  const values = [parts.input_delay, parts.processing_duration, parts.presentation_delay].map(ms);
  const sum = values.reduce((total, part) => total + part, 0);
  return values.every((part) => part >= 0) && Math.abs(sum - ms(duration)) < 1e-3;
}

/** ms in which an entry comes to all observers. Of what was later, an SDK may not have known when the view ended. */
const ENTRY_DELAY_MS = 300;

/** And not the one that began the view. */
const isSurelyIn =
  ({ start, end, isInitial }: Visit) =>
  ({ startTime, duration }: Measured) =>
    startTime > start + (isInitial ? 0 : TWO_CLOCKS_MS) &&
    startTime + Number(duration) + ENTRY_DELAY_MS < end;

/** The load event, or something that the page was seen to do. */
function checkLoadingTime(visit: Visit): void {
  const { view, document, date } = visit;
  const value = read(view, 'view.loading_time');
  if (value === undefined) return;
  const entry = navigationOf(document);
  if (entry && value === ns(Number(entry.loadEventEnd)))
    write(view, 'view.loading_time', 'until the load event');
  else write(view, 'view.loading_time', activityAt(date + ms(value), document, visit));
}

/** Dates are in whole ms. */
const ROUNDING_MS = 2;

/** What the page was seen to do at a date: to change, to request, to be told of a response, to begin or end a view, or to say so. */
export function activityAt(
  date: number,
  document: Testimony,
  { steps, views, viewEnds, given }: Truth,
): string {
  const { activity, entries, origin, drifts } = document;
  const lag = Math.max(0, ...activity.map(([from, to]) => to - from));
  const frames = entries.filter(({ entryType }) => entryType === 'long-animation-frame');
  /** When a page that was busy at that time could notice it. */
  const noticed = (time: number) =>
    frames.reduce((latest, { startTime, duration }) => {
      const isDuring = startTime <= latest && latest <= startTime + Number(duration);
      return isDuring ? startTime + Number(duration) + TWO_CLOCKS_MS : latest;
    }, time);
  /** Nobody but the SDK sees when a response was read to its end; its entry comes at about that time. */
  const toldAfter = (time: number) => activity.find(([, to]) => to > time)?.[1] ?? time;
  const requests = entries
    .filter(({ entryType }) => entryType === 'resource')
    .flatMap(({ startTime, responseEnd }): [number, number][] => [
      [startTime, startTime],
      [
        Number(responseEnd),
        Math.max(noticed(Number(responseEnd) + TWO_CLOCKS_MS), toldAfter(Number(responseEnd))) +
          lag,
      ],
    ]);
  const isCall = [...views, ...viewEnds, ...given.keys()].some(
    (time) => Math.abs(time - date) <= TWO_CLOCKS_MS,
  );
  const isSeen = [...activity, ...requests].some(([from, to]) =>
    [0, ...drifts].some((drift) => {
      const time = date - origin - drift;
      return time >= from - ROUNDING_MS && time <= to + ROUNDING_MS;
    }),
  );
  return `${isCall || isSeen ? 'with something on the page' : 'with nothing'} ${steps.at(date)}`;
}

function checkPeriods(visit: Visit): void {
  const { view, date, document, steps } = visit;
  const timings = at(view, 'view', 'custom_timings');
  // Those that the journey gives are named for their ms.
  for (const [name, value] of Object.entries(isObject(timings) ? timings : {}))
    if (name !== `at_${ms(value)}`)
      write(view, `view.custom_timings.${name}`, steps.during(date + ms(value)));
  const states = at(view, '_dd', 'page_states');
  for (const state of Array.isArray(states) ? states : [])
    if (state.start !== 0) state.start = whenIs(date + ms(state.start), document, steps);
  const path = 'display.scroll.max_scroll_height_time';
  const time = Number(read(view, path));
  // Sampled once a second, whenever that is.
  if (time >= 0 && time <= Number(read(view, 'view.time_spent')))
    write(view, path, 'within the view');
}

/** When it was left, a page is hidden, and frozen: only what is sent then can say so. */
function whenIs(
  date: number,
  { left, restored, origin }: Testimony,
  steps: Truth['steps'],
): string {
  const isLeft = left.some(
    (time) =>
      date >= time - TWO_CLOCKS_MS &&
      !restored.some((again) => origin + again > time && origin + again <= date),
  );
  return isLeft ? LEFT : steps.at(date);
}

function checkEnd({ view, date, steps, views, ended }: Visit): void {
  const value = read(view, 'view.time_spent');
  if (typeof value !== 'number' || value < 0) return;
  const end = date + ms(value);
  const next = views.filter((start) => start > date);
  const isOverlapping = isRoute(view) && next.some((start) => end > start + ROUNDING_MS);
  const until = end > ended || isOverlapping ? `${end}, the page measured less` : steps.at(end);
  write(view, 'view.time_spent', `until ${until}`);
}

/** One tab, one view after the other. */
const isRoute = (view: Json) => read(view, 'view.loading_type') === 'route_change';

function checkDrift({ view, document }: Visit): void {
  const drift = Number(read(view, '_dd.drift'));
  const isNear = document.drifts.some((seen) => Math.abs(seen - drift) <= TWO_CLOCKS_MS);
  if (isNear && Number.isInteger(drift)) write(view, '_dd.drift', MEASURED);
}
