/** A page for the shim's tests: its own clock, timers, listeners, cookies and network. */

import { createFerrum } from '../../js/api.ts';
import type { Engine, EngineModule, EngineStart } from '../../js/engine-contract.ts';
import { initAgain, refuse } from '../../js/exceptions/options.ts';
import { operationCalls, remarks, timedCalls } from '../../js/exceptions/rare-calls.ts';
import { type Exceptions, exceptions } from '../../js/exceptions.ts';
import { interpret, prepare } from '../../js/recorded/interpret.ts';
import type { Deliver } from '../../js/recorded/texts.ts';
import type { Ferrum, InitConfiguration } from '../../js/types.ts';

export const APPLICATION_ID = '5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11';
export const OPTIONS: InitConfiguration = { applicationId: APPLICATION_ID, clientToken: 'pub123' };
/** Its hash is 20.8325 % (§4.4 of the reference). */
export const SESSION_ID = 'cacbf45c-3a05-48ce-b066-d76349460599';
export const NOW = 1_756_200_000_000;

export interface Sent {
  api: 'beacon' | 'fetch';
  url: string;
  body: string;
  init?: RequestInit;
}

interface PageOptions {
  readyState?: string;
  visibilityState?: string;
  prerendering?: boolean;
  cookie?: string;
  /** Of localStorage. */
  storage?: Record<string, string>;
  entries?: Record<string, object[]>;
  /** What `sendBeacon` answers. */
  beacon?: () => boolean;
  fetch?: () => Promise<unknown>;
  hasIdleCallback?: boolean;
  /** Which of the two bundles it has. */
  isDropIn?: boolean;
}

type Listener = (event: object) => void;

/** As far as a patch of it matters. */
export class FakeXhr {
  readyState = 0;
  status = 0;
  headers: [string, string][] = [];
  onreadystatechange: () => void = () => {};
  private captures: ((event: object) => void)[] = [];
  open(_method: string, _url: string | URL) {
    this.readyState = 1;
  }
  setRequestHeader(name: string, value: unknown) {
    this.headers.push([name, `${value}`]);
  }
  addEventListener(type: string, listener: (event: object) => void, capture?: boolean) {
    const isFirst = type === 'readystatechange' && capture && !this.captures.includes(listener);
    if (isFirst) this.captures.push(listener);
  }
  send() {}
  abort() {
    if (this.readyState === 1) this.finish(0);
    this.readyState = 0;
    this.status = 0;
  }
  finish(status: number) {
    this.readyState = 4;
    this.status = status;
    for (const listener of this.captures) listener({ target: this });
    this.onreadystatechange();
  }
}

/** Replaces the globals of a page until `restore`. */
export function openPage(options: PageOptions = {}) {
  const restores: (() => void)[] = [];
  const define = (holder: object, name: string, value: unknown) => {
    const before = Object.getOwnPropertyDescriptor(holder, name);
    Object.defineProperty(holder, name, { value, configurable: true, writable: true });
    restores.push(() => {
      if (before) Object.defineProperty(holder, name, before);
      else delete (holder as Record<string, unknown>)[name];
    });
  };
  const listeners: { type: string; listener: Listener }[] = [];
  const observers: FakeObserver[] = [];

  class FakeObserver {
    static supportedEntryTypes = ['event'];
    records: object[] = [];
    inits: object[] = [];
    isConnected = true;
    constructor(private callback: (list: { getEntries(): object[] }) => void) {
      observers.push(this);
    }
    observe(init: object) {
      this.inits.push(init);
    }
    takeRecords() {
      return this.records.splice(0);
    }
    disconnect() {
      this.isConnected = false;
    }
    deliver(entries: object[]) {
      this.callback({ getEntries: () => entries });
    }
  }

  const page = {
    now: 100,
    sent: [] as Sent[],
    /** What the console was given, `error: ` or `warn: ` first. */
    messages: [] as string[],
    details: [] as unknown[][],
    timers: [] as { run: () => void; delay: number }[],
    idle: [] as { run: () => void; timeout: number }[],
    cookies: [] as string[],
    listeners,
    observers,
    document: {
      readyState: options.readyState ?? 'complete',
      visibilityState: options.visibilityState ?? 'visible',
      prerendering: options.prerendering ?? false,
      referrer: 'https://shop.example.com/',
      baseURI: 'https://shop.example.com/products/42',
      currentScript: null as object | null,
      stored: options.cookie ?? '',
      get cookie() {
        return this.stored;
      },
      set cookie(text: string) {
        page.cookies.push(text);
        this.stored = text.split(';')[0] as string;
      },
    },
    dispatch(type: string, event: object = {}) {
      for (const each of [...listeners]) {
        if (each.type === type) each.listener({ type, target: window, ...event });
      }
    },
    hide() {
      page.document.visibilityState = 'hidden';
      page.dispatch('visibilitychange');
    },
    show() {
      page.document.visibilityState = 'visible';
      page.dispatch('visibilitychange');
    },
    /** Runs what waits for an idle period, and the engine's start after it. */
    async goIdle() {
      await settle();
      for (const { run } of page.idle.splice(0)) run();
      await settle();
    },
    async elapse() {
      for (const { run } of page.timers.splice(0)) run();
      await settle();
    },
    /** What the page's own `fetch` was called with, and what it answers. */
    fetched: [] as [input: RequestInfo | URL, init?: RequestInit][],
    respond: (): Promise<Response> => Promise.resolve(new Response('', { status: 200 })),
    events: (): Record<string, unknown>[] => page.sent.map(({ body }) => JSON.parse(body)),
    restore() {
      for (const restore of restores.reverse()) restore();
    },
  };

  const window = {
    fetch(...args: [input: RequestInfo | URL, init?: RequestInit]) {
      page.fetched.push(args);
      return page.respond();
    },
    addEventListener(type: string, listener: Listener) {
      listeners.push({ type, listener });
    },
    removeEventListener(type: string, listener: Listener) {
      const index = listeners.findIndex((each) => each.type === type && each.listener === listener);
      if (index >= 0) listeners.splice(index, 1);
    },
    ...(options.hasIdleCallback !== false && {
      requestIdleCallback: (run: () => void, { timeout }: { timeout: number }) =>
        page.idle.push({ run, timeout }),
    }),
  };
  define(globalThis, 'window', window);
  define(globalThis, 'IS_DROP_IN', !!options.isDropIn);
  for (const name of ['open', 'setRequestHeader', 'send', 'abort'] as const) {
    define(FakeXhr.prototype, name, FakeXhr.prototype[name]);
  }
  define(globalThis, 'XMLHttpRequest', FakeXhr);
  define(globalThis, 'localStorage', options.storage ?? {});
  define(globalThis, 'document', page.document);
  define(globalThis, 'location', { href: 'https://shop.example.com/products/42?ref=home' });
  define(globalThis, 'performance', {
    timeOrigin: NOW - 100.4,
    now: () => page.now,
    getEntriesByType: (type: string) => options.entries?.[type] ?? [],
    getEntriesByName: (name: string) => options.entries?.[name] ?? [],
  });
  define(globalThis, 'PerformanceObserver', FakeObserver);
  define(globalThis, 'navigator', {
    sendBeacon(url: string, body: string) {
      const isTaken = options.beacon?.() ?? true;
      if (isTaken) page.sent.push({ api: 'beacon', url, body });
      return isTaken;
    },
  });
  define(globalThis, 'fetch', (url: string, init: RequestInit) => {
    page.sent.push({ api: 'fetch', url, body: init.body as string, init });
    return options.fetch?.() ?? Promise.resolve({ status: 202 });
  });
  define(
    globalThis,
    'setTimeout',
    (run: (...args: unknown[]) => void, delay = 0, ...args: unknown[]) =>
      page.timers.push({ run: () => run(...args), delay }),
  );
  define(Date, 'now', () => NOW);
  for (const level of ['error', 'warn'] as const) {
    define(console, level, (message: string, ...details: unknown[]) => {
      page.messages.push(`${level}: ${message}`);
      page.details.push(details);
    });
  }
  return page;
}

export type Page = ReturnType<typeof openPage>;

/** Lets promises that have what they wait for go on. */
export async function settle() {
  for (let i = 0; i < 20; i++) await Promise.resolve();
}

/** What few pages call, as it was checked: not yet made into events. */
const checkedCalls: Exceptions = {
  ...exceptions,
  rareCalls: (deliver, texts, start) => ({
    ...timedCalls(deliver, texts),
    ...operationCalls(deliver, texts),
    ...remarks(start),
  }),
};

/** An engine that remembers the checked calls. `answer` may throw. */
export function fakeEngine(answer: (method: string, args: unknown[]) => unknown = () => undefined) {
  const deliver: Deliver = (method, at, ...args) => {
    while (args.length > 0 && args.at(-1) === undefined) args.pop();
    fake.calls.push([method, at, ...args]);
    try {
      return answer(method, args);
    } catch (error) {
      hasTrapped = true;
      throw error;
    }
  };
  let hasTrapped = false;
  let call: Engine['call'] = () => undefined;
  const fake = {
    loads: [] as (boolean | undefined)[],
    start: undefined as EngineStart | undefined,
    calls: [] as unknown[][],
    stops: 0,
    loadResult: (): Promise<EngineModule> => Promise.resolve(fake.module),
    startResult: (): Promise<Engine | undefined> => Promise.resolve(fake.engine),
    load(isRetry?: boolean) {
      fake.loads.push(isRetry);
      return fake.loadResult();
    },
    engine: {
      call: (...args) => call(...args),
      stop() {
        fake.stops++;
      },
    } as Engine,
    module: {
      startEngine(shim) {
        fake.start = prepare(shim);
        const load = () => Promise.resolve(checkedCalls);
        call = interpret(deliver, fake.start, () => hasTrapped, load, checkedCalls);
        return fake.startResult();
      },
      reportError({ options, fetch }, error) {
        const body = { type: 'telemetry', id: options.applicationId, message: `${error}` };
        void fetch('https://intake', { method: 'POST', body: JSON.stringify(body) });
      },
      refuse,
      initAgain,
    } as EngineModule,
    /** The calls of a method, without its name and time. */
    args: (method: string) =>
      fake.calls.filter(([name]) => name === method).map((call) => call.slice(2)),
  };
  return fake;
}

/** A page with a shim in it, ended after the test. */
export async function withFerrum(
  run: (world: { page: Page; ferrum: Ferrum; engine: ReturnType<typeof fakeEngine> }) => unknown,
  options: PageOptions = {},
  engine = fakeEngine(),
  isDropIn = false,
) {
  const page = openPage({ ...options, isDropIn });
  try {
    await run({ page, ferrum: createFerrum(engine.load), engine });
  } finally {
    page.restore();
  }
}
