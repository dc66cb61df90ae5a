// The order of a whole run: interleaved, so that what the machine does meanwhile meets all alike.
import { columns } from './columns.mjs';
import { journey } from './journey.mjs';
import { interactions, startUp } from './measures.mjs';
import { startSite } from './site.mjs';
import { launch } from './tab.mjs';

const measures = [
  ...[1, 4].map((throttle) => ({ name: `start-up, CPU/${throttle}`, work: startUp, throttle })),
  { name: 'interactions', work: interactions },
  { name: 'journey', work: journey },
];

/**
 * @returns `samplesOf(column, key)`: numbers; `events`: by column, how many of each type arrived
 * from a journey; `missing`: what could not be measured, and why.
 */
export async function compare({ chromium, intake, rounds, names, tell }) {
  const compared = columns.filter(({ name }) => name === 'none' || names.includes(name));
  const site = await startSite(intake);
  const browser = await launch(chromium);
  const samples = new Map();
  const events = {};
  const missing = [];

  const keep = (column, { events: arrived, ...measured }) => {
    if (arrived) events[column] = arrived;
    for (const [key, values] of Object.entries(measured)) {
      const id = `${column} ${key}`;
      samples.set(id, [...(samples.get(id) ?? []), ...values]);
    }
  };

  const attempt = async (column, { name, work, throttle }, run) => {
    try {
      return await work(browser, { site, intake, column, run, throttle });
    } catch (error) {
      missing.push({ column: column.name, measure: name, run, reason: error.message });
      return {};
    }
  };

  try {
    for (const column of compared) await attempt(column, measures[0], 'warm-up');
    for (let round = 0; round < rounds; round++) {
      for (const measure of measures) {
        for (const column of rotated(compared, round)) {
          const run = `${round}-${measure.name}-${column.name}`.replace(/[^\w-]/g, '');
          tell(`${round + 1}/${rounds} ${measure.name}: ${column.name}`);
          keep(column.name, await attempt(column, measure, run));
        }
      }
    }
  } finally {
    await browser.close();
    await site.close();
  }
  return { samplesOf: (column, key) => samples.get(`${column} ${key}`) ?? [], events, missing };
}

/** None is always the first, or always after the same other. */
function rotated(list, by) {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}
