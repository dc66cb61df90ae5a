/** A page for the tests of what keeps the session: cookies by domain, storages, locks. */

export const NAME = '_dd_s_v2';

interface Cookie {
  name: string;
  value: string;
  attributes: string[];
}

interface PageOptions {
  hostname?: string;
  /** Domains that are no public suffix. Absent: all. */
  sites?: string[];
  cookies?: Record<string, string>;
  storage?: Record<string, string>;
  blocks?: 'cookies' | 'cookies and storage' | 'cookies and writing to storage' | 'writing cookies';
  locks?: 'none' | 'refused' | 'held';
  globals?: object;
}

/** Replaces the globals of a page until `restore`. */
export function openSessionPage(options: PageOptions = {}) {
  const hostname = options.hostname ?? 'www.shop.example';
  const jar: Cookie[] = [];
  for (const [name, value] of Object.entries(options.cookies ?? {})) {
    jar.push({ name, value, attributes: [] });
  }
  const timers: { run: () => void; delay: number }[] = [];
  const waiting: (() => void)[] = [];
  const stored = new Map(Object.entries(options.storage ?? {}));
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  const isSettable = (attributes: string[]) => {
    const domain = attributes.find((text) => text.startsWith('domain='))?.slice(7);
    if (!domain) return true;
    return hostname.endsWith(domain) && (options.sites?.includes(domain) ?? true);
  };
  const isSame = (a: Cookie, b: Cookie) =>
    a.name === b.name && domainOf(a.attributes) === domainOf(b.attributes);

  const page = {
    jar,
    stored,
    timers,
    /** How often the cookies were read. */
    reads: 0,
    /** The names of all cookies that were set, deletions included. */
    written: [] as string[],
    warnings: [] as string[],
    warn: (message: string) => page.warnings.push(message),
    cookieStore: new EventTarget(),
    window: new EventTarget(),
    locked: [] as string[],
    /** The values of a cookie, as the page has them. */
    cookies: (name = NAME) => jar.filter((cookie) => cookie.name === name),
    /** Another tab sets the cookie. */
    change(value: string, name = NAME) {
      page.set(value, name);
      page.tell(name);
    },
    /** The same, before this one is told. */
    set(value: string, name = NAME) {
      const known = page.cookies(name)[0];
      if (known) known.value = value;
      else jar.push({ name, value, attributes: [] });
    },
    tell(name = NAME) {
      const { value } = page.cookies(name)[0] ?? {};
      const [changed, deleted] = value ? [[{ name, value }], []] : [[], [{ name }]];
      const event = Object.assign(new Event('change'), { changed, deleted });
      page.cookieStore.dispatchEvent(event);
    },
    /** Whether somebody has the lock. */
    isLocked: false,
    giveLock() {
      for (const run of waiting.splice(0)) run();
    },
    restore() {
      for (const restore of restores.reverse()) restore();
    },
  };

  const document = {
    get cookie() {
      page.reads++;
      if (options.blocks?.startsWith('cookies')) blocked();
      return jar.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
    set cookie(text: string) {
      const [pair, ...attributes] = text.split(';') as [string, ...string[]];
      const [name, ...value] = pair.split('=') as [string, ...string[]];
      page.written.push(name);
      if (options.blocks || !isSettable(attributes)) return;
      const cookie = { name, value: value.join('='), attributes };
      const index = jar.findIndex((known) => isSame(known, cookie));
      if (index >= 0) jar.splice(index, 1);
      if (!attributes.includes('max-age=0')) jar.push(cookie);
    },
  };
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string) {
      if (options.blocks === 'cookies and writing to storage') blocked();
      stored.set(key, value);
    },
    removeItem: (key: string) => void stored.delete(key),
  };
  const locks = {
    request(name: string, run: () => void): Promise<void> {
      page.locked.push(name);
      if (options.locks === 'refused') return Promise.reject(new DOMException('', 'SecurityError'));
      return new Promise((resolve) => {
        waiting.push(() => {
          page.isLocked = true;
          // As browsers do, a lock is given back when what the callback returns is settled.
          Promise.resolve(run()).then(() => {
            page.isLocked = false;
            resolve();
          });
        });
        if (options.locks !== 'held') queueMicrotask(page.giveLock);
      });
    },
  };

  const restores: (() => void)[] = [];
  const define = (name: string, descriptor: PropertyDescriptor) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { configurable: true, ...descriptor });
    restores.push(() => {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete (globalThis as Record<string, unknown>)[name];
    });
  };
  const hasStorage = options.blocks !== 'cookies and storage';
  define('document', { value: document });
  define('localStorage', hasStorage ? { value: localStorage } : { get: blocked });
  define('location', { value: { hostname } });
  define('navigator', { value: options.locks === 'none' ? {} : { locks } });
  Object.assign(page.window, { cookieStore: page.cookieStore, ...options.globals });
  define('window', { value: page.window });
  define('_DD_SESSION', { value: undefined, writable: true });
  define('setTimeout', {
    value: (run: () => void, delay: number) => timers.push({ run, delay }),
  });
  return page;
}

export type SessionPage = ReturnType<typeof openSessionPage>;

/** A page that ends with the test. */
export async function withPage(
  options: PageOptions,
  run: (page: SessionPage) => unknown,
): Promise<void> {
  const page = openSessionPage(options);
  try {
    await run(page);
  } finally {
    page.restore();
  }
}

function domainOf(attributes: string[]): string | undefined {
  return attributes.find((text) => text.startsWith('domain='));
}
