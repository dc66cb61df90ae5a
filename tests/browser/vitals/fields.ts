/** What of a view is compared with web-vitals' report of the same view: values, then what explains them. */

export const METRICS = ['LCP', 'FCP', 'TTFB', 'CLS', 'INP', 'FID'] as const;

export type Metric = (typeof METRICS)[number];

/** How two values are told apart. */
export type Measure =
  /** Ours are nanoseconds, theirs are milliseconds; `within` are milliseconds. */
  | { kind: 'span'; within: number }
  /** Ours are nanoseconds after the view's start, theirs are milliseconds of the page's clock. */
  | { kind: 'time'; within: number }
  /** Theirs is `unknown` where browsers do not know it. */
  | { kind: 'number'; within: number; unknown?: number }
  | { kind: 'text' }
  /** The same element. */
  | { kind: 'selector' };

export interface Field {
  /** `LCP`, or `LCP.url` for what explains it. */
  name: string;
  metric: Metric;
  /** Path in the view event. */
  ours: string;
  /** Path in what the reference posts for the metric (`pages/view-reference.js`). */
  theirs: string;
  measure: Measure;
}

const span = (within: number): Measure => ({ kind: 'span', within });
const number = (within: number): Measure => ({ kind: 'number', within });
/** A view's date are whole milliseconds. */
const time: Measure = { kind: 'time', within: 1.5 };
const text: Measure = { kind: 'text' };
const selector: Measure = { kind: 'selector' };

type Row = [name: string, ours: string, theirs: string, measure: Measure];

const of = (metric: Metric, path: string, rows: Row[]): Field[] =>
  rows.map(([name, ours, theirs, measure]) => ({
    name: name ? `${metric}.${name}` : metric,
    metric,
    ours: ours.replace('^', path),
    theirs,
    measure,
  }));

const rectangle = (ours: string, theirs: string): Row[] =>
  ['x', 'y', 'width', 'height'].map((side) => [
    `${ours}.${side}`,
    `^.${ours}.${side}`,
    `largestShiftSource.${theirs}.${side}`,
    number(0.5),
  ]);

const loadState = (metric: string): Row => [
  'load_state',
  `context.ferrum.${metric}.load_state`,
  'loadState',
  text,
];

export const FIELDS: Field[] = [
  ...of('LCP', 'view.performance.lcp', [
    ['', '^.timestamp', 'value', span(1)],
    ['target', '^.target_selector', 'target', selector],
    ['url', '^.resource_url', 'url', text],
    ['first_byte', 'view.first_byte', 'timeToFirstByte', span(1)],
    ['load_delay', '^.sub_parts.load_delay', 'resourceLoadDelay', span(1)],
    ['load_time', '^.sub_parts.load_time', 'resourceLoadDuration', span(1)],
    ['render_delay', '^.sub_parts.render_delay', 'elementRenderDelay', span(1)],
    ['size', 'context.ferrum.lcp.size', 'lcpEntry.size', number(0)],
  ]),
  ...of('FCP', 'context.ferrum.fcp', [
    ['', 'view.performance.fcp.timestamp', 'value', span(1)],
    ['first_byte_to_paint', '^.first_byte_to_paint', 'firstByteToFCP', span(1)],
    loadState('fcp'),
  ]),
  // Of every view that was painted.
  ...of('FCP', 'context.ferrum.navigation', [
    ['navigation.type', '^.type', 'navigationType', text],
    ['navigation.id', '^.id', 'navigationId', { kind: 'number', within: 0, unknown: 0 }],
    ['navigation.interaction_id', '^.interaction_id', 'navigationInteractionId', number(0)],
  ]),
  ...of('TTFB', 'context.ferrum.ttfb', [
    ['', 'view.first_byte', 'value', span(1)],
    ['waiting', '^.waiting', 'waitingDuration', span(1)],
    ['cache', '^.cache', 'cacheDuration', span(1)],
    ['dns', '^.dns', 'dnsDuration', span(1)],
    ['connection', '^.connection', 'connectionDuration', span(1)],
    ['request', '^.request', 'requestDuration', span(1)],
    ['redirect', '^.redirect', 'redirect', span(1)],
    ['worker', '^.worker', 'worker', span(1)],
    ['early_hints', '^.early_hints', 'earlyHints', span(1)],
    ['final_headers', '^.final_headers', 'finalHeaders', span(1)],
  ]),
  ...of('CLS', 'view.performance.cls', [
    ['', '^.score', 'value', number(0.0001)],
    ['target', '^.target_selector', 'largestShiftTarget', selector],
    ['time', '^.timestamp', 'largestShiftTime', time],
    ...rectangle('previous_rect', 'previousRect'),
    ...rectangle('current_rect', 'currentRect'),
    ['largest_shift', 'context.ferrum.cls.largest_shift', 'largestShiftValue', number(0.0001)],
    loadState('cls'),
  ]),
  ...of('INP', 'view.performance.inp', [
    ['', '^.duration', 'value', span(8)],
    ['target', '^.target_selector', 'interactionTarget', selector],
    ['time', '^.timestamp', 'interactionTime', time],
    ['input_delay', '^.sub_parts.input_delay', 'inputDelay', span(1)],
    ['processing', '^.sub_parts.processing_duration', 'processingDuration', span(1)],
    ['presentation_delay', '^.sub_parts.presentation_delay', 'presentationDelay', span(1)],
  ]),
  ...of('INP', 'context.ferrum.inp', [
    ['type', '^.type', 'interactionType', text],
    loadState('inp'),
    ['script', '^.script', 'totalScriptDuration', span(1)],
    ['style_and_layout', '^.style_and_layout', 'totalStyleAndLayoutDuration', span(1)],
    ['paint', '^.paint', 'totalPaintDuration', span(1)],
    ['unattributed', '^.unattributed', 'totalUnattributedDuration', span(1)],
    ['longest.url', '^.longest_script.url', 'longestScript.entry.sourceURL', text],
    [
      'longest.function',
      '^.longest_script.function',
      'longestScript.entry.sourceFunctionName',
      text,
    ],
    [
      'longest.position',
      '^.longest_script.position',
      'longestScript.entry.sourceCharPosition',
      { kind: 'number', within: 0, unknown: -1 },
    ],
    ['longest.invoker', '^.longest_script.invoker', 'longestScript.entry.invoker', text],
    [
      'longest.invoker_type',
      '^.longest_script.invoker_type',
      'longestScript.entry.invokerType',
      text,
    ],
    ['longest.subpart', '^.longest_script.subpart', 'longestScript.subpart', text],
    [
      'longest.duration',
      '^.longest_script.duration',
      'longestScript.intersectingDuration',
      span(1),
    ],
  ]),
  ...of('FID', 'view.performance.fid', [['', '^.duration', 'value', span(1)]]),
];
