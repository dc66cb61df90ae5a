/** What explains vitals is loaded in idle time, and views are as the engine makes them without it. */

import type { Intake } from '../../js/intake/index.ts';
import {
  at,
  engineIsReady,
  expect,
  type Json,
  leave,
  type Page,
  test,
  vitalsAreExplained,
  watch,
} from './fixture.ts';
import type { Entry, Site } from './site.ts';

const CHUNK = '/cdn/ferrum-vitals.js';

async function open(page: Page, site: Site): Promise<void> {
  await page.goto(site.page('text'));
  await engineIsReady(page);
  await vitalsAreExplained(page, site);
}

const causes = ({ event }: { event: object }) => at(event as Json, 'context.ferrum') as Json;

function isExplained(view: { event: object }): void {
  expect(causes(view)).toMatchObject({
    ttfb: { waiting: expect.any(Number), request: expect.any(Number) },
    fcp: { load_state: expect.any(String), first_byte_to_paint: expect.any(Number) },
    navigation: { type: 'navigate' },
  });
}

for (const entry of ['ferrum', 'npm'] as Entry[]) {
  test(`a page with ${entry} that is left says why its vitals are so`, async ({
    page,
    site,
    intake,
  }) => {
    site.entry = entry;
    await open(page, site);
    const view = await leave(page, intake);
    isExplained(view);
    // They are all of the first byte.
    const ttfb = causes(view).ttfb as Record<string, number>;
    const parts = ['waiting', 'cache', 'dns', 'connection', 'request'].map((name) => ttfb[name]);
    const sum = parts.reduce<number>((total, part) => total + (part as number), 0);
    expect(Math.abs(sum - (at(view.event, 'view.first_byte') as number))).toBeLessThan(1e4);
  });
}

test('beforeSend sees what explains a view, and may take it out', async ({
  page,
  site,
  intake,
}) => {
  await page.goto(site.page('empty'));
  await page.addScriptTag({ url: '/cdn/ferrum.js' });
  await page.evaluate((options) => {
    const beforeSend = (event: { type: string; context?: { seen?: unknown; ferrum?: Json } }) => {
      const { ferrum } = event.context ?? {};
      if (event.type !== 'view' || !event.context || !ferrum?.ttfb) return true;
      event.context.seen = ferrum.navigation;
      delete ferrum.ttfb;
      return true;
    };
    window.ferrum.init({ ...options, beforeSend } as never);
  }, site.options);
  await engineIsReady(page);
  await vitalsAreExplained(page, site);
  const view = await leave(page, intake);
  expect(at(view.event, 'context.seen')).toMatchObject({ type: 'navigate' });
  expect(causes(view)).not.toHaveProperty('ttfb');
});

/** Of the last view, after an action. */
async function withoutCauses(page: Page, intake: Intake, besides: string[] = []): Promise<void> {
  await page.evaluate(() => window.ferrum.addAction('pay'));
  const view = await leave(page, intake);
  expect(at(view.event, 'view.action.count')).toBe(1);
  expect(at(view.event, 'view.first_byte')).toBeGreaterThan(0);
  // On a busy machine a page may take too long.
  const names = Object.keys(causes(view)).filter((name) => name !== 'over_budget');
  expect(names).toEqual(['loading_time_end', ...besides]);
}

for (const [title, answer] of [
  ['is missing', { status: 404, type: 'text/html', body: 'nothing here' }],
  ['is no script', { type: 'text/javascript', body: 'this is no script' }],
  [
    'throws',
    { type: 'text/javascript', body: "export const completeViews = () => { throw 'broken'; };" },
  ],
] as const) {
  test(`where the chunk ${title}, views are as without`, async ({ page, site, intake }) => {
    site.answer(CHUNK, answer);
    const seen = watch(page);
    await open(page, site);
    await withoutCauses(page, intake);
    // The browser itself says what it could not load.
    const others = seen.console.filter((line) => !/Failed to load /.test(line));
    expect({ ...seen, console: others }).toEqual({ errors: [], console: [] });
  });
}

test('with trackVitalCauses: false views have ratings, and no causes', async ({
  page,
  site,
  intake,
}) => {
  Object.assign(site.options, { trackVitalCauses: false });
  await open(page, site);
  await withoutCauses(page, intake, ['ratings']);
});
