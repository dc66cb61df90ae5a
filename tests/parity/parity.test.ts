/**
 * The same journeys with the official SDK and with ours: each of its events has its counterpart, with all of its
 * values. With `PARITY=self` the official SDK is compared with itself, which shows what is left to chance.
 * `PARITY=short` makes some of each kind. `ONLY=text` makes the journeys whose names contain it.
 */

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { browserArguments, chromium } from '../browser/chromium.ts';
import { root } from '../browser/site.ts';
import { type Comparison, compare, type Difference } from './compare.ts';
import { type Listed, listed as listedDifferences } from './differences.ts';
import type { Journey } from './journey.ts';
import { journeys, short } from './journeys/index.ts';
import { isListedAs } from './listed.ts';
import { type Recording, record } from './record.ts';
import { linesOf, summary, tell } from './report.ts';

const isSelf = process.env.PARITY === 'self';
/** What shows in some visits only differs between two of the official SDK's, too. */
const rare = listedDifferences.flatMap(({ ours: _, ...entry }) => (entry.isRare ? [entry] : []));
const listed = isSelf ? rare : listedDifferences;
const isShort = process.env.PARITY === 'short';
const chosen = journeys.filter(
  ({ name }) => name.includes(process.env.ONLY ?? '') && (!isShort || short.has(name)),
);

/** Journeys mostly wait. */
const CONCURRENCY = 6;

const comparisons = new Map<string, Comparison>();
const found: Difference[] = [];
/** By journey. */
const wrong = new Map<string, string[]>();
const visits = new Map<string, { theirs: Recording; ours: Recording }>();
let browser: Browser;

before(async () => {
  const args = [
    ...browserArguments,
    // All windows count as seen: journeys run side by side.
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ];
  browser = await puppeteer.launch({ executablePath: chromium, args, timeout: 120_000 });
});

after(async () => {
  await browser?.close();
  mkdirSync(join(root, 'test-results'), { recursive: true });
  // All of it, for those who work on it: what is printed is cut.
  const report = { found, wrong: Object.fromEntries(wrong), visits: Object.fromEntries(visits) };
  writeFileSync(join(root, 'test-results/parity.json'), JSON.stringify(report, undefined, 1));
});

describe('side by side', { concurrency: CONCURRENCY }, () => {
  for (const journey of chosen.filter(({ alone }) => !alone)) test(journey);
});

describe('one after the other', () => {
  for (const journey of chosen.filter(({ alone }) => alone)) test(journey);
});

describe('all journeys', () => {
  it('show every listed difference', () => {
    const isStale = (entry: Listed) =>
      comparisons.has(entry.journey) &&
      !entry.isRare &&
      !found.some((difference) => isListedAs(entry, difference));
    assert.deepEqual(listed.filter(isStale), []);
  });

  it('are named as the lists name them', () => {
    const names = new Set(journeys.map(({ name }) => name));
    const listedNames = [...short, ...listedDifferences.map(({ journey }) => journey)];
    assert.deepEqual(
      listedNames.filter((name) => !names.has(name)),
      [],
    );
  });

  it('were compared', () => {
    console.log(summary(journeys.length, comparisons, found, listed));
    assert.equal(comparisons.size, chosen.length);
  });
});

function test(journey: Journey): void {
  it(journey.name, async () => {
    const official = record(browser, 'official', journey);
    // There is one focus to have.
    if (journey.alone) await official;
    const second = record(browser, isSelf ? 'official' : 'ours', journey);
    const [theirs, ours] = await Promise.all([official, second]);
    const comparison = compare(journey, theirs, ours);
    comparisons.set(journey.name, comparison);
    visits.set(journey.name, { theirs, ours });
    found.push(...comparison.differences);
    const isListed = (difference: Difference) =>
      listed.some((entry) => isListedAs(entry, difference));
    const unlisted = comparison.differences.filter((difference) => !isListed(difference));
    console.log(tell(journey.name, comparison, unlisted.length, theirs, ours));
    assert.deepEqual(theirs.overdue, [], 'what the official SDK did not do in time');
    const findings = [
      ...linesOf(unlisted),
      ...ours.overdue.map((what) => `ours did not do in time: ${what}`),
      ...ours.violations
        .filter((what) => !theirs.violations.includes(what))
        .map((what) => `ours sent: ${what}`),
    ];
    if (findings.length === 0) return;
    wrong.set(journey.name, findings);
    assert.fail(findings.join('\n'));
  });
}
