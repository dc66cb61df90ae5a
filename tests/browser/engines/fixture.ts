/** A tab of the browser under test, whichever it is. */

import type { Intake } from '../../../js/intake/index.ts';
import { at, test as base, type Json } from '../fixture.ts';
import { make } from './engines.ts';
import type { Engine, Tab } from './tab.ts';

export const test = base.extend<{ tab: Tab }, { engine: Engine }>({
  engine: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from it
    async ({}, use) => {
      const engine = await make.start();
      await use(engine);
      await engine.close();
    },
    { scope: 'worker' },
  ],

  tab: async ({ engine }, use) => {
    const tab = await engine.newTab();
    await use(tab);
    await tab.close();
  },
});

/**
 * Hides the tab, and resolves with its view as it was sent then; `times` is how often it is hidden by then, at least.
 * Pages are not left: WebKit keeps for later even those that say `no-store`, so that their views do not end.
 */
export async function hide(tab: Tab, intake: Intake, times = 1): Promise<Json> {
  const before = new Set(intake.events('view').map(({ event }) => event));
  await tab.hide();
  const { event } = await intake.waitFor(({ event }) => {
    if (event.type !== 'view' || before.has(event)) return false;
    const states = (at(event, '_dd.page_states') ?? []) as { state: string }[];
    const hides = states.filter(({ state }) => state === 'hidden').length;
    return hides >= times && states.at(-1)?.state === 'hidden';
  });
  return event;
}
