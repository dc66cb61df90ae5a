/** Chromium and Firefox, steered by Puppeteer: the one by CDP, the other by WebDriver BiDi. */

import puppeteer, { type LaunchOptions } from 'puppeteer-core';
import { browserArguments, chromium } from '../chromium.ts';
import { type Engine, expression, type Tab } from './tab.ts';

export const firefox = process.env.FIREFOX ?? '/usr/bin/firefox-esr';

export const startChromium = () => start({ executablePath: chromium, args: browserArguments });

export const startFirefox = () =>
  start({ browser: 'firefox', executablePath: firefox, headless: true });

async function start(options: LaunchOptions): Promise<Engine> {
  const browser = await puppeteer.launch(options);
  const other = await browser.newPage();
  return {
    async newTab(): Promise<Tab> {
      const page = await browser.newPage();
      await page.bringToFront();
      return {
        open: async (url) => void (await page.goto(url)),
        back: async () => void (await page.goBack()),
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
