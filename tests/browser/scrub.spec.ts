/** Addresses that leave a page with `scrubUrl`, and without it. */

import { atPath } from '../../js/extras/object.ts';
import {
  at,
  engineIsReady,
  errorsAreDescribed,
  expect,
  type Json,
  largestPaintIs,
  leave,
  type Page,
  test,
} from './fixture.ts';
import type { Site } from './site.ts';

/** `(module (func (export "f") unreachable))` */
const TRAP = '0061736d0100000001040160000003020100070501016600000a05010300000b';

/** Takes 120 ms, and knows by the name of its file who it is. */
const BUSY = `
  (window.DD_SOURCE_CODE_CONTEXT ??= {})[new Error('loaded').stack] = { ddDebugId: '0a1b2c3d-0000-4000-8000-000000000000' };
  const end = performance.now() + 120;
  while (performance.now() < end);
  window.failAt = (address) =>
    ferrum.addError(new Error('no ' + address, { cause: new Error(address) }));
  window.trap = async (address) => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch(address));
    instance.exports.f();
  };`;

const OPTIONS = `
  trackElementErrors: true,
  trackLongTasks: true,
  trackNetworkErrors: true,
  trackResourceHeaders: [{ name: 'x-where' }],
  allowedGraphQlUrls: [{ match: /graphql/, trackPayload: true, trackResponseErrors: true }],
  betaTrackWebSockets: true,
  plugins: [{ name: 'framework', onRumStart: (api) => Object.assign(window, api) }]`;

async function open(page: Page, site: Site, scrubUrl: boolean): Promise<void> {
  const options = `{ ...${JSON.stringify(site.options)}, ${OPTIONS}, scrubUrl: ${scrubUrl} }`;
  const body = `<!doctype html><script src="/cdn/datadog-rum.js"></script>
    <script>(window.ferrum = DD_RUM).init(${options})</script>
    <img id="picture" src="/picture.svg?secret=1"><img src="/none.png?secret=1">`;
  site.answer('/wanting', { type: 'text/html; charset=utf-8', body });
  await page.goto(`${site.url}/wanting?secret=1#token`);
  await engineIsReady(page);
}

/** Resolves when the browser has told of the frame that `busy.js` made long. */
const frameIsTold = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const isIt = (frame: object) => JSON.stringify(frame).includes('busy.js');
        new PerformanceObserver((list) => {
          if (list.getEntries().some(isIt)) resolve();
        }).observe({ type: 'long-animation-frame', buffered: true });
      }),
  );

/** Does all that has events with addresses, each of them with a secret. */
async function beBusy(page: Page, site: Site): Promise<void> {
  const told = '/told?secret=1';
  const headers = { 'x-where': told };
  const errors = JSON.stringify({ errors: [{ message: told }] });
  site.answer('/broken', { status: 500, type: 'text/plain; charset=utf-8', headers, body: '' });
  site.answer('/busy.js', { type: 'text/javascript', body: BUSY });
  site.answer('/trap.wasm', { type: 'application/wasm', body: Buffer.from(TRAP, 'hex') });
  site.answer('/graphql', { type: 'application/json', body: errors });
  await largestPaintIs(page, 'picture');
  await page.addScriptTag({ url: '/busy.js?secret=1' });
  await frameIsTold(page);
  await page.evaluate(async (told) => {
    const own = window as never as {
      failAt(address: string): void;
      trap(address: string): Promise<void>;
      addError(error: object): void;
    };
    const address = `${location.origin}${told}`;
    console.error(address);
    own.failAt(address);
    await own.trap('/trap.wasm?secret=1').catch((error) => window.ferrum.addError(error));
    const [error, componentStack] = [new Error('shown'), `\n    at App (${address}:1:2)`];
    own.addError({ error, handlingStack: '', componentStack });
    window.ferrum.startView({ name: 'next', url: `${told}#token` });
    window.ferrum.addDurationVital('vital', { startTime: Date.now(), duration: 1 });
    await new Promise((resolve) => {
      new WebSocket(address.replace('http', 'ws')).onopen = resolve;
    });
    const ask = async (path: string, init: object) => (await fetch(path, init)).text();
    await ask('/broken?secret=1', { headers: { 'x-where': told } });
    const query = `# of ${told}\nquery Found { found }`;
    const body = JSON.stringify({ query, variables: { at: told } });
    await ask('/graphql?secret=1', { method: 'POST', body });
    history.pushState(null, '', '/route?secret=1');
    window.ferrum.addAction('action');
  }, told);
}

/** That of a socket is told without its query anyway. */
const ADDRESSED = [
  ...['view.url', 'view.referrer', 'view.performance.lcp.resource_url', 'resource.url'],
  ...['error.resource.url', 'long_task.scripts.*.source_url', '_dd.debug_ids.*.url'],
  ...['_dd.wasm_modules.*.url', 'error.message', 'error.stack', 'error.handling_stack'],
  ...['error.component_stack', 'error.causes.*.message'],
  ...['error.causes.*.stack', 'long_task.scripts.*.invoker', 'resource.request.headers.x-where'],
  ...['resource.response.headers.x-where', 'resource.graphql.variables'],
  ...['resource.graphql.payload', 'resource.graphql.errors.*.message'],
];

for (const [scrubUrl, what] of [
  [true, 'no address leaves unscrubbed'],
  [false, 'all addresses leave as they are where nobody asked for less'],
] as const) {
  test(`${what}, of whatever the page does`, async ({ page, site, intake }) => {
    await open(page, site, scrubUrl);
    await beBusy(page, site);
    await errorsAreDescribed(page, site);
    await leave(page, intake);
    const events = intake.received.flatMap((message) =>
      message.kind === 'rejected' ? [] : [message.event],
    );
    const textsAt = (path: string) => {
      const texts: string[] = [];
      const add = (holder: Json, key: string) => texts.push(`${holder[key]}`);
      for (const event of events) atPath(path, add, event);
      return texts;
    };
    const secret = /secret|token/;
    const withText = ADDRESSED.filter((path) => textsAt(path).some((text) => /\//.test(text)));
    expect(withText).toEqual(ADDRESSED);
    const unscrubbed = ADDRESSED.filter((path) => textsAt(path).some((text) => secret.test(text)));
    expect(unscrubbed).toEqual(scrubUrl ? [] : ADDRESSED);
    const telling = events.filter((event) => secret.test(JSON.stringify(event)));
    if (scrubUrl) expect(telling).toEqual([]);
  });
}

for (const [option, cut] of [
  ['true', '/wanting'],
  ['(url) => url.replace(/secret=1.*/, "kept")', '/wanting?kept'],
  ['() => { throw new Error("of the page") }', '/wanting'],
] as const) {
  test(`no address leaves unscrubbed before the engine is there, by ${option}`, async ({
    page,
    site,
    intake,
  }) => {
    site.hold('/cdn/ferrum-engine.js');
    const options = `{ ...${JSON.stringify(site.options)}, scrubUrl: ${option} }`;
    const body = `<!doctype html><script src="/cdn/datadog-rum.js"></script>
      <script>DD_RUM.init(${options})</script>`;
    site.answer('/wanting', { type: 'text/html', body });
    await page.goto(`${site.url}/wanting?secret=1#token`, { referer: `${site.url}/?secret=1` });
    await site.request('/cdn/ferrum-engine.js');
    await page.goto('about:blank');
    const { event } = await intake.waitFor(({ event }) => event.type === 'view');
    expect(at(event, 'view.url')).toBe(site.url + cut);
    expect(JSON.stringify(event)).not.toContain('secret');
  });
}
