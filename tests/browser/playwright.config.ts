import { defineConfig } from '@playwright/test';
import { browserArguments, chromium } from './chromium.ts';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: '../../test-results/browser',
  // Most tests wait for the page rather than for the machine. No test asks how long something took: times
  // are compared with those of another observer of the same page.
  workers: process.env.ENGINE ? 1 : 2,
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
