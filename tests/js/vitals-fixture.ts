/** The chunk that completes views, over entries that a test makes up. */

import { type Complete, completeViews } from '../../js/vitals.ts';

type Entry = Record<string, unknown>;

/** What the browser has observed, by type; `delivered` so far, or only to be had with `takeRecords`. */
interface Browser {
  entries?: Record<string, Entry[]>;
  pending?: Record<string, Entry[]>;
  readyState?: string;
  wasDiscarded?: boolean;
  /** Types of entries of which it has none. */
  lacks?: string[];
  /** Whether it has the Navigation API. */
  hasNavigation?: boolean;
}

const now = performance.now.bind(performance);

/** A page of which the network was quick, and which has loaded. */
export const NAVIGATION = {
  type: 'navigate',
  activationStart: 0,
  fetchStart: 2,
  workerStart: 0,
  redirectStart: 0,
  redirectEnd: 0,
  domainLookupStart: 5,
  connectStart: 9,
  connectEnd: 20,
  responseStart: 50,
  domInteractive: 100,
  domContentLoadedEventStart: 120,
  domComplete: 200,
};

/** What completes views, and what it has reported. */
export function vitals(browser: Browser = {}, options: object = {}) {
  const { entries = {}, pending = {}, readyState = 'complete', wasDiscarded, lacks = [] } = browser;
  const reports: unknown[] = [];
  const inputs: number[] = [];
  const reverts: (() => void)[] = [];
  const listeners: [string[], (event: never) => void][] = [];
  const extras: { complete?: Complete } = {};
  const complete: Complete = (...event) => extras.complete?.(...event) as string;

  class Observer {
    static supportedEntryTypes = [
      'event',
      'first-input',
      'interaction-contentful-paint',
      'largest-contentful-paint',
      'layout-shift',
      'long-animation-frame',
      'navigation',
      'resource',
      'soft-navigation',
    ].filter((type) => !lacks.includes(type));
    #type = '';
    constructor(readonly take: (list: object) => void) {}
    #isLong = (_: Entry): boolean => true;
    observe({ type, durationThreshold = 104 }: { type: string; durationThreshold?: number }) {
      this.#type = type;
      if (type === 'event') this.#isLong = ({ duration }) => Number(duration) >= durationThreshold;
      const all = entries[type]?.filter(this.#isLong);
      if (all) this.take({ getEntries: () => all });
    }
    takeRecords = () => (pending[this.#type] ?? []).splice(0).filter(this.#isLong);
    disconnect() {}
  }
  const waiting: (() => void)[] = [];
  const wait = (run: () => void) => waiting.push(run);
  Object.assign(globalThis, {
    PerformanceObserver: Observer,
    document: { readyState, wasDiscarded },
    window: {},
    location: { href: 'http://shop/' },
    navigation: browser.hasNavigation ? {} : undefined,
    requestAnimationFrame: wait,
    setTimeout: wait,
  });
  performance.now = now;
  performance.getEntriesByType = (type) => (entries[type] ?? []) as never;
  completeViews(
    {
      listen: (_, types, listener) => void listeners.push([types, listener]),
      guarded: (run) => run,
      undo: (revert) => void reverts.push(revert),
      stop() {},
    },
    { options: options as never, report: (error) => reports.push(error) },
    // Elements of tests are their selectors.
    (node) => `${node ?? ''}`,
    extras,
    (kind) => inputs.push(kind),
  );
  return {
    pending,
    reports,
    /** What the engine was told. */
    inputs,
    /** That many ms after the page began. */
    nowIs(time: number) {
      performance.now = () => time;
    },
    /** Runs what waits for a frame or a time, but not what begins to wait meanwhile. */
    runWaiting() {
      for (const run of waiting.splice(0)) run();
    },
    fire(type: string, event: object = {}) {
      for (const [types, listener] of listeners) {
        if (types.includes(type)) listener(event as never);
      }
    },
    stop: () => {
      for (const revert of reverts) revert();
    },
    /** `context` of the view as it is sent. */
    context(view: object, start = 0, context?: object) {
      const event = JSON.stringify({ type: 'view', view, context });
      return JSON.parse(complete(event, start)).context;
    },
    complete: (event: object, start = 0) => JSON.parse(complete(JSON.stringify(event), start)),
  };
}
