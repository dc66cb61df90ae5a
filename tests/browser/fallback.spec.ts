/** Where there is no WebAssembly, the same engine as JavaScript sends the same events. */

import type { Intake } from '../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  errorsAreDescribed,
  eventsOf,
  expect,
  interactionOf,
  type Json,
  largestPaintIs,
  leave,
  type Page,
  pageIsIdle,
  test,
  watch,
} from './fixture.ts';
import type { Answer, Entry, Site } from './site.ts';

interface Way {
  arrange(page: Page, site: Site): Promise<void>;
  /** Whether the module is asked for all the same. */
  isAsked: boolean;
  /** What the browser itself says of the missing file. */
  console?: string[];
}

const html: Answer = { type: 'text/html', body: '<!doctype html><h1>Welcome</h1>' };

const POLICY = "script-src 'self' 'unsafe-inline'";

/** Of all else it keeps out: beacons that wait for a worker when the page ends are lost. */
const WORKER = `
  oninstall = (event) =>
    event.addRoutes({ condition: { not: { urlPattern: '/cdn/*.wasm' } }, source: 'network' });
  onactivate = (event) => event.waitUntil(clients.claim());
  onfetch = (event) => event.respondWith(Response.error());`;

async function registerWorker(page: Page, site: Site): Promise<void> {
  site.answer('/worker.js', { type: 'text/javascript', body: WORKER });
  await page.goto(site.page('empty'));
  await page.evaluate(async () => {
    const isControlled = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener('controllerchange', resolve, { once: true }),
    );
    await navigator.serviceWorker.register('/worker.js');
    await isControlled;
  });
}

const answer = (answer: Answer): Way['arrange'] =>
  async function arrange(_, site) {
    site.answer('/cdn/ferrum.wasm', answer);
  };

const failed = (reason: string) => [`error: Failed to load resource: ${reason}`];

const everywhere: Record<string, Way> = {
  'a policy forbids WebAssembly': {
    async arrange(_, site) {
      site.headers['content-security-policy'] = POLICY;
    },
    isAsked: false,
  },
  'there is no WebAssembly': {
    async arrange(page) {
      await page.addInitScript('delete globalThis.WebAssembly');
    },
    isAsked: false,
  },
};

/** The npm form has the module in its chunk. */
const withScriptTag: Record<string, Way> = {
  'the module is missing': {
    arrange: answer({ ...html, status: 404 }),
    isAsked: true,
    console: failed('the server responded with a status of 404 (Not Found)'),
  },
  'the module is a page': {
    arrange: answer(html),
    isAsked: true,
  },
  'the module is cut off': {
    arrange: answer({ body: '\0asm\x01\0\0\0\x01' }),
    isAsked: true,
  },
  'a service worker refuses the module': {
    arrange: registerWorker,
    isAsked: false,
    console: failed('net::ERR_FAILED'),
  },
};

/** Resolves with the events that the intake got of it. */
async function visit(page: Page, site: Site, intake: Intake): Promise<Json[]> {
  const before = intake.events().length;
  const received = () =>
    intake
      .events()
      .slice(before)
      .map(({ event }) => event);
  await page.goto(site.page('visit'));
  await page.evaluate(() => {
    window.ferrum.setUser({ id: 'u1', name: 'Zo\u00eb \u{1f525}' });
    window.ferrum.addAction('early');
  });
  await engineIsReady(page);
  await page.evaluate(async () => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.addError(new Error('reported', { cause: new TypeError('why') }), { order: 'o7' });
    window.ferrum.addTiming('ready');
    await new Promise((resolve) => {
      window.addEventListener('error', resolve, { once: true });
      setTimeout(() => {
        throw new RangeError('nobody caught this');
      });
    });
    await (await fetch('/data')).text();
  });
  await largestPaintIs(page, 'headline');
  // Last, since what happens after a click may be its own.
  await page.click('#pay');
  await interactionOf(page, 1);
  await pageIsIdle(page);
  await page.evaluate(() => {
    history.pushState(null, '', '/basket?step=1');
    window.ferrum.setViewName('basket');
    // A full batch, and one that is left to the exit.
    for (let count = 0; count < 75; count++) window.ferrum.addAction(`action ${count}`);
  });
  await leave(page, intake);
  // The full batch may come after what left with the page.
  const numbered = () => received().filter((event) => /^action \d/.test(`${nameOf(event)}`));
  await expect.poll(() => numbered().length).toBe(75);
  return received();
}

const nameOf = (event: Json) => at(event, 'action.target.name');

const ID = /^[\da-f]{8}-[\da-f-]{27}$/;

/**
 * What visits of the same kind have in common: of each event everything but ids, times and what
 * depends on them, and of each view the last version.
 */
function essence(events: Json[], site: Site): unknown[] {
  const views = new Map(
    events.filter(({ type }) => type === 'view').map((view) => [at(view, 'view.id'), view]),
  );
  const others = events.filter(({ type }) => type !== 'view' && type !== 'long_task');
  return [...views.values(), ...others]
    .filter((event) => !isOwn(at(event, 'resource.url')))
    .map((event) => JSON.stringify(lasting(event)).replaceAll(site.url, ''))
    .sort()
    .map((text) => JSON.parse(text));
}

/** A file of Ferrum, of which there are others. */
const isOwn = (url: unknown) => /\/(cdn|esm)\//.test(String(url));

/**
 * What the engines make of the same numbers is compared in `tests/js/engine-replay.test.ts`.
 * Here, numbers are times, sizes and counts; only how much the page itself did is no matter of time.
 */
function lasting(value: unknown, path = ''): unknown {
  // What is in the last is told of times, and by a chunk that comes when there is time.
  if (/\b(long_task|page_states|context\.ferrum)$/.test(path)) return undefined;
  if (/custom_timings\./.test(path)) return 'a time';
  if (typeof value === 'number') {
    return /\.(action|error|frustration)\.count$/.test(path) ? value : undefined;
  }
  if (!value || typeof value !== 'object') return ID.test(String(value)) ? undefined : value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    lasting(member, `${path}.${key}`),
  ]);
  const kept = members.filter(([, member]) => member !== undefined);
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

const entries: [Entry, string, Record<string, Way>][] = [
  ['ferrum', 'dist/cdn/ferrum.js', { ...everywhere, ...withScriptTag }],
  ['datadog-rum', 'dist/cdn/datadog-rum.js', { ...everywhere, ...withScriptTag }],
  ['npm', 'dist/esm/index.js', everywhere],
];

for (const [entry, file, ways] of entries) {
  for (const [title, { arrange, isAsked, console = [] }] of Object.entries(ways)) {
    test(`where ${title}, the events of ${file} are the same`, async ({ page, site, intake }) => {
      site.entry = entry;
      const usual = essence(await visit(page, site, intake), site);
      expect(site.requests.filter(({ path }) => path.includes('engine-script'))).toEqual([]);

      await arrange(page, site);
      site.requests.length = 0;
      const seen = watch(page);
      const others = essence(await visit(page, site, intake), site);
      const paths = site.requests.map(({ path }) => path);
      expect(paths).toContainEqual(expect.stringContaining('engine-script.js'));
      expect(paths.some((path) => path.endsWith('.wasm'))).toBe(isAsked);
      expect(others).toEqual(usual);
      // The one that the page itself throws.
      expect(seen).toEqual({ errors: [expect.stringContaining('nobody caught')], console });
    });
  }
}

test('that the page itself tries what its policy forbids is an error', async ({
  page,
  site,
  intake,
}) => {
  site.headers['content-security-policy'] = POLICY;
  await page.goto(site.page('visit'));
  await engineIsReady(page);
  // In a script of the page's: those of Playwright have no address.
  site.answer('/module.js', {
    type: 'text/javascript',
    body: 'WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)).catch(() => {})',
  });
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', resolve, { once: true });
        const script = document.createElement('script');
        script.src = '/module.js';
        document.body.append(script);
      }),
  );
  await errorsAreDescribed(page, site);
  await leave(page, intake);
  expect(eventsOf(intake, 'error').map((event) => at(event, 'error.message'))).toEqual([
    "csp_violation: 'wasm-eval' blocked by 'script-src' directive",
  ]);
});

test('an engine whose memory grows keeps what it has', async ({ page, site, intake }) => {
  await page.addInitScript(`
    delete globalThis.WebAssembly;
    globalThis.sizes = [];
    globalThis.ArrayBuffer = class extends ArrayBuffer {
      constructor(...args) {
        super(...args);
        if (this.byteLength >= 65536) sizes.push(this.byteLength);
      }
    };`);
  await page.goto(site.page('visit'));
  await engineIsReady(page);
  const messages = await page.evaluate(() => {
    const made = [];
    for (let count = 0; count < 1_000; count++) {
      const message = `${count} ${'broken \u{1f525} '.repeat(1 + ((count * 37) % 400))}`;
      made.push(message);
      window.ferrum.addError(Object.assign(new Error(message), { stack: '' }));
      const text = '\u{1f525}'.repeat(40 * count);
      if (count % 50 === 0) window.ferrum.addAction('larger than before', { text });
    }
    return made;
  });
  const sizes = await page.evaluate(() => (globalThis as unknown as { sizes: number[] }).sizes);
  expect(new Set(sizes).size).toBeGreaterThan(4);
  // The page stays, so that no request ends with it.
  await page.evaluate(() => window.ferrum.stop());
  const received = () =>
    eventsOf(intake, 'error').map((event) => at(event, 'error.message') as string);
  const all = expect.poll(() => received().length, { timeout: 30_000 });
  await all.toBe(messages.length);
  expect(received().sort()).toEqual(messages.sort());
  const lengths = eventsOf(intake, 'action').map(
    (event) => String(at(event, 'context.text')).length,
  );
  expect(lengths.sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, index) => 2 * 40 * 50 * index),
  );
});
