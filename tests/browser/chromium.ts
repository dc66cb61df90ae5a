/** The browser under test, the same for Playwright and Puppeteer. */

export const chromium = process.env.CHROMIUM ?? '/usr/bin/chromium';

export const browserArguments = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
