/** Ferrum leaves the page's globals alone: none is added, removed, replaced or redefined. */

import { engineIsReady, expect, type Page, test } from './fixture.ts';
import { changes, listeners, snapshot } from './globals.ts';
import type { Site } from './site.ts';

/** Far fewer would mean that the comparison looks at nothing. */
const FEWEST_PROPERTIES = 10_000;

async function useEverything(page: Page): Promise<void> {
  await engineIsReady(page);
  await page.click('h1');
  await page.evaluate(async () => {
    await fetch('/data');
    history.pushState(null, '', '/other');
  });
}

function initByScript(page: Page, site: Site): Promise<void> {
  return page.evaluate(async (options) => {
    const script = document.createElement('script');
    script.src = '/cdn/ferrum.js';
    document.head.append(script);
    await new Promise((resolve) => script.addEventListener('load', resolve));
    window.ferrum.init(options as never);
  }, site.options);
}

test('the script tag adds `ferrum` to the window, and changes nothing', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('empty'));
  const before = await snapshot(page);
  const untouched = await changes(page, before);
  expect(untouched.differences).toEqual([]);
  expect(untouched.compared).toBeGreaterThan(FEWEST_PROPERTIES);

  await initByScript(page, site);
  expect((await changes(page, before)).differences).toEqual(['window.ferrum is new']);
  await useEverything(page);
  expect((await changes(page, before)).differences).toEqual(['window.ferrum is new']);
  await page.evaluate(() => window.ferrum.stop());
  expect((await changes(page, before)).differences).toEqual(['window.ferrum is new']);
  await intake.waitFor(({ event }) => event.type === 'view');
});

test('the npm form changes nothing at all', async ({ page, site, intake }) => {
  await page.goto(site.page('empty'));
  const before = await snapshot(page);
  const module = await page.evaluateHandle(
    (path) => import(path) as Promise<Pick<Window, 'ferrum'>>,
    '/application/main.js',
  );
  expect((await changes(page, before)).differences).toEqual([]);

  await module.evaluate(async ({ ferrum }, options) => {
    ferrum.init(options as never);
    while (!ferrum.getSessionReplayLink()) await new Promise((resolve) => setTimeout(resolve, 10));
    await fetch('/data');
    history.pushState(null, '', '/other');
  }, site.options);
  expect((await changes(page, before)).differences).toEqual([]);
  await module.evaluate(({ ferrum }) => ferrum.stop());
  expect((await changes(page, before)).differences).toEqual([]);
  await intake.waitFor(({ event }) => event.type === 'view');
});

test('a patch is seen, wherever it is', async ({ page, site }) => {
  const patches = [
    ['window.fetch', 'window.fetch = (...args) => fetch(...args)'],
    ['.send', 'XMLHttpRequest.prototype.send = () => {}'],
    ['.pushState', 'history.pushState = History.prototype.pushState'],
    ['.href', "Object.defineProperty(HTMLAnchorElement.prototype, 'href', { get: () => '' })"],
    ['console.error', 'console.error = () => {}'],
    ['window.onerror', 'onerror = () => {}'],
    ['.flat', 'Object.freeze(Array.prototype.flat)'],
    [
      '.description',
      "Object.defineProperty(Symbol.prototype, 'description', { enumerable: true })",
    ],
    ['.hidden', 'navigator.hidden = 1'],
    ['[[Prototype]]', 'Object.setPrototypeOf(Promise, class {})'],
  ] as const;
  for (const [name, patch] of patches) {
    await page.goto(site.page('empty'));
    const before = await snapshot(page);
    await page.addScriptTag({ content: patch });
    const { differences } = await changes(page, before);
    expect(differences.join('\n'), patch).toContain(name);
  }
});

test('after `stop` nothing is observed or sent any more', async ({ page, site, intake }) => {
  await page.goto(site.page('errors'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.stop());
  await intake.waitFor(({ event }) => event.type === 'view');
  const received = intake.received.length;
  await page.evaluate(() => {
    window.ferrum.addAction('too late');
    window.ferrum.addError(new Error('too late'));
    window.ferrum.startView('too late');
    window.ferrum.init({ applicationId: 'a', clientToken: 'b' });
    history.pushState(null, '', '/too-late');
  });
  await page.click('#throw');
  await page.evaluate(() => fetch('/data'));
  const last = site.request('/last');
  await page.goto('about:blank');
  await page.goto(`${site.url}/last`);
  await last;
  expect(intake.received.slice(received)).toEqual([]);
  expect(intake.views()).toHaveLength(1);
});

test('`stop` removes every listener that Ferrum has added', async ({ page, site, intake }) => {
  await page.goto(site.page('empty'));
  const before = await listeners(page);
  await initByScript(page, site);
  await engineIsReady(page);
  const during = await listeners(page);
  expect(during).toEqual(expect.arrayContaining(['error on window', 'pagehide on window']));
  expect(during.length).toBeGreaterThan(before.length + 5);
  await page.evaluate(() => window.ferrum.stop());
  expect(await listeners(page)).toEqual(before);
  await intake.waitFor(({ event }) => event.type === 'view');
});
