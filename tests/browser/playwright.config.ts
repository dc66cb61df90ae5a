import { defineConfig } from '@playwright/test';
import { browserArguments, chromium } from './chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/browser',
  // What is measured are times: on two cores, two pages at once have measured each other (ties of slow keys, idle
  // periods that did not come).
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 60_000,
  forbidOnly: !!process.env.CI,
  reporter: [['list'], ['./vitals/table.ts']],
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 720 },
    launchOptions: { executablePath: chromium, args: browserArguments },
  },
});
