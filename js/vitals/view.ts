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
      inp?: { duration?: number };
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

/** Of a largest paint, after the first byte. */
export interface SubParts {
  /** Until it was requested. */
  load_delay: number;
  /** Until it had come. */
  load_time: number;
  /** Until it was painted. */
  render_delay: number;
}

/** When a view began, and the one before it, in milliseconds on the page's clock. */
export interface ViewRecord {
  start: number;
  /** `-Infinity` where none is known. */
  before: number;
}

/** Adds what it knows to an event. What it needs it observes itself. */
export type Part = (event: ViewEvent, view: ViewRecord) => void;

/** A page has more views than anybody sends again. */
const LIMIT = 50;

/** Knows the starts of the last views that were completed. */
export function createHistory(): (start: number) => ViewRecord {
  const starts = new Set<number>();
  return (start) => {
    starts.add(start);
    for (const oldest of starts) if (starts.size > LIMIT) starts.delete(oldest);
    let before = Number.NEGATIVE_INFINITY;
    for (const other of starts) if (other < start && other > before) before = other;
    return { start, before };
  };
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
  return Math.round(Math.max(0, span) * 1e6);
}

/** On the page's clock: the view's span, in nanoseconds, after its start. */
export function timeOf({ start }: ViewRecord, span: number): number {
  return start + span / 1e6;
}
