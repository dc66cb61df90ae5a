/** What few pages ask for, in pages that do: the chunk that is loaded for them. */

import type { Page } from './fixture.ts';
import { engineIsReady, expect, at as get, leave, test } from './fixture.ts';
import type { Site } from './site.ts';

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

test('no address leaves unscrubbed, of whatever the page does', async ({ page, site, intake }) => {
  const options = `{ scrubUrl: true, trackElementErrors: true, trackNetworkErrors: true,
    trackResourceHeaders: [{ name: 'x-where' }] }`;
  const body = '<img src="/none.png?secret=1">';
  site.answer('/broken', {
    status: 500,
    type: 'text/plain; charset=utf-8',
    headers: { 'x-where': '/told?secret=1' },
    body: '',
  });
  await open(page, site, { options, body });
  await page.evaluate(async () => {
    const address = `${location.origin}/told?secret=1`;
    console.error(address);
    window.ferrum.addError(new Error(`no ${address}`, { cause: new Error(address) }));
    window.ferrum.startView({ name: 'next', url: '/told?secret=1#token' });
    window.ferrum.addDurationVital('vital', { startTime: Date.now(), duration: 1 });
    await fetch('/broken?secret=1').then((response) => response.text());
    history.pushState(null, '', '/route?secret=1');
    window.ferrum.addAction('action');
  });
  await leave(page, intake);
  const events = intake.received.flatMap((message) =>
    message.kind === 'rejected' ? [] : [message.event],
  );
  const types = events.map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['action', 'error', 'resource', 'view', 'vital']));
  expect(events.map((event) => get(event, 'resource.response.headers.x-where'))).toContain('/told');
  expect(events.filter((event) => /secret|token/.test(JSON.stringify(event)))).toEqual([]);
});

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
    expect(get(event, 'view.url')).toBe(site.url + cut);
    expect(JSON.stringify(event)).not.toContain('secret');
  });
}
