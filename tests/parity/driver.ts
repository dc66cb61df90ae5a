/**
 * What a journey can do on a page, the same for both SDKs. Nothing here sleeps: it waits for what the page or the
 * intake shows, or for a timer of the page that is due after all of the SDK's own.
 */

import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext, Frame, HTTPRequest, KeyInput, Page } from 'puppeteer-core';
import { viewId } from '../../js/intake/fold.ts';
import type { Intake } from '../../js/intake/index.ts';
import type { Json } from '../../js/intake/json.ts';
import type { Site } from '../browser/site.ts';
import type { OnPage } from './journey.ts';
import type { Witness } from './witness.ts';

/**
 * Longer than all timers of either SDK that a journey lets end: the click chain (1 s), the idle queue (1 s), both
 * after the page activity (100 + 100 ms), the request matching (50 ms), the scroll sampling (1 s). Timers of a page
 * run in the order of their due times, however busy the machine is.
 */
const SETTLED_MS = 1600;

/** Longer than the end of a page activity: 100 ms for a first one, 100 ms after the last. */
const ACTIVITY_ENDED_MS = 300;

/** Views that have ended learn what came late by throttled updates (3 s), which leaving the page does not hasten. */
const UPDATED_MS = 3200;

/** So much later than what came before begins a step, that dates in whole ms tell one from the other. */
const BETWEEN_STEPS_MS = 10;

/** For what an SDK may not do at all. Then it shows in the comparison. */
const PATIENCE_MS = 60_000;

export interface Surroundings {
  context: BrowserContext;
  site: Site;
  intake: Intake;
  isFocusEmulated: boolean;
  notes: { name: string; value: unknown }[];
  witness: Witness;
  console: { level: string; text: string }[];
  /** What the page threw and nobody caught. */
  uncaught: string[];
  /** The query of each request to the intake. */
  queries: Record<string, string>[];
  /** What the page did not do in time. */
  overdue: string[];
}

export class Driver {
  readonly site: Site;
  readonly page: Page;
  readonly #around: Surroundings;
  #isLeft = true;

  /** Requests to the intake that are under way. */
  readonly #pending = new Set<HTTPRequest>();
  #onSent = () => {};

  private constructor(page: Page, around: Surroundings) {
    this.page = page;
    this.site = around.site;
    this.#around = around;
    page.on('request', (request) => {
      const isToIntake = request.url().startsWith(around.intake.url);
      if (isToIntake) around.queries.push(queryOf(request.url()));
      if (isToIntake && request.resourceType() === 'fetch') this.#pending.add(request);
    });
    const end = (request: HTTPRequest) => {
      if (this.#pending.delete(request)) this.#onSent();
    };
    page.on('requestfinished', end);
    page.on('requestfailed', end);
  }

  async #sent(): Promise<void> {
    if (this.#pending.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#onSent = resolve;
    });
    await this.#sent();
  }

  static async newTab(around: Surroundings): Promise<Driver> {
    const page = await around.context.newPage();
    await page.setViewport({ width: 1280, height: 720 });
    if (around.isFocusEmulated) await page.emulateFocusedPage(true);
    else await page.bringToFront();
    await page.waitForFunction(() => document.hasFocus(), { timeout: PATIENCE_MS });
    // tsx names the functions it compiles with this.
    await page.evaluateOnNewDocument('globalThis.__name = (target) => target');
    page.on('console', (message) => {
      around.console.push({ level: message.type(), text: message.text() });
    });
    page.on('pageerror', (error) => {
      around.uncaught.push(error instanceof Error ? error.message : String(error));
    });
    await around.witness.attend(page);
    return new Driver(page, around);
  }

  /** Another tab of the same visitor. */
  async openTab(path = '/'): Promise<Driver> {
    const tab = await Driver.newTab(this.#around);
    tabs.get(this.#around)?.push(tab);
    await tab.open(path);
    return tab;
  }

  /** Loads a page, and waits until the SDK runs and the view has its loading time. */
  async open(path = '/', isReady = true): Promise<void> {
    await this.#sent();
    await this.leaving();
    await delay(BETWEEN_STEPS_MS);
    this.#around.witness.begin();
    await this.page.goto(this.site.url + path);
    this.#isLeft = false;
    if (isReady) await this.ready();
  }

  /** The first paints are measured, the SDK has a session, the loading time of the view is known. */
  async ready(): Promise<void> {
    await this.wait('first paint', () => performance.getEntriesByType('paint').length > 1);
    await this.session();
    await this.pass(ACTIVITY_ENDED_MS);
  }

  viewId(): Promise<string | undefined> {
    return this.page.evaluate(() => window.DD_RUM?.getInternalContext?.()?.view?.id);
  }

  /** Resolves when there is a session, and the SDK collects: ours has one earlier, but no link. */
  session(): Promise<void> {
    return this.wait(
      'session',
      () =>
        window.DD_RUM?.getSessionReplayLink?.() && window.DD_RUM.getInternalContext()?.session_id,
    );
  }

  /** Resolves when there is none any more. */
  noSession(): Promise<void> {
    return this.wait('end of the session', () => !window.DD_RUM.getInternalContext());
  }

  /** Begins a step of the journey, that the page knows of. */
  async #begin(): Promise<void> {
    await delay(BETWEEN_STEPS_MS);
    await this.page.evaluate(() => window.__begin());
  }

  /** Runs a function on the page, as a script of the page. What it throws shows in the comparison. */
  async run<Arguments extends unknown[]>(
    work: OnPage<unknown, Arguments>,
    ...given: Arguments
  ): Promise<void> {
    await delay(BETWEEN_STEPS_MS);
    const call = `(${work})(${given.map((value) => JSON.stringify(value))})`;
    await this.#evaluate(`__begin(); __end(${call})`).catch((error: Error) => {
      this.#around.overdue.push(firstLine(error));
    });
  }

  #evaluate(code: string): Promise<unknown> {
    return this.page.evaluate(`${code}\n//# sourceURL=${this.site.url}/journey.js`);
  }

  /** Resolves when something holds on the page, or when it was awaited long enough. */
  async wait(what: string, condition: OnPage<unknown>): Promise<void> {
    const options = { timeout: PATIENCE_MS, polling: 20 };
    await this.page.waitForFunction(condition, options).catch(() => {
      this.#around.overdue.push(what);
    });
  }

  /** Resolves when all timers of the page, or of a frame in it, that are due in that time have run. */
  async pass(ms: number, target: Page | Frame = this.page): Promise<void> {
    await target.evaluate(
      (ms) => new Promise((resolve) => setTimeout(() => setTimeout(resolve), ms)),
      ms,
    );
  }

  /** Resolves when the activity that a step caused has ended for the SDK. */
  activity(): Promise<void> {
    return this.pass(ACTIVITY_ENDED_MS);
  }

  /** Resolves when the SDK has made events of everything that happened. */
  settle(target?: Frame): Promise<void> {
    return this.pass(SETTLED_MS, target);
  }

  /** As `settle`; and views that have ended are up to date. */
  lateUpdates(): Promise<void> {
    return this.pass(UPDATED_MS);
  }

  /** A click, or several at once, as fast as the browser takes them. */
  async click(selector: string, times = 1): Promise<void> {
    const element = await this.page.waitForSelector(selector);
    const { x, y } = (await element?.clickablePoint()) ?? { x: 0, y: 0 };
    await this.clickAt(x, y, times);
  }

  async clickAt(x: number, y: number, times = 1): Promise<void> {
    const { mouse } = this.page;
    await mouse.move(x, y);
    await this.#begin();
    const presses = Array.from({ length: times }, () => [mouse.down(), mouse.up()]);
    await Promise.all(presses.flat());
  }

  async press(key: KeyInput): Promise<void> {
    await this.#begin();
    await this.page.keyboard.press(key);
  }

  /** Remembers the cookies of the site, as the browser has them. */
  async noteCookies(): Promise<void> {
    const cookies = await this.#around.context.cookies();
    const value = cookies.map(
      ({ name, domain, path, secure, sameSite, httpOnly, partitionKey }) => ({
        ...{ name, domain, path, secure, sameSite, httpOnly },
        isPartitioned: partitionKey !== undefined,
      }),
    );
    this.#around.notes.push({ name: 'cookies of the browser', value });
  }

  /** Remembers what the API answered, to be compared as an event is. */
  async note(name: string, work: OnPage<unknown>): Promise<void> {
    const value = await this.#evaluate(`(${work})()`).catch(firstLine);
    this.#around.notes.push({ name, value });
  }

  /** Leaves for a page without SDK, and resolves when the intake has what was sent thereby. */
  async leave(isSilent = false): Promise<void> {
    if (this.#isLeft) return;
    this.#isLeft = true;
    const { intake, witness } = this.#around;
    // Leaving cancels requests, those to the intake too.
    await this.#sent();
    const before = intake.received.at(-1)?.seq ?? 0;
    const ids = await this.leaving();
    await delay(BETWEEN_STEPS_MS);
    witness.begin();
    await this.page.goto(`${this.site.url}/left`);
    const bridged = await this.page.evaluate(() => sessionStorage.getItem('bridged') ?? '[]');
    witness.bridged.push(...JSON.parse(bridged).map((message: string) => JSON.parse(message)));
    if (isSilent) return;
    await Promise.all(ids.map((id) => this.#lastOf(id, before)));
  }

  /** What its documents are, and which views they have, is asked before a page is left. */
  async leaving(): Promise<string[]> {
    const documents = await Promise.all(
      this.page.frames().map((frame) =>
        frame.evaluate(() => ({
          origin: performance.timeOrigin,
          viewId: window.DD_RUM?.getInternalContext?.()?.view?.id,
        })),
      ),
    );
    for (const { origin, viewId } of documents) this.#around.witness.leave(origin, viewId);
    return documents.flatMap(({ viewId }) => viewId ?? []);
  }

  /** Resolves when the intake has what a view sent when it was left. */
  async #lastOf(id: string, before: number): Promise<void> {
    const isLast = ({ seq, event }: { seq: number; event: Json }) =>
      seq > before && viewId(event) === id;
    await this.#around.intake.waitFor(isLast, PATIENCE_MS).catch(() => {
      this.#around.overdue.push('last view');
    });
  }
}

/** Of what a proxy is to forward. */
function queryOf(address: string): Record<string, string> {
  const forwarded = new URL(address).searchParams.get('ddforward') ?? address;
  return Object.fromEntries(new URL(forwarded, 'http://intake').searchParams);
}

const firstLine = ({ message }: Error) => `threw ${message.split('\n')[0]}`;

/** The tabs of each visit, in the order in which they were opened. */
export const tabs = new WeakMap<Surroundings, Driver[]>();
