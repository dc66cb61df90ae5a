/**
 * What the engine of a page was given, input by input: `engine-inputs.ndjson` has it of one visit. When inputs got
 * another form, `node --import tsx tests/js/engine-recording.ts` makes that visit again.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import puppeteer, { type Page } from 'puppeteer-core';
import { startIntake } from '../../js/intake/index.ts';
import { browserArguments, chromium } from '../browser/chromium.ts';
import { type Given, watchEngine } from '../browser/engine-inputs.ts';
import { type Site, startSite } from '../browser/site.ts';

const file = fileURLToPath(new URL('engine-inputs.ndjson', import.meta.url));

export function recording(): Given[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map(([kind, numbers, text]) => [kind, numbers.map(numberOf), text]);
}

/** JSON has null instead of NaN. */
function numberOf(written: number | null): number {
  return written ?? Number.NaN;
}

/** On the page. */
function keepInputs(): void {
  const given: Given[] = [];
  Object.assign(window, { given });
  window.takeInput = (...input) => given.push(input);
}

/** As a script of the page: stacks name it. */
function run(page: Page, site: Site, work: () => unknown): Promise<unknown> {
  return page.evaluate(`(${work})()\n//# sourceURL=${site.url}/visit.js`);
}

async function visit(page: Page, site: Site): Promise<void> {
  await page.waitForFunction(() => window.ferrum.getInternalContext()?.session_id);
  await run(page, site, async () => {
    const { ferrum } = window;
    ferrum.setUser({ id: 'u1', name: 'Zo\u00eb \u{1f525}' });
    ferrum.setGlobalContextProperty('cart', { total: 12.345, items: [1, 'two', null] });
    ferrum.addFeatureFlagEvaluation('colour', 'green');
    ferrum.addError(new Error('reported', { cause: new TypeError('why') }), { order: 'o7' });
    ferrum.addTiming('ready');
    ferrum.startAction('swipe', { context: { from: 1 } });
    ferrum.addDurationVital('checkout', { startTime: Date.now() - 70.5, duration: 70.25 });
    // A long task.
    for (const end = performance.now() + 80; performance.now() < end; );
    await fetch('/data').then((response) => response.text());
    ferrum.stopAction('swipe');
  });
  for (let count = 0; count < 3; count++) await page.click('#pay');
  await page.mouse.wheel({ deltaY: 100 });
  await run(page, site, () => history.pushState(null, '', '/basket?step=1'));
  await run(page, site, () => {
    window.ferrum.setViewName('basket');
    for (let count = 0; count < 60; count++) window.ferrum.addAction(`action ${count}`);
  });
  // Longer than any click is held, and than the throttle of views.
  await run(page, site, () => new Promise((resolve) => setTimeout(resolve, 3200)));
  await run(page, site, () => window.ferrum.stopSession());
  await page.click('#pay');
  await run(page, site, () => window.ferrum.stop());
}

async function record(): Promise<void> {
  const intake = await startIntake();
  const site = await startSite(intake.url);
  const browser = await puppeteer.launch({ executablePath: chromium, args: browserArguments });
  try {
    const page = await browser.newPage();
    await page.evaluateOnNewDocument('globalThis.__name = (target) => target');
    await page.evaluateOnNewDocument(keepInputs);
    await page.evaluateOnNewDocument(watchEngine);
    await page.goto(site.page('visit'));
    await visit(page, site);
    const given = await page.evaluate(() => (window as unknown as { given: Given[] }).given);
    // With the site's address: how much is sent at once depends on how long it is.
    const lines = given.map((input) => JSON.stringify(input));
    writeFileSync(file, `${lines.join('\n')}\n`);
    console.log(`${given.length} inputs`);
  } finally {
    await browser.close();
    await Promise.all([site.close(), intake.close()]);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await record();
