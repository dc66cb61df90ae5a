/**
 * What a page itself saw while an SDK watched it: the browser's entries, events, mutations, and when each step of the
 * journey was made. What an SDK measured is checked against its own page, so that no tolerance has to hide how busy
 * the machine was in either run.
 */

import type { CDPSession, Page } from 'puppeteer-core';
import type { Json } from '../../js/intake/json.ts';

/** A step of a journey; epoch ms. */
export interface Step {
  from: number;
  /** When what it did synchronously, or awaited, was done; absent if nobody knows. */
  to?: number;
}

export type Measured = Record<string, unknown> & { entryType: string; startTime: number };

/** A document, and all that was seen in it; times are ms since its origin. */
export interface Testimony {
  origin: number;
  entries: Measured[];
  /** Pointers and keys. */
  inputs: number[];
  /** Mutations, calls of `open`, and when entries of resources were delivered: all observers were told of it between the two times. */
  activity: [from: number, to: number][];
  /** When it was shown again. */
  restored: number[];
  /** When it was about to be left, in epoch ms; more than once if it was restored. */
  left: number[];
  /** Of `Date` from the browser's monotonic clock. */
  drifts: number[];
  viewIds: string[];
}

export interface Bridged {
  eventType: string;
  event: Json;
  view?: { id: string };
}

type Told =
  | { origin: number; entries: Measured[] }
  | { origin: number; activity: [from: number, to: number] }
  | { origin: number; input: number }
  | { origin: number; restored: number }
  | { origin: number; drift: number }
  | { origin: number; begin: number; drift: number; viewId?: string }
  | { origin: number; end: number; drift: number; viewId?: string }
  | { origin: number; given: [name: string, at: number] };

/** On every page: one mark where a step begins, one where it ends; and times that the page itself gives to the SDK. */
declare global {
  interface Window {
    __tell(message: string): void;
    __begin(): void;
    __end<Result>(result?: Result): Result;
    __given(name: string, at: number): number;
    /** What an application around the page is given. */
    __bridged(message: string): void;
  }
}

function watch(): void {
  const origin = performance.timeOrigin;
  const tell = (message: object) => window.__tell?.(JSON.stringify({ origin, ...message }));
  const viewId = () => window.DD_RUM?.getInternalContext?.()?.view?.id;
  const driftAt = (now: number) => now - origin - performance.now();
  const mark = (name: 'begin' | 'end') => {
    const now = Date.now();
    tell({
      [name]: now,
      drift: driftAt(now),
      viewId: viewId(),
    });
  };
  window.__begin = () => mark('begin');
  window.__end = (result) => {
    const end = () => mark('end');
    if (result instanceof Promise) result.then(end, end);
    else end();
    return result as never;
  };
  // Kept by the tab: a page that is being left can tell nobody.
  window.__bridged = (message) => {
    const kept = JSON.parse(sessionStorage.getItem('bridged') ?? '[]');
    sessionStorage.setItem('bridged', JSON.stringify([...kept, message]));
  };
  window.__given = (name, at) => {
    tell({ given: [name, at] });
    return at;
  };

  /** What JSON leaves out, or says in other words. */
  const plain = (entry: PerformanceEntry): object => {
    const { interactionId, hadRecentInput, contentType } = entry as never as Measured;
    return { ...entry.toJSON(), interactionId, hadRecentInput, contentType };
  };
  // A task of its own: what others do in this one is over.
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => tell({ activity: [data, performance.now()] });
  const tellActivity = () => port2.postMessage(performance.now());
  const tellEntries = (list: PerformanceEntryList) => {
    if (list.length > 0) tell({ entries: list.map(plain) });
    if (list.some(({ entryType }) => entryType === 'resource')) tellActivity();
  };
  const observed = [
    { type: 'navigation' },
    { type: 'resource' },
    { type: 'paint' },
    { type: 'largest-contentful-paint' },
    { type: 'layout-shift' },
    { type: 'first-input' },
    // The threshold that both SDKs ask for.
    { type: 'event', durationThreshold: 40 },
    { type: 'long-animation-frame' },
  ];
  for (const options of observed)
    new PerformanceObserver((list) => tellEntries(list.getEntries())).observe({
      ...options,
      buffered: true,
    } as PerformanceObserverInit);

  new MutationObserver(tellActivity).observe(document, {
    attributes: true,
    characterData: true,
    childList: true,
    subtree: true,
  });
  const { open } = window;
  window.open = (...args) => {
    tellActivity();
    return open.apply(window, args);
  };
  for (const type of ['pointerdown', 'pointerup', 'click', 'keydown', 'keyup'])
    addEventListener(type, ({ timeStamp }) => tell({ input: timeStamp }), { capture: true });
  addEventListener('pageshow', ({ persisted, timeStamp }) => {
    if (persisted) tell({ restored: timeStamp });
  });
  tell({ drift: driftAt(Date.now()) });
}

/** All pages of a visit. */
export class Witness {
  readonly steps: Step[] = [];
  readonly given = new Map<number, string>();
  readonly bridged: Bridged[] = [];
  /** When the visit was over; epoch ms. */
  ended = Number.POSITIVE_INFINITY;
  readonly #documents = new Map<number, Testimony>();

  get documents(): Testimony[] {
    return [...this.#documents.values()];
  }

  async attend(page: Page): Promise<void> {
    const client: CDPSession = await page.createCDPSession();
    await client.send('Runtime.enable');
    client.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === '__tell') this.#hear(JSON.parse(payload));
    });
    await client.send('Runtime.addBinding', { name: '__tell' });
    await page.evaluateOnNewDocument(watch);
  }

  /** A page is about to be left, and can tell of nothing then. */
  leave(origin: number, viewId: string | undefined): void {
    const document = this.#documentOf(origin);
    document.left.push(Date.now());
    if (viewId !== undefined) document.viewIds.push(viewId);
  }

  /** A step that no page can mark. */
  begin(): void {
    this.steps.push({ from: Date.now() });
  }

  #hear(told: Told): void {
    const document = this.#documentOf(told.origin);
    if ('drift' in told) document.drifts.push(told.drift);
    if ('viewId' in told && told.viewId !== undefined) document.viewIds.push(told.viewId);
    if ('entries' in told) document.entries.push(...told.entries);
    else if ('input' in told) document.inputs.push(told.input);
    else if ('activity' in told) document.activity.push(told.activity);
    else if ('restored' in told) document.restored.push(told.restored);
    else if ('given' in told) this.given.set(told.given[1], told.given[0]);
    else if ('begin' in told || 'end' in told) this.#hearStep(told);
  }

  #hearStep(told: Extract<Told, { begin: number } | { end: number }>): void {
    const last = this.steps.at(-1);
    if ('begin' in told) this.steps.push({ from: told.begin });
    else if (last) last.to = told.end;
  }

  #documentOf(origin: number): Testimony {
    const known = this.#documents.get(origin);
    if (known) return known;
    const document = {
      origin,
      entries: [],
      inputs: [],
      activity: [],
      restored: [],
      left: [],
      drifts: [],
      viewIds: [],
    };
    this.#documents.set(origin, document);
    return document;
  }
}
