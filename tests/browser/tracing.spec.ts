/** The headers of traces, as a server sees them, and the ids in the events. */

import { engineIsReady, expect, type Json, type Page, test } from './fixture.ts';
import type { Site } from './site.ts';

const ENGINE = '/cdn/ferrum-engine.js';
const API = '/api/users';
const TRACEPARENT = /^00-0{16}[0-9a-f]{16}-[0-9a-f]{16}-01$/;
const SESSION = 'session\\.id=[0-9a-f-]{36}';

type Headers = Record<string, string | undefined>;

/** Answers with the headers of the request. */
function echo(site: Site): void {
  site.answer(API, async ({ headers }) => ({
    type: 'application/json',
    body: JSON.stringify(headers),
  }));
  Object.assign(site.options, { allowedTracingUrls: [`${site.url}/api/`] });
}

/** What the server saw of a request that the page made in one of many ways. */
function headersOf(page: Page, way: string): Promise<Headers> {
  return page.evaluate(
    async ([url, way]) => {
      const own = { 'x-own': '1', baggage: 'tenant=acme' };
      const viaXhr = () =>
        new Promise<string>((resolve) => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', url);
          for (const [name, value] of Object.entries(own)) xhr.setRequestHeader(name, value);
          xhr.onload = () => resolve(xhr.responseText);
          xhr.send();
        });
      const ways: Record<string, () => Promise<Response>> = {
        'a string': () => fetch(url),
        'a relative URL': () => fetch(new URL(url).pathname),
        'a URL': () => fetch(new URL(url)),
        'an object of headers': () => fetch(url, { headers: own }),
        'an array of headers': () => fetch(url, { headers: Object.entries(own) }),
        Headers: () => fetch(url, { headers: new Headers(own) }),
        'a Request': () => fetch(new Request(url, { headers: own })),
        'a Request and init': () => fetch(new Request(url), { headers: own }),
        'a POST in a Request': () =>
          fetch(new Request(url, { method: 'POST', body: 'x', headers: own })),
        XMLHttpRequest: async () => new Response(await viaXhr()),
      };
      const response = await ways[way]?.();
      return response?.json();
    },
    [`${(page as Page).url().replace(/\/[^/]*$/, '')}${API}`, way] as [string, string],
  );
}

const WITHOUT = ['a string', 'a relative URL', 'a URL'];
const WITH = [
  'an object of headers',
  'an array of headers',
  'Headers',
  'a Request',
  'a Request and init',
  'a POST in a Request',
  'XMLHttpRequest',
];

test('a request is traced in whatever way it is made, before the engine is there and later', async ({
  page,
  site,
  intake,
}) => {
  echo(site);
  const release = site.hold(ENGINE);
  await page.goto(site.page('text'));
  const sessions = new Set<string | undefined>();
  for (const isReady of [false, true]) {
    if (isReady) {
      release();
      await engineIsReady(page);
    }
    for (const way of [...WITHOUT, ...WITH]) {
      const headers = await headersOf(page, way);
      const label = `${way}, ${isReady ? 'with' : 'before'} the engine`;
      expect(headers.traceparent, label).toMatch(TRACEPARENT);
      expect(headers.tracestate, label).toBe('dd=s:1;o:rum');
      expect(headers['x-datadog-origin'], label).toBe('rum');
      expect(headers['x-own'], label).toBe(WITH.includes(way) ? '1' : undefined);
      const own = WITH.includes(way) ? 'tenant=acme, ?' : '';
      expect(headers.baggage, label).toMatch(new RegExp(`^${own}${SESSION}$`));
      sessions.add(/session\.id=(.{36})/.exec(headers.baggage ?? '')?.[1]);
    }
  }
  expect(sessions.size).toBe(1);
  const view = await intake.waitFor(({ event }) => event.type === 'view');
  expect([...sessions]).toEqual([(view.event.session as Json).id]);
});

test('a request that is not meant has no headers of ours, and keeps its own', async ({
  page,
  site,
}) => {
  echo(site);
  Object.assign(site.options, { allowedTracingUrls: ['https://other.example.com'] });
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const headers = await headersOf(page, 'a Request');
  expect(headers).toMatchObject({ 'x-own': '1', baggage: 'tenant=acme' });
  expect(headers.traceparent).toBeUndefined();
});

test('of sessions that are sampled out none is traced, unless all are to be told', async ({
  page,
  site,
}) => {
  echo(site);
  Object.assign(site.options, { traceSampleRate: 0 });
  await page.goto(site.page('text'));
  expect((await headersOf(page, 'a string')).traceparent).toBeUndefined();
  Object.assign(site.options, { traceContextInjection: 'all' });
  await page.goto(site.page('text'));
  const headers = await headersOf(page, 'XMLHttpRequest');
  expect(headers.traceparent).toMatch(/-00$/);
  expect(headers['x-datadog-sampling-priority']).toBe('0');
});

test('user and account go along, after the members that the page has already', async ({
  page,
  site,
}) => {
  echo(site);
  await page.goto(site.page('text'));
  const baggage = await page.evaluate(async (url) => {
    window.ferrum.setUser({ id: 'Jane Doe' });
    window.ferrum.setAccount({ id: 'acme' });
    const response = await fetch(url, { headers: { baggage: 'user.id=of-the-page;p=1' } });
    return ((await response.json()) as Headers).baggage;
  }, API);
  expect(baggage).toMatch(
    new RegExp(`^user.id=of-the-page;p=1, ${SESSION},user.id=Jane%20Doe,account.id=acme$`),
  );
});

test('the resource of a traced request has its ids', async ({ page, site, intake }) => {
  echo(site);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const headers = await headersOf(page, 'a string');
  await page.goto('about:blank');
  const { event } = await intake.waitFor(
    ({ event }) => event.type === 'resource' && (event.resource as Json).url === site.url + API,
  );
  expect(event._dd).toMatchObject({
    trace_id: headers['x-datadog-trace-id'],
    span_id: headers['x-datadog-parent-id'],
  });
});

test('a request that is no activity of the page is a traced resource all the same', async ({
  page,
  site,
  intake,
}) => {
  echo(site);
  Object.assign(site.options, { excludedActivityUrls: [site.url + API] });
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const headers = await page.evaluate(
    async (url): Promise<Headers> => (await fetch(url, { method: 'POST' })).json(),
    API,
  );
  await page.goto('about:blank');
  const { event } = await intake.waitFor(
    ({ event }) => event.type === 'resource' && (event.resource as Json).url === site.url + API,
  );
  expect(event.resource).toMatchObject({ method: 'POST', status_code: 200 });
  expect(event._dd).toMatchObject({ trace_id: headers['x-datadog-trace-id'] });
});

test('what the page gets of a request is what it would get without', async ({ page, site }) => {
  echo(site);
  await page.goto(site.page('text'));
  const seen = await page.evaluate(async (url) => {
    const unhandled: string[] = [];
    window.addEventListener('unhandledrejection', (event) => unhandled.push(`${event.reason}`));
    const aborted = await fetch(url, { signal: AbortSignal.abort() }).catch(({ name }) => name);
    const noUrl = await fetch('http://').catch(({ name }) => name);
    const badHeader = await fetch(url, { headers: { 'a b': '1' } }).catch(({ name }) => name);
    const request = new Request(url, { method: 'POST', body: 'x' });
    await fetch(request);
    const again = await fetch(request).catch(({ name }) => name);
    const isPromise = fetch(url) instanceof Promise;
    const xhr = new XMLHttpRequest();
    let unopened = '';
    try {
      xhr.send();
    } catch (error) {
      unopened = (error as Error).name;
    }
    return { aborted, noUrl, badHeader, again, isPromise, unopened, unhandled };
  }, API);
  expect(seen).toEqual({
    aborted: 'AbortError',
    noUrl: 'TypeError',
    badHeader: 'TypeError',
    again: 'TypeError',
    isPromise: true,
    unopened: 'InvalidStateError',
    unhandled: [],
  });
});

test('after `stop` the functions of the page are its own again', async ({ page, site }) => {
  echo(site);
  await page.goto(site.page('text'));
  const own = await page.evaluate(() => {
    const patched = fetch;
    window.ferrum.stop();
    return { isPatched: patched !== fetch, name: patched.name, text: `${patched}` };
  });
  expect(own).toEqual({
    isPatched: true,
    name: 'fetch',
    text: expect.stringContaining('[native code]'),
  });
  expect((await headersOf(page, 'a string')).traceparent).toBeUndefined();
});

test('a request that fails has no ids in its event', async ({ page, site, intake }) => {
  echo(site);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.route(`**${API}`, (route) => route.abort());
  await page.evaluate((url) => fetch(url).catch(() => {}), API);
  await page.goto('about:blank');
  const { event } = await intake.waitFor(
    ({ event }) => event.type === 'resource' && (event.resource as Json).url === site.url + API,
  );
  expect(event.resource).toMatchObject({ type: 'fetch' });
  expect((event._dd as Json).trace_id).toBeUndefined();
});
