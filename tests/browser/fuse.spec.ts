/** Whatever breaks in Ferrum, the page does not notice, and the visit is counted. */

import { readFile } from 'node:fs/promises';
import binaryen from 'binaryen';
import {
  ACTION,
  ACTIVITY,
  ADDRESS,
  CONTEXT,
  RESOURCE,
  REVIEWED,
  START,
} from '../../js/page/kinds.ts';
import { at, engineIsReady, eventsOf, expect, type Page, test, watch } from './fixture.ts';
import { type Answer, root, type Site } from './site.ts';

const html: Answer = { type: 'text/html', body: '<!doctype html><h1>Welcome</h1>' };
const notFound: Answer = { ...html, status: 404 };
const text: Answer = { type: 'text/javascript', body: 'this is no script' };

const features =
  binaryen.Features.BulkMemory |
  binaryen.Features.BulkMemoryOpt |
  binaryen.Features.CallIndirectOverlong |
  binaryen.Features.Multivalue |
  binaryen.Features.MutableGlobals |
  binaryen.Features.NontrappingFPToInt |
  binaryen.Features.ReferenceTypes |
  binaryen.Features.SignExt;

/** Calls within the engine after which it is in the middle of its work. */
const IN_THE_MIDDLE = 40;

/** Of what the module exports only `input` takes one number; the build has made the names short. */
function entryOf(module: binaryen.Module): string | undefined {
  return Array.from({ length: module.getNumExports() }, (_, index) =>
    binaryen.getExportInfo(module.getExportByIndex(index)),
  )
    .filter(({ kind }) => kind === binaryen.ExternalFunction)
    .map(({ value }) => value)
    .find((name) => binaryen.getFunctionInfo(module.getFunction(name)).params === binaryen.i32);
}

/**
 * The engine, which traps, as a Rust panic does, when it gets an input of this kind: once, after so
 * many calls of its functions.
 */
async function trapping(kind: number, calls = 1): Promise<Answer> {
  const module = binaryen.readBinary(await readFile(`${root}/dist/cdn/ferrum.wasm`));
  module.setFeatures(features);
  const { i32, global, local } = module;
  const left = () => global.get('left', binaryen.i32);
  module.addGlobal('left', binaryen.i32, true, i32.const(0));
  const isFused = i32.eq(local.get(0, binaryen.i32), i32.const(kind));
  const light = module.if(isFused, global.set('left', i32.const(calls)));
  const burn = () =>
    module.if(
      left(),
      module.block(null, [
        global.set('left', i32.sub(left(), i32.const(1))),
        module.if(i32.eqz(left()), module.unreachable()),
      ]),
    );
  const entry = entryOf(module);
  const functions = Array.from({ length: module.getNumFunctions() }, (_, index) =>
    binaryen.getFunctionInfo(module.getFunctionByIndex(index)),
  );
  for (const { name, params, results, vars, body } of functions.filter(({ body }) => body)) {
    const first = name === entry ? light : burn();
    module.removeFunction(name);
    module.addFunction(name, params, results, vars, module.block(null, [first, body], results));
  }
  const wasm = module.emitBinary();
  module.dispose();
  return { type: 'application/wasm', body: wasm };
}

/** What a page does; none of it may be disturbed. */
async function visit(page: Page, site: Site): Promise<void> {
  await page.evaluate(async () => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.addAction('pay');
    window.ferrum.addError(new Error('reported'));
    window.ferrum.setUser({ id: 'u1' });
    await fetch('/data');
    history.pushState(null, '', '/other');
  });
  await page.click('h1');
  await page.evaluate(() => window.ferrum.addAction('pay again'));
  await page.goto('about:blank');
  await page.goto(site.page('empty'));
}

/** Of the module, which is withheld too, there is a translation. */
const SCRIPT = '/cdn/ferrum-engine-script.js';

for (const [title, path, answer] of [
  ['the engine is a page', '/cdn/ferrum-engine.js', html],
  ['the engine is no script', '/cdn/ferrum-engine.js', text],
  ['the module has other functions', '/cdn/ferrum.wasm', { body: '\0asm\x01\0\0\0' }],
  ['the translated module is a page', SCRIPT, html],
  ['the translated module is no script', SCRIPT, text],
  [
    'the translated module has other functions',
    SCRIPT,
    { ...text, body: 'export default () => ({})' },
  ],
  ['the translated module is missing', SCRIPT, notFound],
] as [string, string, Answer][]) {
  test(`where ${title}, the page works, and the visit is counted`, async ({
    page,
    site,
    intake,
  }) => {
    if (path === SCRIPT) site.answer('/cdn/ferrum.wasm', html);
    site.answer(path, answer);
    const seen = watch(page);
    await page.goto(site.page('text'));
    await site.request(path);
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    await visit(page, site);
    const { event } = await intake.waitFor(({ event }) => event.type === 'view');
    expect(event).toMatchObject({
      _dd: { document_version: 1 },
      feature_flags: { colour: 'green' },
      view: { action: { count: 2 }, error: { count: 1 } },
    });
    expect(eventsOf(intake, 'view')).toHaveLength(1);
    expect(seen.errors).toEqual([]);
    // The browser itself says what it could not load.
    const others = seen.console.filter((line) => !line.startsWith('error: Failed to load '));
    expect(others).toEqual([]);
  });
}

for (const [name, kind] of Object.entries({
  addAction: ACTION,
  addError: REVIEWED,
  'an observer': RESOURCE,
  setUser: CONTEXT,
  'a sign of life': ACTIVITY,
  'a change of the address': ADDRESS,
  'the start': START,
})) {
  test(`where ${name} traps, the page works, and one report says what happened`, async ({
    page,
    site,
    intake,
  }) => {
    site.answer('/cdn/ferrum.wasm', await trapping(kind));
    const seen = watch(page);
    await page.goto(site.page('text'));
    await site.request('/cdn/ferrum.wasm');
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
    // Who is not listening yet is told neither of activity nor of a change.
    if (kind === ACTIVITY || kind === ADDRESS) await engineIsReady(page);
    if (kind === ACTIVITY) {
      // It is told under the session's lock, and a page that is left has none.
      await page.click('h1');
      await intake.waitFor(({ event }) => event.type === 'telemetry');
    }
    await visit(page, site);
    await intake.waitFor(({ event }) => event.type === 'telemetry');
    const reports = eventsOf(intake, 'telemetry');
    expect(reports).toHaveLength(1);
    expect(reports[0]).toMatchObject({ telemetry: { type: 'log', status: 'error' } });
    expect(at(reports[0], 'telemetry.message')).toContain('unreachable');
    expect(seen).toEqual({ errors: [], console: [] });
  });
}

test('where the engine traps at a call, what it had collected is sent', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/cdn/ferrum.wasm', await trapping(REVIEWED));
  // It would have the view reviewed before there is anything in it.
  site.hold('/cdn/ferrum-vitals.js');
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    window.ferrum.addFeatureFlagEvaluation('colour', 'green');
    window.ferrum.addAction('pay');
    window.ferrum.addError(new Error('a trap'));
  });
  await intake.waitFor(({ event }) => event.type === 'telemetry');
  await page.goto('about:blank');
  await page.goto(site.page('empty'));
  expect(seen).toEqual({ errors: [], console: [] });
  const [view] = intake.views();
  expect(view?.event).toMatchObject({ feature_flags: { colour: 'green' } });
  expect(eventsOf(intake, 'action')).toHaveLength(1);
});

test('where the engine traps in the middle of its work, at least the visit is counted', async ({
  page,
  site,
  intake,
}) => {
  // As after a panic: the engine is out of its slot and does not come back.
  site.answer('/cdn/ferrum.wasm', await trapping(ACTION, IN_THE_MIDDLE));
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.addAction('lost with the engine'));
  await intake.waitFor(({ event }) => event.type === 'telemetry');
  await page.goto('about:blank');
  await page.goto(site.page('empty'));
  expect(seen).toEqual({ errors: [], console: [] });
  expect(intake.views()).toHaveLength(1);
});

test('an intake that refuses and a network that is gone are no errors of the page', async ({
  page,
  site,
  intake,
}) => {
  site.options.proxy = 'http://127.0.0.1:9/nobody-listens';
  const seen = watch(page);
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await page.evaluate(() => {
    for (let count = 0; count < 60; count++) window.ferrum.addAction(`action ${count}`);
  });
  await visit(page, site);
  expect(seen.errors).toEqual([]);
  expect(intake.received).toEqual([]);
});

for (const moment of ['once the engine is there', 'while the engine is loading']) {
  test(`what the page makes of its globals ${moment} does not concern Ferrum`, async ({
    page,
    site,
    intake,
  }) => {
    const seen = watch(page);
    const release = site.hold('/cdn/ferrum-engine.js');
    await page.goto(site.page('text'));
    if (moment === 'once the engine is there') {
      release();
      await engineIsReady(page);
    }
    await page.evaluate(() => {
      const broken = () => {
        throw new Error('broken by the page');
      };
      Object.assign(window, { fetch: broken, XMLHttpRequest: broken });
      Object.assign(console, { error: broken, warn: broken });
      history.pushState = broken;
    });
    release();
    await engineIsReady(page);
    await page.evaluate(() => {
      for (let count = 0; count < 60; count++) window.ferrum.addAction(`action ${count}`);
    });
    await intake.waitFor(({ request }) => request.api === 'fetch');
    expect(seen).toEqual({ errors: [], console: [] });
  });
}
