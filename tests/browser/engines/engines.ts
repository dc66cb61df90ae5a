/** The browsers in which the same tests run, and what each of them does not measure. */

import { startChromium, startFirefox } from './puppeteer.ts';
import type { Engine } from './tab.ts';
import { startWebKit } from './webkit.ts';

/** In the order in which the tests show them. */
export const METRICS = ['LCP', 'FCP', 'TTFB', 'CLS', 'INP', 'FID'] as const;

export type Metric = (typeof METRICS)[number];

/** The entries (`PerformanceObserver.supportedEntryTypes`) without which there is no such metric. */
export const NEEDS: Record<Metric, string> = {
  LCP: 'largest-contentful-paint',
  FCP: 'paint',
  TTFB: 'navigation',
  CLS: 'layout-shift',
  INP: 'event',
  FID: 'first-input',
};

interface Make {
  name: string;
  start(): Promise<Engine>;
  /** The metrics for which it has no entries. */
  lacks: Metric[];
}

const makes = {
  chromium: { name: 'Chromium', start: startChromium, lacks: [] },
  firefox: { name: 'Firefox', start: startFirefox, lacks: ['CLS'] },
  webkit: { name: 'WebKitGTK', start: startWebKit, lacks: ['LCP', 'CLS', 'INP', 'FID'] },
} satisfies Record<string, Make>;

export type EngineName = keyof typeof makes;

export const engineNames = Object.keys(makes) as EngineName[];

export const makeOf = (name: EngineName): Make => makes[name];

/** The one under test: Chromium unless `ENGINE` names another. */
export const make: Make = makeOf((process.env.ENGINE ?? 'chromium') as EngineName);
