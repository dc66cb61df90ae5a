// What is measured on one page with one SDK. Each measure opens its own tab, and returns its
// samples by the keys of `rows.mjs`.
import { delay, inTab } from './tab.mjs';
import { isDispatch, scriptTime, scriptTimesToPaint, threadOf, trace } from './trace.mjs';

/** ms after `load` that belong to start-up: engines that come late, and the first view. */
const START_UP = 2000;

/** ms for what an SDK puts off: timers, idle periods, requests. */
const AFTERMATH = 300;

/** ms until a click's page activity and a chain of clicks are over. */
export const CLICK_AFTERMATH = 1300;
const CLICKS = 10;
const CLICK_INTERVAL = 150;

/** A minute has 3,000 of each kind at most: more are dropped by SDKs, which costs less. */
const BURSTS = 4;
const BURST = 200;
const ACTIONS_IN_MEMORY = 10_000;

/** The parts of a visit that can be profiled: each is told `tab` and the page. */
export const parts = {
  'start-up': (tab, page) => open(tab, page),
  clicks: clickAround,
  errors: (tab) => burst(tab, 'errors'),
  actions: (tab) => burst(tab, 'actions'),
};

/** Opens the page from another of the same process, so that all start equally warm. */
export async function open(tab, { site, column, run, throttle = 1 }) {
  site.prepare(column, run);
  await tab.page.goto(`${site.url}/blank`);
  await tab.session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  const cost = await tab.cost(async () => {
    await tab.page.goto(site.url);
    await delay(START_UP);
  });
  if (!(await tab.isReady())) throw new Error(`the SDK is not ready ${START_UP} ms after load`);
  return cost;
}

/** ms of one page load. */
export function startUp(browser, page) {
  return inTab(browser, async (tab) => {
    let thread;
    const events = await trace(tab, async () => {
      thread = await open(tab, page);
    });
    const isApplication = ({ name, args }) =>
      name === 'v8.compileModule' && args.fileName?.endsWith('/application.js');
    const key = `startUp${page.throttle}`;
    const scripts = scriptTime(threadOf(isApplication, events)) / 1000;
    return { [key]: [thread], [`${key}Script`]: [scripts] };
  });
}

/** µs of one click, error and action; bytes after many of them. */
export function interactions(browser, page) {
  return inTab(browser, async (tab) => {
    await open(tab, page);
    return {
      ...(await clicks(tab)),
      error: await bursts(tab, 'errors'),
      action: await bursts(tab, 'actions'),
      memory: [await memory(tab)],
    };
  });
}

/** Each on another button, as clicks at one place are rage clicks. The first ones are cold, as they are for users. */
async function clicks(tab) {
  const events = await trace(tab, () => clickAround(tab));
  const thread = threadOf(isDispatch('pointerdown'), events);
  const toPaint = scriptTimesToPaint(thread);
  if (toPaint.length !== CLICKS) throw new Error(`the trace shows ${toPaint.length} clicks`);
  return {
    clickToPaint: [toPaint.reduce((sum, time) => sum + time) / CLICKS],
    click: [scriptTime(thread) / CLICKS],
  };
}

async function clickAround(tab) {
  const buttons = await tab.centers('.card:nth-child(-n + 8) button');
  for (let number = 0; number < CLICKS; number++) {
    await tab.click(buttons[number % buttons.length]);
    await delay(CLICK_INTERVAL);
  }
  await delay(CLICK_AFTERMATH);
}

async function bursts(tab, name) {
  const samples = [];
  for (let number = 0; number < BURSTS; number++) {
    samples.push((1000 * (await tab.cost(() => burst(tab, name)))) / BURST);
  }
  return samples;
}

async function burst(tab, name) {
  await tab.run(name, BURST);
  await delay(AFTERMATH);
}

async function memory(tab) {
  await tab.run('actions', ACTIONS_IN_MEMORY - BURSTS * BURST);
  await delay(AFTERMATH);
  return tab.memory();
}
