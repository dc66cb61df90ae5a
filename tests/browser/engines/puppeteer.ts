/** Chromium and Firefox, steered by Puppeteer: the one by CDP, the other by WebDriver BiDi. */

import puppeteer, { type LaunchOptions, type Page } from 'puppeteer-core';
import { browserArguments, chromium } from '../chromium.ts';
import { type Engine, expression, type Tab } from './tab.ts';

export const firefox = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export const startChromium = () => start({ executablePath: chromium, args: browserArguments });

export const startFirefox = () =>
  start({ browser: 'firefox', executablePath: firefox, headless: true });

async function start(options: LaunchOptions): Promise<Engine> {
  const browser = await puppeteer.launch(options);
  const back = options.browser === 'firefox' ? comeBack : (page: Page) => page.goBack();
  const other = await browser.newPage();
  return {
    async newTab(): Promise<Tab> {
      const page = await browser.newPage();
      await page.bringToFront();
      return {
        open: async (url) => void (await page.goto(url)),
        back: async () => void (await back(page)),
        click: (selector) => page.click(selector),
        press: (key) => page.keyboard.press(key as 'a'),
        evaluate: (work, ...args) => page.evaluate(expression(work, args)) as never,
        hide: () => other.bringToFront(),
        show: () => page.bringToFront(),
        close: () => page.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** Firefox tells Puppeteer nothing of a page that comes back, for which it would wait. */
async function comeBack(page: Page): Promise<void> {
  const address = () => page.evaluate('location.href');
  const left = await address();
  await page.evaluate('void setTimeout(() => history.back())');
  while ((await address()) === left);
}
