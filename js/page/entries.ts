/**
 * Performance entries on their way to the engine: a batch crosses as one array of numbers and one
 * string, laid out as `src/browser/entries.rs` says.
 */

import { isOwnFile } from 'virtual:wasm';
import type { Configuration } from '../configuration.ts';
import type { EngineStart } from '../engine-contract.ts';
import { selectorAt } from './clicks.ts';
import { whenIdle } from './frames.ts';
import { input } from './input.ts';
import {
  EVENT,
  FIRST_CONTENTFUL_PAINT,
  INTERACTION_COUNT,
  LARGEST_CONTENTFUL_PAINT,
  LAYOUT_SHIFT,
  NAVIGATION,
  RESOURCE,
  VISIBILITY_STATE,
} from './kinds.ts';
import type { Listening } from './listen.ts';
import { observeLongTasks } from './long-tasks.ts';
import type { Details, Requests } from './requests.ts';
import { selectorOf } from './selector.ts';

/** ms, as the reference observes (web-vitals 6.2.3 `src/onINP.ts`). */
const EVENT_THRESHOLD = 40;

/** Entries of any type: which properties there are depends on the type and on the browser. */
// biome-ignore lint/suspicious/noExplicitAny: TypeScript's library knows few of these types.
export type AnyEntry = PerformanceEntry & Record<string, any>;

type Encoded = (number | string)[];

export interface EntryObserver {
  /** Gives the engine at once what the browser has not delivered of what vitals are made of. */
  deliverVitals(): void;
  /** The same for resources, those that wait for idle time included; whether there were any. */
  deliverResources(): boolean;
  /** Delivers for the last time. */
  stop(): void;
}

export type Observe = (type: string, take: (entries: AnyEntry[]) => void, options?: object) => void;

export function observeEntries(
  { guarded }: Listening,
  start: EngineStart,
  { trackLongTasks }: Configuration,
  requests: Requests,
): EntryObserver {
  const observers: [PerformanceObserver, (entries: AnyEntry[]) => void][] = [];
  const resources: AnyEntry[] = [];

  const observe: Observe = (type, take, options) => {
    if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
    const observer = new PerformanceObserver(guarded((list) => take(list.getEntries())));
    observer.observe({ type, buffered: true, ...options });
    observers.push([observer, take]);
  };
  const sendResources = () => {
    const hasSome = !!resources[0];
    send(RESOURCE, resources.splice(0), (entry) => resource(entry, requests.detailsOf(entry)));
    requests.settle();
    return hasSome;
  };
  const takeResource = (entry: AnyEntry) => {
    if (!resources[0]) whenIdle(guarded(sendResources));
    resources.push(entry);
  };
  const takeResources = (all: AnyEntry[]) => {
    for (const entry of all) {
      const take = () => takeResource(entry);
      if (!isOwnFile(entry.name) && !requests.isAwaited?.(entry.name, take)) take();
    }
  };
  const takeEvents = (entries: AnyEntry[]) => {
    countInteractions();
    send(EVENT, entries, event);
  };

  // The history of visibility comes first: paints and inputs are judged by it.
  const history = performance.getEntriesByType('visibility-state') as AnyEntry[];
  send(VISIBILITY_STATE, history, ({ startTime, name }) => [startTime, +(name === 'hidden')]);
  if (start.hiddenAt !== undefined) {
    input(VISIBILITY_STATE, 0, [start.hiddenAt, 1]);
  }
  observe('navigation', (entries) => {
    send(NAVIGATION, entries.filter(isValidNavigation), navigation);
    takeResources(entries);
  });
  observe('paint', (entries) => {
    const paints = entries.filter(({ name }) => name === 'first-contentful-paint');
    send(FIRST_CONTENTFUL_PAINT, paints, ({ startTime }) => [startTime]);
  });
  observe('largest-contentful-paint', (entries) => {
    send(LARGEST_CONTENTFUL_PAINT, entries, largestContentfulPaint);
  });
  observe('layout-shift', (entries) => send(LAYOUT_SHIFT, entries, layoutShift));
  observe('event', takeEvents, { durationThreshold: EVENT_THRESHOLD });
  observe('first-input', takeEvents);
  // The shim's observer has seen what the browser had kept, and more.
  const early = start.takeEntries() as AnyEntry[];
  const ofType = (type: string) => early.filter(({ entryType }) => entryType === type);
  observe('resource', takeResources, { buffered: !start.entryObserver });
  takeResources(ofType('resource'));
  if (trackLongTasks) observeLongTasks(observe);
  takeEvents(ofType('event'));

  // Records of resources only join those that wait.
  const deliverVitals = () => {
    for (const [observer, take] of observers) take(observer.takeRecords());
  };
  const stop = () => {
    deliverVitals();
    sendResources();
    for (const [observer] of observers) observer.disconnect();
  };
  return { deliverVitals, deliverResources: sendResources, stop };
}

/** A view that begins now has none of those so far. */
export function countInteractions(): void {
  const count = (performance as { interactionCount?: number }).interactionCount;
  if (count !== undefined) input(INTERACTION_COUNT, 0, [count]);
}

function send(kind: number, entries: AnyEntry[], encode: (entry: AnyEntry) => Encoded): void {
  if (!entries[0]) return;
  const numbers: number[] = [];
  const strings: string[] = [];
  for (const entry of entries) {
    for (const value of encode(entry)) {
      if (typeof value === 'string') strings.push(value);
      else numbers.push(value);
    }
  }
  input(kind, 0, numbers, strings);
}

/** Browsers have been seen to give zeros and times to come (web-vitals, `getNavigationEntry`). */
function isValidNavigation({ responseStart }: AnyEntry): boolean {
  return responseStart > 0 && responseStart < performance.now();
}

const navigation = (entry: AnyEntry): Encoded => [
  entry.activationStart ?? 0,
  entry.responseStart,
  entry.domInteractive,
  entry.domContentLoadedEventEnd,
  entry.domComplete,
  entry.loadEventEnd,
];

/** When the image was requested and had arrived. */
function requestOf({ url, startTime }: AnyEntry): [number, number] {
  const entries = url ? (performance.getEntriesByName(url, 'resource') as AnyEntry[]) : [];
  const entry = entries.filter((entry) => entry.startTime <= startTime).pop();
  return entry ? [entry.requestStart || entry.startTime, entry.responseEnd] : [0, 0];
}

/** Of an element that is gone the entry still knows the id. */
const largestContentfulPaint = (entry: AnyEntry): Encoded => [
  entry.startTime,
  entry.size,
  ...requestOf(entry),
  selectorOf(entry.element) || (entry.id ? `#${CSS.escape(entry.id)}` : ''),
  entry.url ?? '',
];

interface ShiftSource {
  node?: Node;
  previousRect: DOMRectReadOnly;
  currentRect: DOMRectReadOnly;
}

function layoutShift(entry: AnyEntry): Encoded {
  const source = entry.hadRecentInput ? undefined : largestSource(entry.sources ?? []);
  return [
    entry.startTime,
    entry.value,
    +entry.hadRecentInput,
    +!!source,
    ...rect(source?.previousRect),
    ...rect(source?.currentRect),
    devicePixelRatio,
    selectorOf(source?.node),
  ];
}

function rect(rect: DOMRectReadOnly | undefined): number[] {
  return rect ? [rect.x, rect.y, rect.width, rect.height] : [0, 0, 0, 0];
}

/** The element that moved over the largest area (browser-rum-core 7.16, `trackCumulativeLayoutShift`). */
function largestSource(sources: ShiftSource[]): ShiftSource | undefined {
  let largest: ShiftSource | undefined;
  let largestArea = -1;
  for (const source of sources) {
    const area = impactArea(source);
    if (source.node?.nodeType === Node.ELEMENT_NODE && area > largestArea) {
      largest = source;
      largestArea = area;
    }
  }
  return largest;
}

function impactArea({ previousRect: a, currentRect: b }: ShiftSource): number {
  const overlap = (low: 'left' | 'top', high: 'right' | 'bottom') =>
    Math.max(0, Math.min(a[high], b[high]) - Math.max(a[low], b[low]));
  const both = overlap('left', 'right') * overlap('top', 'bottom');
  return a.width * a.height + b.width * b.height - both;
}

const event = (entry: AnyEntry): Encoded => [
  +(entry.entryType === 'first-input'),
  entry.startTime,
  entry.duration,
  entry.processingStart,
  entry.processingEnd,
  entry.interactionId ?? 0,
  entry.interactionId ? selectorOf(entry.target) || selectorAt(entry.startTime) : '',
];

const resource = (entry: AnyEntry, { json, isTraced, isLateActivity, token }: Details): Encoded => [
  entry.startTime,
  entry.duration,
  entry.workerStart,
  entry.redirectStart,
  entry.redirectEnd,
  entry.fetchStart,
  entry.domainLookupStart,
  entry.domainLookupEnd,
  entry.connectStart,
  entry.secureConnectionStart,
  entry.connectEnd,
  entry.requestStart,
  entry.responseStart,
  entry.responseEnd,
  entry.transferSize,
  entry.encodedBodySize,
  entry.decodedBodySize,
  entry.responseStatus ?? 0,
  +isTraced,
  +isLateActivity,
  token,
  entry.name,
  entry.initiatorType,
  entry.nextHopProtocol,
  entry.deliveryType ?? '-',
  entry.renderBlockingStatus ?? '',
  json,
];
