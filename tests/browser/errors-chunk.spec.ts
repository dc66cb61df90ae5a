/** What describes errors is loaded when there is one, and none is lost if it does not come. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Intake } from '../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  errorsAreDescribed,
  eventsOf,
  expect,
  type Json,
  leave,
  type Page,
  pageIsIdle,
  test,
  watch,
} from './fixture.ts';
import { type Entry, root, type Site } from './site.ts';

const CHUNK = '/cdn/ferrum-errors.js';

const asked = (site: Site) => site.requests.filter(({ path }) => /errors\.js/.test(path)).length;

const messages = (intake: Intake) =>
  eventsOf(intake, 'error').map((event) => at(event, 'error.message'));

/** The page reports one, with a stack that tells who has read it. */
const report = (page: Page, message: string) =>
  page.evaluate((message) => {
    const error = new TypeError(message, { cause: new Error('why') });
    window.ferrum.addError(error, { order: 7 });
  }, message);

function isInFull(event: Json | undefined): void {
  expect(at(event, 'error.stack')).toMatch(/^TypeError: .*\n {2}at .* @ /);
  expect(at(event, 'error.causes')).toMatchObject([{ message: 'why' }]);
  expect(at(event, 'error.handling_stack')).toMatch(/^HandlingStack: error\n {2}at /);
  // Without the frames of the shim.
  expect(at(event, 'error.handling_stack')).not.toContain('/cdn/');
}

function isInOutline(event: Json | undefined): void {
  expect(event).toMatchObject({
    error: { source: 'custom', handling: 'handled', type: 'TypeError' },
    context: { order: 7 },
  });
  expect(at(event, 'error.id')).toBeDefined();
  expect(at(event, 'error.stack')).toMatch(/^TypeError: .*\n {4}at /);
  expect(at(event, 'error.causes')).toBeUndefined();
}

for (const entry of ['ferrum', 'npm'] as Entry[]) {
  test(`the first error of a page with ${entry} loads the chunk, and no other does`, async ({
    page,
    site,
    intake,
  }) => {
    site.entry = entry;
    await page.goto(site.page('text'));
    await engineIsReady(page);
    expect(asked(site)).toBe(0);
    await report(page, 'first');
    await errorsAreDescribed(page, site);
    await report(page, 'second');
    await leave(page, intake);
    expect(messages(intake)).toEqual(['first', 'second']);
    for (const event of eventsOf(intake, 'error')) isInFull(event);
    expect(asked(site)).toBe(1);
  });
}

test('a page without errors never asks for the chunk', async ({ page, site, intake }) => {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.addAction('pay'));
  await page.click('h1');
  await pageIsIdle(page);
  await leave(page, intake);
  expect(asked(site)).toBe(0);
});

test('a page whose session is not sent does not ask for it either', async ({ page, site }) => {
  site.options.sessionSampleRate = 0;
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await report(page, 'unseen');
  await pageIsIdle(page);
  expect(asked(site)).toBe(0);
});

test('after an error from before the engine was there both are loaded at a time', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold('/cdn/ferrum.wasm');
  // Before the page has loaded, and the shim asks for the engine.
  await page.addInitScript(() => {
    addEventListener('DOMContentLoaded', () => {
      window.ferrum.addError(new TypeError('early', { cause: new Error('why') }));
    });
  });
  await page.goto(site.page('text'));
  await site.request(CHUNK);
  release();
  await engineIsReady(page);
  await leave(page, intake);
  isInFull(eventsOf(intake, 'error')[0]);
  expect(messages(intake)).toEqual(['early']);
});

test('errors wait for the chunk in their order, and are of the time when they happened', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.setGlobalContext({ step: 'pay' }));
  const before = await page.evaluate(() => performance.timeOrigin + performance.now());
  await report(page, 'first');
  await report(page, 'second');
  const after = await page.evaluate(() => performance.timeOrigin + performance.now());
  await page.evaluate(() => {
    window.ferrum.setGlobalContext({ step: 'thanks' });
    window.ferrum.addAction('after');
    history.pushState(null, '', '/thanks');
  });
  release();
  await errorsAreDescribed(page, site);
  await report(page, 'third');
  await leave(page, intake);
  expect(messages(intake)).toEqual(['first', 'second', 'third']);
  const [first, second, third] = eventsOf(intake, 'error');
  for (const event of [first, second]) {
    isInFull(event);
    expect(event).toMatchObject({ context: { step: 'pay', order: 7 } });
    expect(at(event, 'view.url')).toBe(site.page('text'));
    expect(at(event, 'date')).toBeGreaterThanOrEqual(Math.floor(before));
    expect(at(event, 'date')).toBeLessThanOrEqual(Math.ceil(after));
  }
  expect(third).toMatchObject({ context: { step: 'thanks' } });
  expect(intake.views().map(({ event }) => at(event, 'view.error.count'))).toEqual([2, 1]);
});

test('a page that is left before the chunk is there tells in outline what happened, once', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await report(page, 'last');
  const view = await leave(page, intake);
  release();
  isInOutline(eventsOf(intake, 'error')[0]);
  expect(messages(intake)).toEqual(['last']);
  expect(at(view.event, 'view.error.count')).toBe(1);
});

test('a page that was hidden meanwhile tells once what happened', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await report(page, 'before');
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
    delete (document as { visibilityState?: string }).visibilityState;
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await intake.waitFor(({ event }) => event.type === 'error');
  release();
  await errorsAreDescribed(page, site);
  await report(page, 'after');
  await leave(page, intake);
  expect(messages(intake)).toEqual(['before', 'after']);
  const [before, after] = eventsOf(intake, 'error');
  isInOutline(before);
  isInFull(after);
});

for (const [title, answer] of [
  ['is missing', { status: 404, type: 'text/html', body: 'nothing here' }],
  ['is a page', { type: 'text/html', body: '<!doctype html>' }],
  ['is no script', { type: 'text/javascript', body: 'this is no script' }],
  [
    'throws',
    {
      type: 'text/javascript',
      body: "export function describeError() { throw new Error('broken'); }",
    },
  ],
] as const) {
  test(`where the chunk ${title}, errors are told in outline`, async ({ page, site, intake }) => {
    site.answer(CHUNK, answer);
    const seen = watch(page);
    await page.goto(site.page('text'));
    await engineIsReady(page);
    await report(page, 'first');
    await site.request(CHUNK);
    await page.evaluate((path) => import(path).catch(() => {}), CHUNK);
    await report(page, 'second');
    await leave(page, intake);
    expect(messages(intake)).toEqual(['first', 'second']);
    for (const event of eventsOf(intake, 'error')) isInOutline(event);
    // The browser itself says what it could not load.
    const others = seen.console.filter((line) => !/Failed to load /.test(line));
    expect({ ...seen, console: others }).toEqual({ errors: [], console: [] });
  });
}

test('a chunk that comes after the stop is of no use and does no harm', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold(CHUNK);
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await report(page, 'last');
  await page.evaluate(() => window.ferrum.stop());
  await intake.waitFor(({ event }) => event.type === 'error');
  release();
  await errorsAreDescribed(page, site);
  isInOutline(eventsOf(intake, 'error')[0]);
  expect(messages(intake)).toEqual(['last']);
  expect(seen).toEqual({ errors: [], console: [] });
});

test('beforeSend sees an error that waited as any other', async ({ page, site, intake }) => {
  const release = site.hold(CHUNK);
  await page.goto(site.page('empty'));
  await page.addScriptTag({ url: '/cdn/ferrum.js' });
  await page.evaluate((options) => {
    const beforeSend = (event: Json, { error }: { error?: Error }) => {
      if (event.type !== 'error') return true;
      const told = event.error as { message: string };
      told.message += `, seen with ${error?.message}`;
      return !/unwanted/.test(told.message);
    };
    window.ferrum.init({ ...options, beforeSend } as never);
  }, site.options);
  await engineIsReady(page);
  await report(page, 'first');
  await report(page, 'unwanted');
  release();
  await errorsAreDescribed(page, site);
  const view = await leave(page, intake);
  expect(messages(intake)).toEqual(['first, seen with first']);
  expect(at(view.event, 'view.error.count')).toBe(1);
});

test('no more than 500 errors wait for the chunk', async ({ page, site, intake }) => {
  const release = site.hold(CHUNK);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    for (let count = 0; count < 500; count++)
      window.ferrum.addError(new TypeError(`error ${count}`));
    window.ferrum.addAction('after 500');
  });
  await site.request(CHUNK);
  expect(messages(intake)).toEqual([]);
  await report(page, 'one more');
  // A full batch leaves at once.
  await intake.waitFor(({ event }) => at(event, 'error.message') === 'error 0');
  release();
  await errorsAreDescribed(page, site);
  await leave(page, intake);
  await expect.poll(() => messages(intake).length).toBe(501);
});

for (const entry of ['ferrum', 'npm'] as Entry[]) {
  test(`that the chunk of ${entry} comes is no activity of the page`, async ({
    page,
    site,
    intake,
  }) => {
    site.entry = entry;
    const path = entry === 'npm' ? '/esm/errors.js' : CHUNK;
    const body = await readFile(join(root, 'dist', path));
    const headers = { 'cache-control': 'max-age=600' };
    site.answer(path, { type: 'text/javascript', body, headers });
    await page.goto(site.page('text'));
    await engineIsReady(page);
    // From the cache it comes while the view still waits for a first activity.
    await page.evaluate((path) => fetch(path).then((response) => response.text()), path);
    await page.evaluate(() => {
      window.ferrum.startView('quiet');
      window.ferrum.addError(new Error('of a quiet view'));
    });
    await errorsAreDescribed(page, site);
    // Timers of a page run in order: those of an activity, twice 100 ms, are over then.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 250)));
    const { event } = await leave(page, intake);
    expect(event).toMatchObject({ view: { name: 'quiet', error: { count: 1 } } });
    expect(at(event, 'view.loading_time')).toBeUndefined();
    expect(at(event, 'context.ferrum.loading_time_end')).toBe('no_activity');
  });
}
