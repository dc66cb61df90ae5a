/** Makes a journey with one SDK, and keeps all that it sent, showed and answered. */

import type { Browser, BrowserContext } from 'puppeteer-core';
import { type FoldedView, type Intake, startIntake } from '../../js/intake/index.ts';
import type { Json } from '../../js/intake/json.ts';
import type { Site } from '../browser/site.ts';
import { Driver, type Surroundings, tabs } from './driver.ts';
import { type Entry, entriesOf } from './entry.ts';
import type { Journey } from './journey.ts';
import { type Sdk, startJourneySite } from './site.ts';

export interface Recording {
  entries: Entry[];
  /** Epoch ms, on the clock that the browser has too. */
  from: number;
  to: number;
  /** How often a view was sent whole, and as a difference. */
  versions: { view: number; view_update: number };
  /** What the SDK did not do in time. */
  overdue: string[];
  /** Events that break the schema. */
  violations: string[];
}

export async function record(browser: Browser, sdk: Sdk, journey: Journey): Promise<Recording> {
  const intake = await startIntake();
  const site = await startJourneySite(sdk, journey, intake.url);
  const context = await browser.createBrowserContext();
  try {
    return await visit({ context, site, intake }, journey);
  } finally {
    await context.close();
    await Promise.all([site.close(), intake.close()]);
  }
}

interface Places {
  context: BrowserContext;
  site: Site;
  intake: Intake;
}

async function visit(places: Places, journey: Journey): Promise<Recording> {
  const isFocusEmulated = !journey.alone;
  const around: Surroundings = { ...places, isFocusEmulated, notes: [], console: [], overdue: [] };
  const from = Date.now();
  const driver = await Driver.newTab(around);
  tabs.set(around, [driver]);
  await driver.open('/', !journey.silent && journey.script !== 'none');
  const before = await driver.viewId();
  await journey.run?.(driver);
  await (before === (await driver.viewId()) ? driver.settle() : driver.lateUpdates());
  for (const tab of tabs.get(around) ?? []) await tab.leave(journey.silent);
  if (!journey.silent) await all(places.intake);
  return recordingOf(around, from);
}

/** The views say how many events belong to them; some may have left the page earlier and arrive later. */
async function all(intake: Intake): Promise<void> {
  const isThere = () => intake.views().every((view) => hasAll(view, intake));
  if (isThere()) return;
  // What an SDK counts and never sends shows in the comparison.
  await intake.waitFor(isThere, 1000).catch(() => {});
}

function hasAll({ id, event }: FoldedView, intake: Intake): boolean {
  return ['action', 'error', 'resource', 'long_task'].every((type) => {
    const isOfView = ({ event }: { event: Json }) => (event.view as Json | undefined)?.id === id;
    const sent = intake.events(type).filter(isOfView).length;
    const counted = ((event.view as Json)[type] as { count?: number } | undefined)?.count;
    return sent >= (counted ?? 0);
  });
}

function recordingOf({ intake, site, notes, console, overdue }: Surroundings, from: number) {
  const versionsOf = (type: string) => intake.events(type).length;
  return {
    entries: entriesOf({ intake, site, notes, console }),
    from,
    to: Date.now(),
    versions: { view: versionsOf('view'), view_update: versionsOf('view_update') },
    overdue,
    violations: intake.received.flatMap((message) =>
      message.kind === 'rejected'
        ? [`rejected: ${message.reason}`]
        : message.violations.map(
            ({ path, message: text }) => `${message.event.type}${path}: ${text}`,
          ),
    ),
  };
}
