/** What nobody throws: reports of the browser, elements and requests that fail. */

import { build } from 'esbuild';
import { NETWORK } from '../../js/engine-contract.ts';
import type { Listening } from '../../js/page/listen.ts';
import type { InitConfiguration } from '../../js/types.ts';
import {
  at,
  engineIsReady,
  errorsAreDescribed,
  eventsOf,
  expect,
  leave,
  type Page,
  test,
} from './fixture.ts';
import { root, type Site } from './site.ts';

interface Raw {
  message: string;
  resource?: object;
  type?: string;
  stack?: string;
  csp?: { disposition: string };
}

declare global {
  interface Window {
    seen: { kind: number; error: Raw }[];
    theirErrors: Raw[];
    listening: Listening;
    start(options: Partial<InitConfiguration>): void;
  }
}

const source = `
  import { describeError } from './js/errors.ts';
  import { outlineOf } from './js/page/error-outline.ts';
  import { observeElements } from './js/exceptions/element-errors.ts';
  import { observeErrors } from './js/page/errors.ts';
  import { isError, toJson } from './js/sanitize.ts';
  import { createListen } from './js/page/listen.ts';
  import { initReportObservable } from './node_modules/@datadog/browser-core/src/domain/report/reportObservable.ts';
  window.seen = [];
  window.theirErrors = [];
  window.listening = createListen((error) => { throw error; });
  window.start = (options) => {
    const report = (call) => {
      const { error } = describeError(outlineOf(call), call, { isError, toJson });
      seen.push({ kind: call[0], error });
    };
    observeErrors(listening, options, report);
    if (options.trackElementErrors) observeElements(listening, report);
    initReportObservable(['csp_violation', 'intervention', ...(options.trackDeprecations ? ['deprecation'] : [])])
      .subscribe((error) => theirErrors.push(error));
  };
`;

async function open(page: Page, site: Site, body = ''): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'iife',
    write: false,
  });
  await page.addInitScript(outputFiles[0]?.text as string);
  const headers = { 'content-security-policy': "img-src 'none'; script-src 'unsafe-inline'" };
  site.answer('/policies.html', { type: 'text/html', headers, body });
  await page.goto(site.page('policies'));
}

/** What both tell. */
function shared({ message, type, stack, csp }: Raw): Raw {
  return { message, ...(type && { type }), ...(stack && { stack }), ...(csp && { csp }) };
}

const theirErrors = async (page: Page) =>
  (await page.evaluate(() => window.theirErrors)).map(shared);

const ourErrors = async (page: Page) =>
  (await page.evaluate(() => window.seen)).map(({ error }) => shared(error));

const loadForbiddenImage = () =>
  new Promise((resolve) => {
    document.addEventListener('securitypolicyviolation', resolve, { once: true });
    const image = document.createElement('img');
    image.src = '/forbidden.png';
    document.body.append(image);
  });

test('a violated policy is the error that it is for the official SDK', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => window.start({}));
  await page.evaluate(loadForbiddenImage);
  const ours = await ourErrors(page);
  expect(ours).toHaveLength(1);
  expect(ours[0]?.message).toMatch(/^csp_violation: 'http.*forbidden.png' blocked by 'img-src'/);
  expect(ours[0]?.csp).toEqual({ disposition: 'enforce' });
  expect(ours).toEqual(await theirErrors(page));
});

test('what was violated before is told too, once', async ({ page, site }) => {
  await open(page, site, '<img src="/early.png">');
  await page.evaluate(() => window.start({}));
  await page.evaluate(loadForbiddenImage);
  const messages = (await ourErrors(page)).map(({ message }) => message);
  expect(messages).toHaveLength(2);
  expect(messages[0]).toContain('early.png');
  expect(messages[1]).toContain('forbidden.png');
  expect(await theirErrors(page)).toHaveLength(1);
});

/** In the page itself: Playwright's scripts count as gestures of the user. */
const intervention = 'navigator.vibrate(1);';
const deprecation = `
  const request = new XMLHttpRequest();
  request.open('GET', '/policies.html', false);
  request.send();`;
const inPage = (script: string) => `<script>${script}</script>`;

test('interventions are errors, deprecations only if asked for', async ({ page, site }) => {
  await open(page, site, inPage(`${deprecation} start({}); ${intervention}`));
  await expect.poll(() => theirErrors(page)).toHaveLength(1);
  expect(await ourErrors(page)).toEqual(await theirErrors(page));
  expect((await ourErrors(page))[0]?.message).toMatch(/^intervention: .*vibrate/);
});

test('a violation with parts left out is told all the same', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => {
    window.start({});
    const violation = new Event('securitypolicyviolation');
    document.dispatchEvent(Object.assign(violation, { effectiveDirective: 'img-src' }));
  });
  const [error] = await ourErrors(page);
  expect(error?.message).toBe("csp_violation: 'undefined' blocked by 'img-src' directive");
});

test('reports of before are told', async ({ page, site }) => {
  const start = 'start({ trackDeprecations: true });';
  await open(page, site, inPage(`${deprecation} ${intervention} ${start}`));
  await expect.poll(() => theirErrors(page)).toHaveLength(2);
  expect(await ourErrors(page)).toEqual(await theirErrors(page));
});

const loadMissingStyle = () =>
  new Promise((resolve) => {
    const style = document.createElement('link');
    style.rel = 'stylesheet';
    style.href = '/missing.css?a=1';
    style.onerror = resolve;
    document.head.append(style);
  });

test('elements that cannot be loaded are errors if asked for', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => window.start({ trackElementErrors: true }));
  await page.evaluate(loadMissingStyle);
  const [seen] = await page.evaluate(() => window.seen);
  const url = `${site.url}/missing.css?a=1`;
  expect(seen?.kind).toBe(NETWORK);
  expect(seen?.error).toMatchObject({
    message: `Failed to load <link> ${url}`,
    resource: { status_code: 404, method: 'GET', url },
  });
});

test('elements that cannot be loaded are no errors unasked', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => window.start({}));
  await page.evaluate(loadMissingStyle);
  expect(await page.evaluate(() => window.seen)).toEqual([]);
});

test('what is thrown is no failed element', async ({ page, site }) => {
  await open(page, site);
  await page.evaluate(() => window.start({ trackElementErrors: true }));
  await page.evaluate(() => dispatchEvent(new ErrorEvent('error', { message: 'x' })));
  expect(await page.evaluate(() => window.seen)).toEqual([]);
});

test('nothing is told after the end', async ({ page, site }) => {
  const stop = 'listening.stop();';
  const start = `start({ trackElementErrors: true }); ${stop} ${intervention}`;
  await open(page, site, `${inPage(start)}<img src="/forbidden.png">`);
  await expect.poll(() => theirErrors(page)).toHaveLength(2);
  expect(await page.evaluate(() => window.seen)).toEqual([]);
});

/** `(module (func (export "f") unreachable))` */
const TRAP = '0061736d0100000001040160000003020100070501016600000a05010300000b';

test('a trap of WebAssembly says so, and names the module', async ({ page, site, intake }) => {
  site.answer('/app.wasm', { type: 'application/wasm', body: Buffer.from(TRAP, 'hex') });
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(async () => {
    const { instance } = await WebAssembly.instantiateStreaming(fetch('/app.wasm'));
    try {
      (instance.exports.f as () => void)();
    } catch (error) {
      window.ferrum.addError(error, { from: { call: 2 } });
    }
  });
  await errorsAreDescribed(page, site);
  await leave(page, intake);
  const [error] = eventsOf(intake, 'error');
  const url = `${site.url}/app.wasm`;
  expect(at(error, 'error.source_type')).toBe('browser+wasm');
  expect(at(error, 'error.stack')).toContain(` @ ${url}:wasm-function[0]:0x`);
  expect(at(error, '_dd.wasm_modules')).toEqual([{ url, debug_info_type: 'unknown' }]);
});

test('all that nobody threw becomes events of the schema', async ({ page, site, intake }) => {
  site.options.trackElementErrors = true;
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = "img-src 'none'";
    document.head.append(policy);
  });
  await page.evaluate(loadForbiddenImage);
  await page.evaluate(loadMissingStyle);
  await page.evaluate(() =>
    window.ferrum.addError(
      Object.assign(new Error('x'), { dd_context: { from: { error: 1, call: 1 } } }),
      { from: { call: 2 } },
    ),
  );
  await errorsAreDescribed(page, site);
  await leave(page, intake);
  const errors = eventsOf(intake, 'error');
  expect(errors.map((error) => at(error, 'error.source')).sort()).toEqual([
    ...['custom', 'network', 'network', 'report'],
  ]);
  const custom = errors.find((error) => at(error, 'error.source') === 'custom');
  expect(at(custom, 'context')).toEqual({ from: { error: 1, call: 2 } });
  const report = errors.find((error) => at(error, 'error.source') === 'report');
  expect(report).toMatchObject({
    error: { type: 'img-src', handling: 'unhandled', csp: { disposition: 'enforce' } },
  });
  const resources = errors.flatMap((error) => at(error, 'error.resource') ?? []);
  expect(resources).toEqual([
    { method: 'GET', status_code: 0, url: `${site.url}/forbidden.png` },
    { method: 'GET', status_code: 404, url: `${site.url}/missing.css?a=1` },
  ]);
});
