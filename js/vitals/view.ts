/** Views on their way to the intake, and what is added to them. */

/** As far as anybody here looks at it. Times and durations are nanoseconds. */
export interface ViewEvent {
  type: string;
  view: {
    loading_type?: string;
    url?: string;
    time_spent?: number;
    first_byte?: number;
    first_contentful_paint?: number;
    largest_contentful_paint?: number;
    largest_contentful_paint_target_selector?: string | undefined;
    first_input_delay?: number;
    first_input_time?: number;
    first_input_target_selector?: string | undefined;
    performance?: {
      cls?: { score?: number; timestamp?: number };
      fcp?: { timestamp?: number };
      fid?: { duration?: number; timestamp?: number; target_selector?: string | undefined };
      inp?: Interaction;
      lcp?: LargestPaint;
    };
  };
  context?: { [key: string]: unknown; ferrum?: object };
}

export interface LargestPaint {
  timestamp?: number;
  target_selector?: string | undefined;
  resource_url?: string | undefined;
  sub_parts?: SubParts | undefined;
}

export interface Interaction {
  duration?: number;
  timestamp?: number;
  /** Input delay, processing duration and presentation delay, in this order. */
  sub_parts?: { [name: string]: number };
}

/** Of a largest paint, after the first byte. */
export interface SubParts {
  /** Until it was requested. */
  load_delay: number;
  /** Until it had come. */
  load_time: number;
  /** Until it was painted. */
  render_delay: number;
}

/** Views that have ended are sent again for five minutes at most, and there are seldom more in those. */
const VIEWS = 50;

/** When a view began, and the one before it, in milliseconds on the page's clock. */
export interface ViewRecord {
  start: number;
  /** `-Infinity` where none is known. */
  before: number;
  /** What was found out about it, by name: see `remember`. */
  found: { [name: string]: { [time: number]: unknown } };
}

/** Adds what it knows to an event. What it needs it observes itself. */
export type Part = (event: ViewEvent, view: ViewRecord) => void;

/** Knows the views that were completed. */
export function createHistory(): (start: number) => ViewRecord {
  const views = new Map<number, ViewRecord>();
  return (start) => {
    const others = [...views.keys()];
    const before = Math.max(...others.filter((other) => other < start));
    const view = { start, found: {}, ...views.get(start), before };
    views.set(start, view);
    if (others.length > VIEWS) views.delete(others[0] as number);
    return view;
  };
}

/**
 * What is found of `time` in a view, or was, if nothing is found any more: views are sent again, when
 * entries may have been forgotten.
 */
export function remember<T>(
  { found }: ViewRecord,
  name: string,
  time: number,
  value: T | undefined,
): T | undefined {
  const known = value ?? (found[name]?.[time] as T | undefined);
  found[name] = { [time]: known };
  return known;
}

/** Adds `context.ferrum[name]`. What is not known is left out, and all of it where nothing is. */
export function explain(event: ViewEvent, name: string, causes: object): void {
  if (Object.values(causes).every((cause) => cause === undefined)) return;
  event.context = {
    ...event.context,
    ferrum: { ...event.context?.ferrum, [name]: causes },
  };
}

/** A span in milliseconds as events have it; of what took less than no time, zero. */
export function ns(span: number): number {
  return exactNs(Math.max(0, span));
}

/** A difference in milliseconds, which may be below zero. */
export function exactNs(span: number): number {
  return Math.round(span * 1e6);
}

/** On the page's clock: the view's span, in nanoseconds, after its start. */
export function timeOf({ start }: ViewRecord, span: number): number {
  return start + span / 1e6;
}
