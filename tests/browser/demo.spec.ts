/** The demo shop and the live page, as `npm start` shows them. */

import { startDemo } from '../../examples/demo/server.mjs';
import type { Intake } from '../../js/intake/index.ts';
import { at, eventsOf, expect, leave, type Page, test } from './fixture.ts';
import { root } from './site.ts';

interface Demo {
  url: string;
  close(): Promise<unknown>;
}

const demoTest = test.extend<{ demo: Demo }>({
  demo: async ({ intake }, use) => {
    const demo = await startDemo({ intakeUrl: intake.url, distFolder: `${root}/dist` });
    await use(demo);
    await demo.close();
  },
});

/** What a visitor does in the shop, until after the layout shift. */
async function openShop(page: Page, demo: Demo): Promise<void> {
  await page.addInitScript(() => localStorage.setItem('demo.variant', 'bold'));
  await page.goto(demo.url);
  await expect(page.getByText('Ferrum is measuring this page.')).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'Offer' })).toBeVisible();
}

async function visitShop(page: Page, demo: Demo): Promise<void> {
  await openShop(page, demo);
  await page.getByRole('button', { name: '600 ms' }).click();
  await page.getByRole('button', { name: 'Throw' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).first().click();
  await page.getByRole('link', { name: 'About', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Eleven people, two furnaces' })).toBeVisible();
}

function view(intake: Intake, loadingType: string) {
  const views = intake.views().map(({ event }) => event);
  return views.find((event) => at(event, 'view.loading_type') === loadingType);
}

demoTest('all that happens in the shop arrives', async ({ page, intake, demo }) => {
  await visitShop(page, demo);
  await leave(page, intake);

  expect(intake.views()).toHaveLength(2);
  const shop = view(intake, 'initial_load');
  const performance = at(shop, 'view.performance') as Record<string, Record<string, unknown>>;
  expect(performance.lcp).toMatchObject({
    resource_url: `${demo.url}/images/hero-bold.svg`,
    target_selector: expect.stringContaining('hero'),
  });
  expect(performance.lcp?.timestamp).toBeGreaterThan(300e6);
  expect(performance.cls?.score).toBeGreaterThan(0.1);
  expect(performance.inp?.duration).toBeGreaterThanOrEqual(600e6);
  expect(performance.inp?.target_selector).toContain('BUTTON');
  expect(shop).toMatchObject({
    feature_flags: { 'hero-variant': 'bold' },
    usr: { name: 'Ada Ashford' },
    view: { custom_timings: { hero_visible: expect.any(Number) } },
  });

  const about = view(intake, 'route_change');
  expect(about).toMatchObject({
    view: { url: `${demo.url}/about`, referrer: `${demo.url}/` },
    context: { cart: { items: 1 } },
  });

  const [error, ...otherErrors] = eventsOf(intake, 'error');
  expect(otherErrors).toEqual([]);
  expect(error).toMatchObject({
    feature_flags: { 'hero-variant': 'bold' },
    error: { type: 'TypeError', handling: 'unhandled' },
  });
  for (const name of ['rateOf', 'discounted', 'totalOf', 'applyVoucher']) {
    expect(at(error, 'error.stack')).toContain(name);
  }

  const actions = eventsOf(intake, 'action').filter(
    (event) => at(event, 'action.type') === 'custom',
  );
  expect(actions).toEqual([
    expect.objectContaining({
      action: expect.objectContaining({ target: { name: 'add-to-cart' } }),
      context: expect.objectContaining({ sku: expect.any(String), price: expect.any(Number) }),
    }),
  ]);

  const urls = eventsOf(intake, 'resource').map((event) => at(event, 'resource.url'));
  for (const path of ['/', '/demo.css', '/demo.js', '/images/hero-bold.svg', '/api/products']) {
    expect(urls).toContain(demo.url + path);
  }
});

demoTest('the live page shows all of it', async ({ page, context, intake, demo }) => {
  const live = await context.newPage();
  await live.goto(intake.url);
  await expect(live.getByText('Waiting for the first event')).toBeVisible();
  await page.bringToFront();
  await visitShop(page, demo);
  await leave(page, intake);

  const views = live.getByRole('tree', { name: 'Sessions and views' });
  await expect(views.getByRole('treeitem')).toHaveCount(3);
  await views
    .getByRole('treeitem')
    .filter({ hasText: /\/(?!about)/ })
    .last()
    .click();
  const selected = live.getByRole('article', { name: 'Selected view' });
  await expect(selected.getByText(`${demo.url}/`, { exact: true })).toBeVisible();
  for (const [vital, value] of [
    ['Largest Contentful Paint', /\d+ ms|\d(\.\d+)? s/],
    ['Cumulative Layout Shift', /0\.\d+/],
    ['Interaction to Next Paint', /6\d\d ms|7\d\d ms/],
  ] as const) {
    const tile = selected.getByRole('region', { name: vital });
    await expect(tile).toContainText(value);
    await expect(tile).not.toContainText('not measured');
  }
  await expect(selected.getByRole('region', { name: 'Interaction' })).toContainText('poor');
  await expect(selected.getByText('hero-variant')).toContainText('bold');
  await expect(selected.getByRole('region', { name: 'Errors' })).toContainText('TypeError');
  await expect(selected.getByRole('region', { name: 'Actions' })).toContainText('add-to-cart');
  const timeline = selected.getByRole('region', { name: 'Timeline' });
  await expect(timeline).toContainText('hero-bold.svg');
  await expect(live.getByRole('button', { name: '0 violations', exact: true })).toBeVisible();
});

demoTest('a message that looks like markup stays text', async ({ page, context, site, intake }) => {
  await page.goto(site.page('errors'));
  await page.click('#hostile');
  await page.waitForFunction(() => window.ferrum.getSessionReplayLink());
  await leave(page, intake);
  const live = await context.newPage();
  await live.goto(intake.url);
  const errors = live.getByRole('region', { name: 'Errors' });
  await expect(errors.getByText('<img src=x onerror="window.hacked=1">').first()).toBeVisible();
  await errors.getByText('<img src=x').first().click();
  await expect(live.locator('img')).toHaveCount(0);
  expect(await live.evaluate(() => 'hacked' in window)).toBe(false);
});

demoTest.describe('with a broken event', () => {
  demoTest.use({ brokenEvents: 'expected' });

  demoTest('the live page marks it red', async ({ page, site, intake }) => {
    await page.goto(intake.url);
    await page.request.post(`${intake.url}/api/v2/rum?dd-api-key=pub123`, {
      data: JSON.stringify({ type: 'view', date: 'today', view: { id: 'v1' } }),
    });
    const counter = page.getByRole('button', { name: /violations$/ });
    await expect(counter).toHaveText(/[1-9]\d* violations/);
    const mark = page.getByLabel(/^\d+ schema violations$/);
    await expect(mark).toBeVisible();
    const colour = await mark.evaluate((element) => getComputedStyle(element).color);
    const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map(Number);
    expect(red, colour).toBeGreaterThan(1.5 * Math.max(green, blue));
    await mark.click();
    await expect(page.getByRole('region', { name: 'Selected event' })).toContainText('/date');
    expect(site.requests).toEqual([]);
  });
});
