/** Datadog's other SDKs on a page with the drop-in: the real packages correlate with its events. */

import { build } from 'esbuild';
import type { Intake } from '../../js/intake/index.ts';
import type { InternalContext } from '../../js/types.ts';
import {
  at,
  engineIsReady,
  eventsOf,
  expect,
  type Json,
  leave,
  type Page,
  test,
} from './fixture.ts';
import { root, type Site } from './site.ts';

declare global {
  interface Window {
    sdks: {
      datadogLogs: {
        init(options: object): void;
        getInternalContext(): { session_id?: string } | undefined;
        logger: { info(message: string): void };
      };
      evaluateFlag(): Promise<unknown>;
    };
  }
}

const ENGINES = ['/cdn/ferrum-engine.js', '/esm/engine.js'];

/** The provider has its flags from the page: nothing is fetched for them. */
const SDKS = `
import { datadogLogs } from '@datadog/browser-logs';
import { DatadogProvider } from '@datadog/openfeature-browser';
import { OpenFeature } from '@openfeature/web-sdk';

const flags = { checkout: { variationType: 'STRING', variationKey: 'variant-b', variationValue: 'b' } };
const initialFlagsConfiguration = {
  precomputed: { context: {}, response: { data: { attributes: { createdAt: 1, flags } } } },
};

async function evaluateFlag() {
  await OpenFeature.setProviderAndWait(
    new DatadogProvider({
      applicationId: 'app',
      clientToken: 'pub',
      env: 'test',
      initialFlagsConfiguration,
      enableExposureLogging: false,
      enableFlagEvaluationTracking: false,
    }),
  );
  return OpenFeature.getClient().getStringValue('checkout', 'none');
}

window.sdks = { datadogLogs, evaluateFlag };
`;

let bundled: Promise<string> | undefined;

function bundleSdks(): Promise<string> {
  bundled ??= build({
    stdin: { contents: SDKS, resolveDir: root },
    bundle: true,
    format: 'iife',
    write: false,
  }).then(({ outputFiles: [file] }) => file?.text ?? '');
  return bundled;
}

/** How a page has the drop-in. */
const ENTRIES = {
  'the script': '<script src="/cdn/datadog-rum.js"></script>',
  'the npm package':
    '<script type="module">import "/esm/datadog.js"; window.DD_RUM.onReady(() => {})</script>',
};

/** Opens it with our drop-in and both of the others, which begin before it or after it. */
async function open(
  page: Page,
  site: Site,
  entry: keyof typeof ENTRIES,
  isFirst = true,
): Promise<void> {
  site.answer('/sdks.js', { type: 'text/javascript', body: await bundleSdks() });
  const { proxy } = site.options;
  const type = entry === 'the script' ? '' : 'type="module"';
  site.answer('/interop.html', {
    type: 'text/html',
    body: `<!doctype html><link rel="icon" href="data:,">
${ENTRIES[entry]}
<script src="/sdks.js"></script>
<button onclick="sdks.datadogLogs.logger.info('bought')">Buy</button>
<script ${type}>
  const begins = [
    () => (window.ferrum = DD_RUM).init(${JSON.stringify(site.options)}),
    () => sdks.datadogLogs.init({ clientToken: 'pub', proxy: ${JSON.stringify(proxy)}, service: 'shop' }),
  ];
  for (const begin of ${isFirst} ? begins : begins.reverse()) begin();
</script>`,
  });
  await page.goto(`${site.url}/interop.html`);
}

const log = (page: Page, message: string) =>
  page.evaluate((message) => window.sdks.datadogLogs.logger.info(message), message);

const contextNow = (page: Page) =>
  page.evaluate(() => window.ferrum.getInternalContext()) as Promise<InternalContext>;

/** The log events of the Logs SDK, by their message. */
async function logsOf(intake: Intake, ...messages: string[]): Promise<Json[]> {
  const found: Json[] = [];
  for (const message of messages) {
    found.push((await intake.waitFor(({ event }) => event.message === message)).event as Json);
  }
  return found;
}

const idsOf = (log: Json | undefined) => [log?.application_id, log?.session_id, at(log, 'view.id')];

for (const entry of Object.keys(ENTRIES) as (keyof typeof ENTRIES)[]) {
  test(`with ${entry}, logs have the ids of the view they were made in`, async ({
    page,
    site,
    intake,
  }) => {
    const releases = ENGINES.map((path) => site.hold(path));
    await open(page, site, entry);
    await log(page, 'before the engine');
    for (const release of releases) release();
    await engineIsReady(page);
    const first = await contextNow(page);
    await log(page, 'after the engine');
    await page.evaluate(() => history.pushState({}, '', '/cart'));
    await page.waitForFunction(
      (id) => window.ferrum.getInternalContext()?.view?.id !== id,
      first.view?.id,
    );
    const second = await contextNow(page);
    await log(page, 'on the next route');
    await leave(page, intake);
    const [before, after, next] = await logsOf(
      intake,
      'before the engine',
      'after the engine',
      'on the next route',
    );
    const ids = ({ application_id, session_id, view }: InternalContext) => [
      application_id,
      session_id,
      view?.id,
    ];
    expect(idsOf(before)).toEqual(ids(first));
    expect(idsOf(after)).toEqual(ids(first));
    expect(idsOf(next)).toEqual(ids(second));
    const views = intake
      .views()
      .map(({ id, event }) => [at(event, 'application.id'), at(event, 'session.id'), id]);
    expect(views).toEqual([ids(first), ids(second)]);
    expect(at(before, 'view.url')).toBe(`${site.url}/interop.html`);
  });

  test(`with ${entry}, the flags that the OpenFeature provider evaluates are on views and errors`, async ({
    page,
    site,
    intake,
  }) => {
    // The provider asks for its flags, and takes those it has when there is no answer.
    await page.route('https://**', (route) => route.abort());
    await open(page, site, entry);
    expect(await page.evaluate(() => window.sdks.evaluateFlag())).toBe('b');
    await page.evaluate(() => window.ferrum.addError(new Error('with a flag')));
    await engineIsReady(page);
    await leave(page, intake);
    const flags = { checkout: 'variant-b' };
    const [error] = eventsOf(intake, 'error').filter(
      (event) => at(event, 'error.message') === 'with a flag',
    );
    expect(error?.feature_flags).toEqual(flags);
    expect(intake.views().map(({ event }) => event.feature_flags)).toEqual([flags]);
  });
}

for (const isFirst of [true, false]) {
  test(`with ours ${isFirst ? 'before' : 'after'} the Logs SDK there is one session, and logs of a click have its action`, async ({
    page,
    site,
    intake,
  }) => {
    await open(page, site, 'the script', isFirst);
    await engineIsReady(page);
    await page.waitForFunction(() => window.sdks.datadogLogs.getInternalContext()?.session_id);
    await page.click('button');
    const cookies = (await page.context().cookies()).filter(({ name }) => name === '_dd_s_v2');
    const { event: view } = await leave(page, intake);
    const [bought] = await logsOf(intake, 'bought');
    const session = at(view, 'session.id') as string;
    expect(bought?.session_id).toBe(session);
    expect(cookies.map(({ value }) => value)).toEqual([expect.stringContaining(`id=${session}`)]);
    const [action] = eventsOf(intake, 'action');
    expect([at(bought, 'user_action.id')].flat()).toContain(at(action, 'action.id'));
  });
}
