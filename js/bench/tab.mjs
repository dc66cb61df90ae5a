// A tab of the browser, and what it costs: the CPU time of its main thread, which other programs
// on the machine do not lengthen.
import { setTimeout as delay } from 'node:timers/promises';
import puppeteer from 'puppeteer-core';

/** ms; a page that takes longer is a fault of the page or of the bench. */
const TIME_LIMIT = 15_000;

/** ms for which a button is held: a finger's quick tap. No person's press and release are one moment. */
const PRESS = 80;

export function launch(executablePath) {
  const args = [
    '--headless=new',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--no-first-run',
  ];
  return puppeteer.launch({ executablePath, args });
}

/** Gives `work` a tab of its own profile: no cache, no cookie, no compiled code of another run. */
export async function inTab(browser, work) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(TIME_LIMIT);
    await page.setViewport({ width: 1280, height: 800 });
    const session = await page.createCDPSession();
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    return await work(new Tab(context, page, session));
  } finally {
    await context.close();
  }
}

class Tab {
  constructor(context, page, session) {
    Object.assign(this, { context, page, session });
  }

  /** ms of the main thread for `work`, whatever it did: scripts, style, layout, collection. */
  async cost(work) {
    const before = await this.#busy();
    await work();
    return 1000 * ((await this.#busy()) - before);
  }

  async #busy() {
    const { metrics } = await this.session.send('Performance.getMetrics');
    const value = (wanted) => metrics.find(({ name }) => name === wanted).value;
    return value('TaskDuration') - value('DevToolsCommandDuration');
  }

  /** Puppeteer's own `evaluate` first runs scripts of its own in the page. */
  async evaluate(expression) {
    const request = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await this.session.send('Runtime.evaluate', request);
    if (exceptionDetails) throw new Error(result.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Calls `window.bench[name]`, as a task of the page's own, and waits for its end. */
  run(name, count) {
    return this.evaluate(
      `new Promise((done) => setTimeout(() => done(window.bench.${name}(${count}))))`,
    );
  }

  /** Whether the SDK takes what it is given. Asked once, after the measurement: asking costs, too. */
  isReady() {
    return this.evaluate('!rum.init || !!rum.getSessionReplayLink()');
  }

  /** Where to click on each of the elements. */
  centers(selector) {
    return this.evaluate(`[...document.querySelectorAll('${selector}')].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    })`);
  }

  click({ x, y }) {
    return this.page.mouse.click(x, y, { delay: PRESS });
  }

  /** Bytes that are in use, after what nobody uses is gone: JavaScript's heap, and the memories of wasm modules. */
  async memory() {
    // What the first collection finalizes, the second frees.
    for (const _ of [1, 2]) await this.session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await this.session.send('Runtime.getHeapUsage');
    return usedSize + (await this.#wasmMemory());
  }

  async #wasmMemory() {
    const find = { expression: 'WebAssembly.Memory.prototype' };
    const { result: prototype } = await this.session.send('Runtime.evaluate', find);
    const query = { prototypeObjectId: prototype.objectId };
    const { objects } = await this.session.send('Runtime.queryObjects', query);
    const { result } = await this.session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId,
      functionDeclaration:
        'function () { return this.reduce((sum, memory) => sum + memory.buffer.byteLength, 0) }',
      returnByValue: true,
    });
    return result.value;
  }

  /** Another tab is shown. */
  async hide() {
    const other = await this.context.newPage();
    await other.bringToFront();
  }
}

export { delay };
