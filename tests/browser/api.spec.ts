/** The API of the whole product: what pages give it, and what holds of their options. */

import { build } from 'esbuild';
import { at, engineIsReady, eventsOf, expect, leave, type Page, test, watch } from './fixture.ts';
import { root, type Site } from './site.ts';

/** A page whose own script makes `window.options`, and begins with them. */
async function openWith(page: Page, site: Site, script: string): Promise<void> {
  const body = `<!doctype html><title>Options</title><link rel="icon" href="data:,">
    <script src="/cdn/datadog-rum.js"></script>
    <script>var ferrum = DD_RUM, options = ${JSON.stringify(site.options)}</script>
    <script type="module">${script}; ferrum.init(options)</script><h1>Welcome</h1>`;
  site.answer('/options.html', { type: 'text/html', body });
  await page.goto(site.page('options'));
}

/** Of npm, as a module for pages. */
async function serve(site: Site, path: string, contents: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'esm',
    define: { 'process.env.NODE_ENV': '"production"' },
    write: false,
  });
  site.answer(path, { type: 'text/javascript', body: outputFiles[0]?.text as string });
}

test.describe('whatever a page passes', () => {
  // As in the official SDK, options of the wrong type are passed on.
  test.use({ brokenEvents: 'allowed' });

  test('costs the call at most: collection goes on', async ({ page, site, intake }) => {
    await serve(site, '/fast-check.js', "export * from 'fast-check'");
    const seen = watch(page);
    site.options.telemetrySampleRate = 0;
    await openWith(page, site, '');
    await engineIsReady(page);
    await page.evaluate(async (path) => {
      const fc = (await import(path)) as typeof import('fast-check');
      const fails = () => {
        throw new Error('hostile');
      };
      const cycle: Record<string, unknown> = { a: 1 };
      cycle.self = cycle;
      const hostile = [
        undefined,
        null,
        42,
        10n,
        Number.NaN,
        Symbol('s'),
        fails,
        'text\0',
        [],
        document.body,
        window,
        new MouseEvent('click'),
        cycle,
        new Proxy({}, { get: fails, ownKeys: fails, getPrototypeOf: fails, has: fails }),
        new Proxy(fails, { get: fails, apply: fails }),
        Object.defineProperty({ ok: 1 }, 'bad', { enumerable: true, get: fails }),
        { toJSON: fails, toString: fails, valueOf: fails },
        { type: { toString: 1 }, actionKey: { toString: 1 }, url: 'http://[', service: 1n },
        { actionKey: 42, vitalKey: {}, resourceKey: [], operationKey: cycle, context: 7, name: 8 },
        Object.defineProperty(new Error('e'), 'message', { get: fails }),
      ].map((value) => () => value);
      const api = window.ferrum as never as Record<string, (...args: unknown[]) => unknown>;
      const methods = Object.keys(api).filter(
        (name) => !/^(stop.*|setTrackingConsent|onReady|version|DEFAULT.*)$/.test(name),
      );
      const call = fc.tuple(
        fc.constantFrom(...methods, 'stopAction', 'stopResource', 'stopDurationVital'),
        fc.array(fc.constantFrom(...hostile), { maxLength: 3 }),
      );
      fc.assert(
        fc.property(fc.array(call, { maxLength: 5 }), (calls) => {
          for (const [method, values] of calls) api[method]?.(...values.map((value) => value()));
          return window.ferrum.getInternalContext() !== undefined;
        }),
        { numRuns: 500 },
      );
      window.ferrum.addAction('still here');
    }, '/fast-check.js');
    await page.goto('about:blank');
    await intake.waitFor(({ event }) => at(event, 'action.target.name') === 'still here');
    expect(seen.errors).toEqual([]);
  });
});

test('Datadog’s React plugin begins with the page: its option holds, its errors are events', async ({
  page,
  site,
  intake,
}) => {
  await serve(
    site,
    '/react-plugin.js',
    "export { addReactError, reactPlugin } from '@datadog/browser-rum-react'",
  );
  await openWith(
    page,
    site,
    `import { addReactError, reactPlugin } from '/react-plugin.js';
    options.plugins = [reactPlugin({ router: true })];
    window.addReactError = addReactError`,
  );
  await page.evaluate(() => window.ferrum.startView('/orders/:id'));
  await engineIsReady(page);
  await page.evaluate(() => {
    const { addReactError } = window as unknown as { addReactError: (...args: unknown[]) => void };
    addReactError(new Error('of a component'), { componentStack: '\n    at Cart' });
  });
  const view = await leave(page, intake);
  expect(at(view.event, 'view.name')).toBe('/orders/:id');
  expect(intake.views()).toHaveLength(1);
  const [error] = eventsOf(intake, 'error');
  expect(at(error, 'error.message')).toBe('of a component');
  expect(at(error, 'error.component_stack')).toContain('Cart');
  expect(at(error, 'context.framework')).toBe('react');
});

test('a hook that a plugin registers sees every event', async ({ page, site, intake }) => {
  await openWith(
    page,
    site,
    `options.plugins = [{
      name: 'hook',
      onInit({ initConfiguration, registerAssembleEventHook }) {
        initConfiguration.version = '9.9';
        registerAssembleEventHook(() => ({ context: { hooked: true } }));
      },
    }]`,
  );
  await engineIsReady(page);
  const { event } = await leave(page, intake);
  expect(event).toMatchObject({ version: '9.9', context: { hooked: true } });
});

for (const answer of ['false', 'Promise.resolve(false)']) {
  test(`a plugin that answers ${answer} stops the start, and the next init counts`, async ({
    page,
    site,
    intake,
  }) => {
    await openWith(
      page,
      site,
      `options.plugins = [{ name: 'no', onInit: () => ${answer} }];
      ferrum.init(options);
      options = { ...options, plugins: [], service: 'second' }`,
    );
    await engineIsReady(page);
    const { event } = await leave(page, intake);
    expect(event.service).toBe('second');
    expect(intake.views()).toHaveLength(1);
  });
}

test('after an init that is refused the next one counts, with what was called before', async ({
  page,
  site,
  intake,
}) => {
  const seen = watch(page);
  await openWith(page, site, "ferrum.addAction('early'); ferrum.init({ ...options, service: 5 })");
  await engineIsReady(page);
  const view = await leave(page, intake);
  expect(at(view.event, 'view.action.count')).toBe(1);
  expect(seen.console).toEqual([
    expect.stringContaining('"service" must be a non-empty string'),
    expect.stringContaining('"service" was given as 5'),
  ]);
});

const REMOTE = {
  rum: {
    service: 'remote',
    user: [{ key: 'id', value: { rcSerializedType: 'dynamic', strategy: 'js', path: 'who' } }],
    context: [{ key: 'tenant', value: 'acme' }],
  },
};

test('a remote configuration brings options, a user and a context', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/remote', { type: 'application/json', body: JSON.stringify(REMOTE) });
  await openWith(
    page,
    site,
    `window.who = 'u9';
    ferrum.setUser({ id: 'before', plan: 'free' });
    Object.assign(options, { remoteConfiguration: { id: 'r', sync: true }, remoteConfigurationProxy: '/remote' })`,
  );
  await engineIsReady(page);
  const known = await page.evaluate(() => [
    window.ferrum.getUser(),
    window.ferrum.getGlobalContext(),
    window.ferrum.getInitConfiguration()?.service,
  ]);
  expect(known).toEqual([{ id: 'u9', plan: 'free' }, { tenant: 'acme' }, 'remote']);
  const { event } = await leave(page, intake);
  expect(event).toMatchObject({
    service: 'remote',
    usr: { id: 'u9' },
    context: { tenant: 'acme' },
  });
});

test('what is known of a remote configuration gives way to what the page calls after init', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/remote', { type: 'application/json', body: JSON.stringify(REMOTE) });
  const script = `window.who = 'u9';
    Object.assign(options, { remoteConfiguration: { id: 'r' }, remoteConfigurationProxy: '/remote' });
    ferrum.setGlobalContext({ tenant: 'before', page: 1 });
    ferrum.setUser({ id: 'before' });
    setTimeout(() => ferrum.setUser({ id: 'page' }))`;
  await openWith(page, site, script);
  await page.waitForFunction(() => localStorage.getItem('dd_rc_r'));
  await openWith(page, site, script);
  await engineIsReady(page);
  const { event } = await leave(page, intake);
  expect(event).toMatchObject({ usr: { id: 'page' }, context: { tenant: 'acme', page: 1 } });
});

test('a remote configuration that is required and cannot be had starts nothing', async ({
  page,
  site,
  intake,
}) => {
  site.answer('/remote', { status: 404 });
  const printed = page.waitForEvent('console', {
    predicate: (message) => message.text().includes('remote configuration'),
  });
  await openWith(
    page,
    site,
    "Object.assign(options, { remoteConfiguration: { id: 'r', required: true }, remoteConfigurationProxy: '/remote' })",
  );
  await printed;
  // Would have told of the visit before, had there been anything.
  await page.goto(site.page('text'));
  await engineIsReady(page);
  const view = await leave(page, intake);
  expect(intake.views().map(({ id }) => id)).toEqual([view.id]);
});

test('contexts of former pages are read, and kept when the page adds to them', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('npm'));
  await page.evaluate(() => {
    localStorage.setItem('_dd_c_rum_1', '{"id":"u1"}');
    localStorage.setItem('_dd_c_rum_2', '{"old":1}');
  });
  await openWith(page, site, 'options.storeContextsAcrossPages = true');
  await engineIsReady(page);
  const read = await page.evaluate(() => {
    const before = [window.ferrum.getGlobalContext(), window.ferrum.getUser()];
    window.ferrum.setGlobalContextProperty('new', 2);
    return [...before, window.ferrum.getGlobalContext(), localStorage.getItem('_dd_c_rum_2')];
  });
  expect(read).toEqual([{ old: 1 }, { id: 'u1' }, { old: 1, new: 2 }, '{"old":1,"new":2}']);
  const { event } = await leave(page, intake);
  expect(event).toMatchObject({ usr: { id: 'u1' }, context: { old: 1, new: 2 } });
});

test('of a time before the page there was no view, nor is there a session out of the sample', async ({
  page,
  site,
}) => {
  await openWith(page, site, '');
  await engineIsReady(page);
  const of = (time: number) =>
    page.evaluate((time) => window.ferrum.getInternalContext(time), time);
  expect(await of(-1)).toBeUndefined();
  expect(await of(0)).toBeDefined();
});

test('internal options are tags, and a vital without options is none', async ({
  page,
  site,
  intake,
}) => {
  Object.assign(site.options, { sdkVersion: '7.0', datacenter: 'eu1', variant: 'a,b' });
  await openWith(page, site, '');
  await engineIsReady(page);
  await page.evaluate(() => window.ferrum.addDurationVital('none', undefined as never));
  const { event } = await leave(page, intake);
  expect(event.ddtags).toBe('sdk_version:7.0,service:small-pages,datacenter:eu1,variant:a_b');
  expect(eventsOf(intake, 'vital')).toEqual([]);
});

test('what a script clicks begins no session, unless that is allowed', async ({ page, site }) => {
  for (const allowUntrustedEvents of [false, true]) {
    Object.assign(site.options, { allowUntrustedEvents });
    await openWith(page, site, '');
    await engineIsReady(page);
    const before = await page.evaluate(() => window.ferrum.getInternalContext()?.session_id);
    await page.evaluate(() => window.ferrum.stopSession());
    await page.evaluate(() => document.querySelector('h1')?.click());
    if (!allowUntrustedEvents) {
      // One of the user's begins it all the same, and it is the first that does.
      expect(await page.evaluate(() => window.ferrum.getInternalContext())).toBeUndefined();
      await page.click('h1');
    }
    await page.waitForFunction(() => window.ferrum.getInternalContext());
    expect(await page.evaluate(() => window.ferrum.getInternalContext()?.session_id)).not.toBe(
      before,
    );
  }
});

test('a click that a script makes of a pointer is one action', async ({ page, site, intake }) => {
  Object.assign(site.options, { allowUntrustedEvents: true });
  await openWith(page, site, '');
  await engineIsReady(page);
  await page.evaluate(() => {
    const button = document.querySelector('h1') as Element;
    for (const type of ['pointerdown', 'pointerup', 'click']) {
      const { MouseEvent, PointerEvent } = window;
      const Kind = type === 'click' ? MouseEvent : PointerEvent;
      button.dispatchEvent(
        new Kind(type, { bubbles: true, composed: true, isPrimary: true } as never),
      );
    }
  });
  const view = await leave(page, intake);
  expect(at(view.event, 'view.action.count')).toBe(1);
});
