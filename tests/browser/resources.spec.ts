/** Resources as the intake gets them. */

import { at, engineIsReady, eventsOf, expect, leave, test } from './fixture.ts';

/** The browser's own buffer has room for 250 (https://w3c.github.io/resource-timing/). */
const COUNT = 300;

test('more resources than the browser keeps are not lost before the engine is there', async ({
  page,
  site,
  intake,
}) => {
  const release = site.hold('/cdn/ferrum-engine.js');
  await page.goto(site.page('text'));
  await page.evaluate(async (count) => {
    for (let i = 0; i < count; i++) await fetch(`/data?${i}`).then((answer) => answer.text());
  }, COUNT);
  release();
  await engineIsReady(page);
  // What is still there on leaving must fit into 64 KiB.
  await intake.waitFor(({ event }) => at(event, 'resource.url') === `${site.url}/data?250`);
  await leave(page, intake);
  const addresses = eventsOf(intake, 'resource').map((event) => `${at(event, 'resource.url')}`);
  const fetched = addresses.filter((address) => address.includes('/data?'));
  expect([fetched.length, new Set(fetched).size]).toEqual([COUNT, COUNT]);
});
