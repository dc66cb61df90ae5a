// Which functions take the time of the main thread in each part of a visit.
import { columns } from './columns.mjs';
import { parts } from './measures.mjs';
import { startSite } from './site.mjs';
import { inTab, launch } from './tab.mjs';

/** µs between two looks at what runs. */
const INTERVAL = 100;

const notWork = new Set(['(idle)', '(root)']);

/** @returns by part: functions with their own ms, the costliest first. */
export async function profileColumn({ chromium, intake, name }) {
  const column = columns.find((column) => column.name === name);
  const site = await startSite(intake);
  const browser = await launch(chromium);
  try {
    return await inTab(browser, (tab) => profile(tab, { site, column, run: 'profile' }));
  } finally {
    await browser.close();
    await site.close();
  }
}

export async function profile(tab, page) {
  const { session } = tab;
  await session.send('Profiler.enable');
  await session.send('Profiler.setSamplingInterval', { interval: INTERVAL });
  const costs = {};
  for (const [name, work] of Object.entries(parts)) {
    await session.send('Profiler.start');
    await work(tab, page);
    const { profile } = await session.send('Profiler.stop');
    costs[name] = ownTimes(profile);
  }
  return costs;
}

/** Of a profile as the protocol has it: `timeDeltas` lie between one sample and the next. */
export function ownTimes({ nodes, samples, timeDeltas }) {
  const titles = new Map(nodes.map(({ id, callFrame }) => [id, titleOf(callFrame)]));
  const times = new Map();
  samples.forEach((id, at) => {
    const title = titles.get(id);
    times.set(title, (times.get(title) ?? 0) + (timeDeltas[at + 1] ?? 0) / 1000);
  });
  return [...times]
    .filter(([title]) => !notWork.has(title))
    .sort(([, one], [, other]) => other - one)
    .map(([title, ms]) => ({ title, ms }));
}

/** Minified functions go by their place. */
function titleOf({ functionName, url, lineNumber, columnNumber }) {
  if (!url) return functionName || '(anonymous)';
  const file = url.replace(/.*\//, '') || 'page';
  return `${functionName || '(anonymous)'} ${file}:${lineNumber + 1}:${columnNumber + 1}`;
}
