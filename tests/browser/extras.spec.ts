/** What few pages ask for, in pages that do: the chunk that is loaded for them. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Intake } from '../../js/intake/index.ts';
import type { Page } from './fixture.ts';
import { engineIsReady, eventsOf, expect, at as get, type Json, leave, test } from './fixture.ts';
import { root, type Site } from './site.ts';

interface Wanted {
  /** Options of `init` beside the usual ones: JavaScript, as they may be functions. */
  options?: string;
  /** HTML before the script. */
  head?: string;
  /** HTML of the body. */
  body?: string;
}

/** Serves a page with the drop-in, and resolves when its engine is there. */
async function open(page: Page, site: Site, { options = '{}', head = '', body = '' }: Wanted) {
  const init = `(window.ferrum = DD_RUM).init({ ...${JSON.stringify(site.options)}, ...${options} })`;
  const html = `<!doctype html><head>${head}<script src="/cdn/datadog-rum.js"></script>
    <script>${init}</script></head><body>${body}</body>`;
  site.answer('/wanting', { type: 'text/html; charset=utf-8', body: html });
  await page.goto(`${site.url}/wanting?secret=1#token`);
  await engineIsReady(page);
}

type Seen = { event: Json; keys: string; stack: string }[];

const REVIEW = `{
  trackLongTasks: true,
  beforeSend(event, context) {
    (window.seen ??= []).push({
      event: JSON.parse(JSON.stringify(event)),
      keys: Object.keys(context).sort().join(),
      stack: context.handlingStack,
      events: context.events?.map(({ type }) => type).join(),
      path: context.location?.pathname,
      entry: context.performanceEntry?.entryType,
      error: context.error,
    });
  },
}`;

/** What `beforeSend` saw, once it saw an event of which `isLast` says so. */
function seen(page: Page, isLast: string): Promise<(Seen[number] & Record<string, unknown>)[]> {
  return page.evaluate(
    (isLast) =>
      new Promise((resolve) => {
        const seen = () => (window as never as { seen: { event: object }[] }).seen ?? [];
        const is = new Function('event', `return ${isLast}`);
        const look = () => {
          if (seen().some(({ event }) => is(event))) resolve(seen() as never);
          else setTimeout(look, 10);
        };
        look();
      }),
    isLast,
  );
}

const RESOURCE =
  'error,handlingStack,isAborted,isManual,isWebSocket,performanceEntry,requestInit,requestInput,response,xhr';

test('beforeSend is told what the official SDK tells it of each event', async ({ page, site }) => {
  const body = `<button id="buy" onclick="this.textContent = 'bought'">Buy</button>`;
  await open(page, site, { options: REVIEW, body });
  await page.click('#buy');
  await page.evaluate(async () => {
    function application() {
      window.ferrum.addAction('custom');
      window.ferrum.startAction('timed');
      window.ferrum.stopAction('timed');
      window.ferrum.addDurationVital('vital', { startTime: Date.now() - 9, duration: 9 });
      window.ferrum.startOperation('operation');
      window.ferrum.succeedOperation('operation');
      window.ferrum.addError('told');
      console.error('printed');
      window.ferrum.startView('started');
      return fetch('/data').then((response) => response.text());
    }
    await application();
    const end = performance.now() + 120;
    await new Promise<void>((resolve) => {
      requestAnimationFrame(() => {
        while (performance.now() < end);
        resolve();
      });
    });
  });
  await seen(page, "event.action?.type === 'click'");
  await seen(page, "event.type === 'long_task'");
  await seen(page, "event.resource?.url.endsWith('/data')");
  await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
  const all = await seen(page, "event.view?.name === 'started' && event.type === 'view'");
  const of = (is: (event: Json) => unknown) => all.find(({ event }) => is(event));
  const named = (name: string) => (event: Json) => get(event, 'action.target.name') === name;
  const frame = /^ {2}at application @ .*$/;
  const stackOf = (is: (event: Json) => unknown) => of(is)?.stack?.split('\n').slice(0, 2);
  const call = (what: string) => [`HandlingStack: ${what}`, expect.stringMatching(frame)];

  expect(of(({ action }) => get(action, 'type') === 'click')).toMatchObject({
    keys: 'events',
    events: 'pointerup',
  });
  expect(all.map(({ event }) => get(event, '_dd.action.token')).filter(Boolean)).toEqual([]);
  expect(stackOf(named('custom'))).toEqual(call('action'));
  expect(of(named('timed'))?.keys).toBe('handlingStack');
  expect(of(named('timed'))?.stack).toBeUndefined();
  expect(stackOf(({ vital }) => get(vital, 'name') === 'vital')).toEqual(call('vital'));
  expect(stackOf(({ vital }) => get(vital, 'step_type') === 'start')).toEqual(call('vital'));
  expect(of(({ vital }) => get(vital, 'step_type') === 'end')?.keys).toBe('');
  const told = of(({ error }) => get(error, 'message') === 'Provided "told"');
  expect(told).toMatchObject({ keys: 'error,handlingStack', error: 'told' });
  expect(stackOf(({ error }) => get(error, 'source') === 'custom')).toEqual(call('error'));
  expect(stackOf(({ error }) => get(error, 'source') === 'console')).toEqual(call('console error'));
  const data = (event: Json) => `${get(event, 'resource.url')}`.endsWith('/data');
  expect(of(data)).toMatchObject({ keys: RESOURCE, entry: 'resource' });
  expect(stackOf(data)).toEqual(call('instrumented method'));
  expect(of((event) => get(event, 'resource.type') === 'document')?.keys).toBe(RESOURCE);
  const longTask = of(({ type }) => type === 'long_task');
  expect(longTask).toMatchObject({ keys: 'performanceEntry', entry: 'long-animation-frame' });
  const view = (event: Json) => event.type === 'view' && get(event, 'view.name') === 'started';
  expect(of(view)).toMatchObject({ path: '/wanting' });
  expect(stackOf(view)).toEqual(call('view'));
  const first = of(({ type }) => type === 'view');
  expect(first).toMatchObject({ keys: 'handlingStack,location', path: '/wanting' });
});

test('a rage click has the events of all its clicks', async ({ page, site }) => {
  await open(page, site, { options: REVIEW, body: '<button id="dead">Nothing</button>' });
  await page.click('#dead', { clickCount: 3 });
  const all = await seen(page, "event.action?.frustration?.type?.includes('rage_click')");
  const rage = all.find(({ event }) => get(event, 'action.type') === 'click');
  expect(rage?.events).toBe('pointerup,pointerup,pointerup');
});

test('that a view cannot be dismissed is said', async ({ page, site, intake }) => {
  const warnings: string[] = [];
  page.on('console', (message) => warnings.push(message.text()));
  await open(page, site, { options: '{ beforeSend: () => false }' });
  await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
  await intake.waitFor(({ event }) => event.type === 'view');
  expect(warnings).toContain("Datadog Browser SDK: Can't dismiss view events using beforeSend!");
});

for (const [age, isFresh] of [
  [119_000, true],
  [121_000, false],
] as const) {
  test(`the trace of a document written ${age / 1000} s before it ${isFresh ? 'counts' : 'does not count'}`, async ({
    page,
    site,
    intake,
  }) => {
    const head = `<script>
      const time = performance.timeOrigin - ${age};
      document.head.innerHTML += '<meta name="dd-trace-id" content="1234567890123"><meta name="dd-trace-time" content="' + time + '">';
    </script>`;
    await open(page, site, { options: '{ traceSampleRate: 20 }', head });
    await leave(page, intake);
    const document = eventsOf(intake, 'resource').find(
      (event) => get(event, 'resource.type') === 'document',
    );
    const trace = { trace_id: '1234567890123', span_id: expect.stringMatching(/^\d+$/) };
    if (isFresh) expect(document?._dd).toMatchObject({ ...trace, rule_psr: 0.2 });
    else expect(document?._dd).not.toHaveProperty('trace_id');
  });
}

test('a comment may tell the trace of the document', async ({ page, site, intake }) => {
  const body = `<!-- DATADOG;trace-id=77;trace-time=${Date.now()} -->\n`;
  await open(page, site, { body });
  await leave(page, intake);
  const traces = eventsOf(intake, 'resource').map((event) => get(event, '_dd.trace_id'));
  expect(traces).toContain('77');
});

/** Makes a request in both ways at once; resolves when both are answered. */
const ASK = `function ask(when) {
  const body = JSON.stringify({ query: 'query Cart { cart }', variables: { id: 1 } });
  const fetched = fetch('/graphql?' + when + 'fetch', { method: 'POST', body });
  const loaded = new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    xhr.open('POST', '/graphql?' + when + 'xhr');
    xhr.onload = resolve;
    xhr.send(body);
  });
  return Promise.all([fetched.then((response) => response.json()), loaded]);
}`;

test('GraphQL requests are known by fetch and XHR, early ones too, and the errors of their responses', async ({
  page,
  site,
  intake,
}) => {
  const errors = [{ message: 'no such cart', path: ['cart'], extensions: { code: 'GONE' } }];
  const body = JSON.stringify({ errors });
  site.answer('/graphql', { type: 'application/json', body });
  await open(page, site, {
    options: '{ allowedGraphQlUrls: [{ match: /graphql/, trackResponseErrors: true }] }',
    // Before the engine is there.
    body: `<script>${ASK} const early = ask('early-')</script>`,
  });
  await page.evaluate("early.then(() => ask(''))");
  await leave(page, intake);
  const asked = { operationType: 'query', operationName: 'Cart', variables: '{"id":1}' };
  const answered = {
    error_count: 1,
    errors: [{ message: 'no such cart', path: ['cart'], code: 'GONE' }],
  };
  for (const [name, expected] of Object.entries({
    // The page has read the response.
    'early-fetch': asked,
    'early-xhr': { ...asked, ...answered },
    fetch: { ...asked, ...answered },
    xhr: { ...asked, ...answered },
  })) {
    const event = eventsOf(intake, 'resource').find(
      (event) => get(event, 'resource.url') === `${site.url}/graphql?${name}`,
    );
    expect(get(event, 'resource.graphql'), name).toMatchObject(expected);
  }
});

const BRIDGE = `<script>
  window.bridged = [];
  window.DatadogEventBridge = {
    getAllowedWebViewHosts: () => '["127.0.0.1"]',
    getPrivacyLevel: () => 'mask',
    getIsTraceSampled: () => 'true',
    send: (message) => bridged.push(JSON.parse(message)),
  };
</script>`;

interface Bridged {
  eventType: string;
  event: Json;
}

const bridged = (page: Page) =>
  page.evaluate(() => (window as never as { bridged: Bridged[] }).bridged);

test('an app around the page gets the events at once, and nobody else anything', async ({
  page,
  site,
  intake,
}) => {
  const options = '{ allowedTracingUrls: [location.origin], traceSampleRate: 0 }';
  await open(page, site, { options, head: BRIDGE });
  const [types, sent] = await page.evaluate(() => {
    const { bridged } = window as never as { bridged: Bridged[] };
    window.ferrum.addAction('now');
    return [bridged.map(({ event }) => event.type), bridged.at(-1)] as const;
  });
  expect(types[0]).toBe('view');
  expect(sent).toMatchObject({
    eventType: 'rum',
    event: {
      type: 'action',
      application: { id: '00000000-aaaa-0000-aaaa-000000000000' },
      _dd: { configuration: { trace_sample_rate: 0 }, browser_sdk_version: expect.any(String) },
    },
  });
  await page.evaluate(() => fetch('/data').then((response) => response.text()));
  const { headers } = await site.request('/data');
  expect(headers['x-datadog-sampling-priority']).toBe('1');
  await page.evaluate(() => {
    window.ferrum.setViewName('named');
    document.dispatchEvent(new Event('freeze'));
  });
  const all = await bridged(page);
  expect(all.map(({ event }) => event.type)).not.toContain('view_update');
  expect(all.map(({ event }) => get(event, 'view.name'))).toContain('named');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.goto('about:blank');
  expect(intake.received).toEqual([]);
});

test('a page that an app shows and that is left early sends nothing to the intake', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold('/cdn/ferrum-engine.js');
  const body = `<!doctype html>${BRIDGE}<script src="/cdn/datadog-rum.js"></script>
    <script>
      DD_RUM.init({ ...${JSON.stringify(site.options)}, allowedTracingUrls: [location.origin] });
      fetch('/data');
    </script>`;
  site.answer('/left', { type: 'text/html', body });
  await page.goto(`${site.url}/left`);
  await site.request('/cdn/ferrum-engine.js');
  expect(await page.evaluate(() => document.cookie)).toBe('');
  await page.goto(site.page('text'));
  release();
  await engineIsReady(page);
  // The next page's own view: what the first had sent would have come before.
  const view = await leave(page, intake);
  expect(intake.views().map(({ id }) => id)).toEqual([view.id]);
});

const SOCKETS = '{ betaTrackWebSockets: true }';

/** Opens a socket, and resolves when it is open. */
const openSocket = (page: Page) =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        const socket = new WebSocket(location.origin.replace('http', 'ws'));
        socket.onopen = resolve;
      }),
  );

/** Name, version of the snapshot and reason of the end, of each event of a socket. */
const socketEvents = (intake: Intake) =>
  eventsOf(intake, 'vital').map((event) =>
    ['name', 'websocket.snapshot_version', 'websocket.tracking_end_reason']
      .map((path) => get(event, `vital.${path}`))
      .filter(Boolean)
      .join(' '),
  );

test('a socket that is open when the page is left is told', async ({ page, site, intake }) => {
  await open(page, site, { options: SOCKETS });
  await openSocket(page);
  await page.evaluate(() => document.dispatchEvent(new Event('freeze')));
  await leave(page, intake);
  const events = socketEvents(intake);
  expect(events.slice(0, 3)).toEqual([
    'websocket_connecting',
    'websocket_open 1',
    'websocket_open 2',
  ]);
  expect(events.at(-1)).toMatch(/^websocket_closed \d+ page_terminated$/);
});

test('a socket ends with the session', async ({ page, site, intake }) => {
  await open(page, site, { options: SOCKETS });
  await openSocket(page);
  await page.evaluate(() => window.ferrum.stopSession());
  await intake.waitFor(({ event }) => event.type === 'view');
  expect(socketEvents(intake).at(-1)).toBe('websocket_closed 2 session_end');
});

test('a socket ends with the session that another tab ends', async ({ page, site, intake }) => {
  await open(page, site, { options: SOCKETS });
  await openSocket(page);
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: as the other tab does
    document.cookie = '_dd_s_v2=isExpired=1&c=0;path=/;samesite=strict';
  });
  await intake.waitFor(({ event }) => event.type === 'view');
  expect(socketEvents(intake).at(-1)).toBe('websocket_closed 2 session_end');
});

const FRONTEND = `
  const sources = (window.DD_SOURCE_CODE_CONTEXT ??= {});
  sources[new Error('loaded').stack] = { service: 'frontend', version: '9', ddDebugId: '0a1b2c3d-0000-4000-8000-000000000000' };
  window.frontend = async () => {
    DD_RUM.addError(new Error('thrown'));
    DD_RUM.addAction('action');
    DD_RUM.addDurationVital('vital', { startTime: Date.now() - 5, duration: 5 });
    console.error('printed');
    DD_RUM.startView('view');
    await fetch('/data?fetch').then((response) => response.text());
    await new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open('GET', '/data?xhr');
      xhr.onload = resolve;
      xhr.send();
    });
  };`;

/** What the events of the page have for service and version, by their type and name. */
function sourcesOf(intake: Intake, site: Site): string[] {
  const names = ['error.message', 'action.target.name', 'vital.name', 'resource.url'];
  return ['error', 'action', 'vital', 'resource', 'view']
    .flatMap((type) => eventsOf(intake, type))
    .map((event) => {
      const name = names.map((path) => get(event, path)).find(Boolean) ?? get(event, 'view.name');
      return [event.type, `${name}`.replace(site.url, ''), event.service, event.version].join(' ');
    });
}

const OF_FRONTEND = [
  ...['error thrown', 'error printed', 'action action', 'vital vital'],
  ...['resource /data?fetch', 'resource /data?xhr', 'view view'],
].map((event) => `${event} frontend 9`);

for (const when of ['before', 'after'] as const) {
  test(`what a micro-frontend does that is loaded ${when} the engine has its service and version`, async ({
    page,
    site,
    intake,
  }) => {
    site.answer('/frontend.js', { type: 'text/javascript', body: FRONTEND });
    const head = when === 'before' ? '<script src="/frontend.js"></script>' : '';
    await open(page, site, { head });
    if (when === 'after') await page.addScriptTag({ url: '/frontend.js' });
    await page.evaluate(() => (window as never as { frontend(): Promise<void> }).frontend());
    // The same modules as the engine's, which asked for them first: the vital is made by the second.
    for (const chunk of ['extras', 'exceptions']) {
      await page.evaluate((url) => import(url), `${site.url}/cdn/ferrum-${chunk}.js`);
    }
    await leave(page, intake);
    const sources = sourcesOf(intake, site);
    expect(sources).toEqual(expect.arrayContaining(OF_FRONTEND));
    expect(sources).toContain('view undefined small-pages ');
  });
}

test('what a micro-frontend did before the engine was there has its service and version', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/frontend.js', { type: 'text/javascript', body: FRONTEND });
  const release = site.hold('/cdn/ferrum-engine.js');
  const body = '<script src="/frontend.js"></script><script>const done = frontend()</script>';
  const isOpen = open(page, site, { body });
  await site.request('/cdn/ferrum-engine.js');
  await page.evaluate('done');
  release();
  await isOpen;
  await leave(page, intake);
  const sources = sourcesOf(intake, site);
  expect(sources).toEqual(expect.arrayContaining(OF_FRONTEND));
  expect(sources).toContain('view undefined small-pages ');
});

test('what a late micro-frontend does is not lost with a page that goes before the extras came', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/frontend.js', { type: 'text/javascript', body: FRONTEND });
  site.hold('/cdn/ferrum-extras.js');
  await open(page, site, {});
  await page.addScriptTag({ url: '/frontend.js' });
  await page.evaluate(() => (window as never as { frontend(): Promise<void> }).frontend());
  const { event } = await leave(page, intake);
  expect(eventsOf(intake, 'action').map((action) => get(action, 'action.target.name'))).toEqual([
    'action',
  ]);
  expect(get(event, 'view.name')).toBe('view');
});

test('that the extras come with a late micro-frontend is no activity of the page', async ({
  page,
  site,
  intake,
}) => {
  const body = await readFile(join(root, 'dist/cdn/ferrum-extras.js'));
  const headers = { 'cache-control': 'max-age=600' };
  site.answer('/cdn/ferrum-extras.js', { type: 'text/javascript', body, headers });
  await open(page, site, {});
  // From the cache they come while the view still waits for a first activity.
  await page.evaluate(() => fetch('/cdn/ferrum-extras.js').then((response) => response.text()));
  await page.evaluate(() => {
    Object.assign(window, { DD_SOURCE_CODE_CONTEXT: {} });
    window.DD_RUM.startView('quiet');
    window.DD_RUM.addAction('action');
  });
  await page.evaluate((url) => import(url), `${site.url}/cdn/ferrum-extras.js`);
  // Timers of a page run in order: those of an activity, twice 100 ms, are over then.
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
  const { event } = await leave(page, intake);
  expect(get(event, 'view.name')).toBe('quiet');
  expect(get(event, 'view.loading_time')).toBeUndefined();
  expect(get(event, 'context.ferrum.loading_time_end')).toBe('no_activity');
});

test('what former pages have set is there again, under what this one sets', async ({
  page,
  site,
}) => {
  const options = '{ storeContextsAcrossPages: true }';
  const openNext = async () => {
    // To the same address with a fragment it would be no other page.
    await page.goto('about:blank');
    await open(page, site, { options });
  };
  await openNext();
  await page.evaluate(() => {
    window.ferrum.setUser({ id: 'u1', plan: 'paid' });
    window.ferrum.setGlobalContextProperty('shop', 3);
  });
  await openNext();
  const known = () =>
    page.evaluate(() => [window.ferrum.getUser(), window.ferrum.getGlobalContext()]);
  expect(await known()).toEqual([{ id: 'u1', plan: 'paid' }, { shop: 3 }]);
  await page.evaluate(() => window.ferrum.setUserProperty('plan', 'free'));
  expect((await known())[0]).toEqual({ id: 'u1', plan: 'free' });
  await openNext();
  expect((await known())[0]).toEqual({ id: 'u1', plan: 'free' });
});

test('on a page of another origin than those allowed nothing is collected', async ({
  page,
  site,
  intake,
}) => {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(message.text()));
  site.options.allowedTrackingOrigins = ['https://other.example'];
  site.entry = 'datadog-rum';
  await page.goto(site.page('text'));
  const refused = 'Datadog Browser SDK: SDK initialized on a non-allowed domain.';
  await expect.poll(() => messages).toContain(refused);
  site.options.allowedTrackingOrigins = [site.url];
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const view = await leave(page, intake);
  expect(intake.views().map(({ id }) => id)).toEqual([view.id]);
});

const REMOTE = JSON.stringify({
  rum: {
    version: '7',
    context: [{ key: 'shop', value: { rcSerializedType: 'string', value: '3' } }],
  },
});

test('a view says which remote configuration the page has', async ({ page, site, intake }) => {
  site.answer('/remote', { type: 'application/json', body: REMOTE });
  const options = `{ remoteConfiguration: { id: 'rc-1', sync: true }, remoteConfigurationProxy: '/remote' }`;
  await open(page, site, { options });
  const { event } = await leave(page, intake);
  expect(event).toMatchObject({ version: '7', context: { shop: '3' } });
  expect(get(event, '_dd.configuration.remote_configuration_id')).toBe('rc-1');
});
