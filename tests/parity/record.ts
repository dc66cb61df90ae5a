/** Makes a journey with one SDK, and keeps all that it sent, showed and answered. */

import type { Browser, BrowserContext } from 'puppeteer-core';
import { type FoldedView, type Intake, startIntake } from '../../js/intake/index.ts';
import { at, type Json } from '../../js/intake/json.ts';
import type { Site } from '../browser/site.ts';
import { Driver, type Surroundings, tabs } from './driver.ts';
import { type Entry, entriesOf, parametersOf } from './entry.ts';
import type { Journey } from './journey.ts';
import { type Sdk, startJourneySite } from './site.ts';
import { brokenRules, versions } from './versions.ts';
import { Witness } from './witness.ts';

export interface Recording {
  entries: Entry[];
  /** How often a view was sent whole, and as a difference. */
  versions: { view: number; view_update: number };
  /** By how much the clocks of its pages disagreed; ms. */
  drift: number;
  /** What the SDK did not do in time. */
  overdue: string[];
  /** Events that break the schema, or the rules of versions. */
  violations: string[];
}

/**
 * A busy machine can start a page with clocks that disagree: of the two, `Date` and the one of its entries, the second is
 * set by the first when the process starts, and something else may run in between. Then SDKs that ask both take one thing
 * to be before another that it came after, and the official one drops a click whose page did something sooner than the
 * clocks differ. Whether they do is seen before anything is compared; such a visit is made again. This much is
 * explained by whole ms, and is less than a click takes.
 */
const MAX_DRIFT_MS = 3;
const MAX_VISITS = 5;
/** Of the official SDK, where its own page contradicts it. */
const MAX_CONTRADICTED = 3;

export async function record(browser: Browser, sdk: Sdk, journey: Journey): Promise<Recording> {
  for (let i = 1; ; i++) {
    const recording = await recordOnce(browser, sdk, journey);
    const isMadeAgain = i < MAX_CONTRADICTED && sdk === 'official' && !isReference(recording);
    if ((recording.drift <= MAX_DRIFT_MS && !isMadeAgain) || i === MAX_VISITS) return recording;
  }
}

/**
 * What the official SDK measured and its own page did not: a busy machine told it too late, and there is nothing to
 * compare with. Where it does that always, it is a difference to list. Of ours it is a finding.
 */
function isReference({ entries }: Recording): boolean {
  return !/"with nothing |, the page measured /.test(JSON.stringify(entries));
}

async function recordOnce(browser: Browser, sdk: Sdk, journey: Journey): Promise<Recording> {
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
  const around: Surroundings = {
    ...places,
    witness: new Witness(),
    isFocusEmulated,
    notes: [],
    console: [],
    uncaught: [],
    queries: [],
    overdue: [],
  };
  const driver = await Driver.newTab(around);
  tabs.set(around, [driver]);
  await driver.open('/', !journey.silent && journey.script !== 'none');
  const before = await driver.viewId();
  await journey.run?.(driver);
  await (before === (await driver.viewId()) ? driver.settle() : driver.lateUpdates());
  for (const tab of tabs.get(around) ?? []) await tab.leave(journey.silent);
  if (!journey.silent) await all(places.intake);
  around.witness.ended = Date.now();
  return recordingOf(around, journey);
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

function recordingOf(around: Surroundings, journey: Journey): Recording {
  const { intake, witness, overdue } = around;
  const versionsOf = (type: string) => intake.events(type).length;
  const received = intake.events().map(({ event }) => event);
  return {
    entries: [
      ...entriesOf(around),
      ...(journey.measures?.includes('query') ? parametersOf(around.queries) : []),
      ...(journey.measures?.includes('versions') ? versions(beforeLeaving(around)) : []),
    ],
    versions: { view: versionsOf('view'), view_update: versionsOf('view_update') },
    drift: driftOf(witness, received),
    overdue,
    violations: [...violationsOf(intake), ...brokenRules(received)],
  };
}

/** When its page is left, a view is sent as often as there is time for. */
function beforeLeaving({ intake, witness }: Surroundings): Json[] {
  const left = witness.steps.at(-1)?.from ?? 0;
  return intake.events().flatMap(({ receivedAt, event }) => (receivedAt < left ? [event] : []));
}

/** Clocks can be corrected in the middle of a visit, too. */
function driftOf({ documents }: Witness, received: Json[]): number {
  const sent = received.map((event) => Number(at(event, '_dd', 'drift') ?? 0));
  return Math.max(0, ...[...documents.flatMap(({ drifts }) => drifts), ...sent].map(Math.abs));
}

function violationsOf(intake: Intake): string[] {
  return intake.received.flatMap((message) =>
    message.kind === 'rejected'
      ? [`rejected: ${message.reason}`]
      : message.violations.map(
          ({ path, message: text }) => `${message.event.type}${path}: ${text}`,
        ),
  );
}
