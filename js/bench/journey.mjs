// One visit from load to leave: what it downloads, what it sends, and what the main thread does for it.
import { compressed } from '../tools/size.mjs';
import { CLICK_AFTERMATH, open } from './measures.mjs';
import { delay, inTab } from './tab.mjs';

/** ms in which a route's requests and rendering end. */
const ROUTE = 400;

/** ms in which what a hidden page sends arrives. */
const ARRIVAL = 800;

/** Load, 3 routes with a fetch each, 5 clicks (3 of them on the routes' links), 4 actions, 2 errors, hide. */
export function journey(browser, page) {
  const { site, run, intake } = page;
  intake.clear();
  return inTab(browser, async (tab) => {
    const thread = await tab.cost(async () => {
      await open(tab, page);
      for (const path of ['/pots', '/pans', '/knives']) await visit(tab, path);
      const [first, , , , second] = await tab.centers('.card button');
      await tab.click(first);
      await delay(ROUTE);
      await tab.click(second);
      await tab.run('errors', 1);
      await tab.run('throwOne');
      await tab.run('actions', 1);
      await delay(CLICK_AFTERMATH);
    });
    const files = await tab.evaluate(`(${sdkFiles})()`);
    await tab.hide();
    await delay(ARRIVAL);
    const { bytes, requests } = site.sent.get(run) ?? { bytes: 0, requests: 0 };
    const samples = { journey: [thread], bytes: [bytes], requests: [requests] };
    return { ...samples, ...transfer(page.column, files), events: countByType(intake) };
  });
}

async function visit(tab, path) {
  const [link] = await tab.centers(`nav a[href="${path}"]`);
  await tab.click(link);
  await delay(ROUTE);
  await tab.run('actions', 1);
}

/** Runs in the page: the SDK's files that it fetched, and whether its `load` had to wait for them. */
function sdkFiles() {
  const [{ loadEventStart }] = performance.getEntriesByType('navigation');
  return performance
    .getEntriesByType('resource')
    .filter(({ name }) => name.includes('/sdk/'))
    .map(({ name, startTime }) => ({
      name: new URL(name).pathname.replace('/sdk/', ''),
      isCritical: startTime < loadEventStart,
    }));
}

function transfer({ folder }, files) {
  if (!folder) return {};
  const sum = (some) =>
    some.reduce((total, { name }) => total + compressed(`${folder}/${name}`).brotli, 0);
  return { critical: [sum(files.filter(({ isCritical }) => isCritical))], total: [sum(files)] };
}

function countByType(intake) {
  const counts = {};
  for (const { event } of intake.events()) {
    counts[event.type] = (counts[event.type] ?? 0) + 1;
  }
  return counts;
}
