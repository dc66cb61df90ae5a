/** What views of routes say in each browser. */

import { at, engineIsReady, expect, type Json } from '../fixture.ts';
import type { Site } from '../site.ts';
import { make } from './engines.ts';
import { hide, test } from './fixture.ts';
import { asPage, type Tab, timeOf, viewsAreCompleted } from './tab.ts';

/** ms: a view's date are whole ones, and so are the times of some browsers. */
const CLOCK = 2;

async function open(tab: Tab, site: Site): Promise<void> {
  await tab.open(site.page('play'));
  await engineIsReady(asPage(tab));
  await viewsAreCompleted(tab, site);
}

/** Has a click take so many ms, and then, with an address, lead there. */
function makeSlow(tab: Tab, selector: string, ms: number, address = ''): Promise<void> {
  return tab.evaluate(
    (selector, ms, address) => {
      document.querySelector(selector)?.addEventListener('click', () => {
        performance.mark('clicked');
        window.play.block(ms);
        if (!address) return;
        window.play.visit(address, 'A route');
        const mark = () => performance.mark('painted');
        setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(mark)));
      });
    },
    selector,
    ms,
    address,
  );
}

/** The longest entry of each interaction, in the order in which they began: when there are so many. */
function interactionsOf(tab: Tab, count: number): Promise<number[]> {
  return tab.evaluate(
    (count) =>
      new Promise<number[]>((resolve) => {
        if (!PerformanceObserver.supportedEntryTypes.includes('event')) return resolve([]);
        const longest = new Map<number, number>();
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { interactionId: id } = entry as PerformanceEntry & { interactionId: number };
            if (id) longest.set(id, Math.max(longest.get(id) ?? 0, entry.duration));
          }
          if (longest.size < count) return;
          resolve([...longest].sort(([a], [b]) => a - b).map(([, duration]) => duration));
        }).observe({ type: 'event', buffered: true });
      }),
    count,
  );
}

test.describe(`in ${make.name}`, () => {
  test('a route has an estimate of its paint, unless the browser tells of it', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site);
    const tells = await tab.evaluate(() =>
      PerformanceObserver.supportedEntryTypes.includes('soft-navigation'),
    );
    expect(tells).toBe(make.name === 'Chromium');
    await makeSlow(tab, '#go', 0, '/a');
    await tab.click('#go');
    const painted = await timeOf(tab, 'painted');
    const view = await hide(tab, intake);
    expect(view).toMatchObject({ view: { url: `${site.url}/a`, loading_type: 'route_change' } });
    const estimate = at(view, 'context.ferrum.fcp.estimate') as number | undefined;
    if (tells) return expect(estimate).toBeUndefined();
    const end = (view.date as number) + (estimate ?? Number.NaN) / 1e6;
    expect(end).toBeGreaterThanOrEqual((await timeOf(tab, 'clicked')) - CLOCK);
    expect(end).toBeLessThanOrEqual(painted + CLOCK);
    expect(at(view, 'view.performance.fcp')).toBeUndefined();
    expect(at(view, 'context.ferrum.ratings.fcp')).toBeUndefined();
  });

  test('a click that leads to a route is of the page it was on, the next one is of the route', async ({
    tab,
    site,
    intake,
  }) => {
    await open(tab, site);
    await makeSlow(tab, '#go', 200, '/a');
    await makeSlow(tab, '#quick', 130);
    await tab.click('#go');
    await timeOf(tab, 'painted');
    await interactionsOf(tab, 1);
    await tab.click('#quick');
    await interactionsOf(tab, 2);
    await hide(tab, intake);
    const [first, second] = await interactionsOf(tab, 2);
    const views = intake.views().map(({ event }): Json => event);
    const inpOf = (type: string) => {
      const view = views.find((view) => at(view, 'view.loading_type') === type);
      const { duration, target_selector } = (at(view, 'view.performance.inp') ?? {}) as Json;
      return { duration: duration && (duration as number) / 1e6, target: target_selector };
    };
    const lacks = make.lacks.includes('INP');
    expect(first === undefined && second === undefined).toBe(lacks);
    const none = { duration: undefined, target: undefined };
    expect(inpOf('initial_load')).toEqual(lacks ? none : { duration: first, target: '#go' });
    expect(inpOf('route_change')).toEqual(lacks ? none : { duration: second, target: '#quick' });
  });
});
