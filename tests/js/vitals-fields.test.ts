/** All that the chunk writes, at once: the README knows each field, and no address keeps its query. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { createScrub, type Scrub } from '../../js/extras/scrub.ts';
import type { Context } from '../../js/types.ts';
import { NAVIGATION, vitals } from './vitals-fixture.ts';

const PICTURE = 'https://shop.example/hero.avif?secret=1#token';

const SCRIPT = {
  startTime: 3020,
  duration: 380,
  forcedStyleAndLayoutDuration: 20,
  sourceURL: 'https://shop.example/app.js?secret=1',
  sourceFunctionName: 'onClick',
  sourceCharPosition: 12,
  invoker: 'https://shop.example/app.js?secret=1',
  invokerType: 'classic-script',
};

/** A document that had everything on its way, and routes after it. */
const ENTRIES = {
  navigation: [
    {
      ...NAVIGATION,
      ...{ navigationId: 1, redirectStart: 1, redirectEnd: 1.5, workerStart: 1.7 },
      ...{ firstInterimResponseStart: 40, finalResponseHeadersStart: 60 },
    },
  ],
  resource: [{ name: PICTURE, startTime: 60, requestStart: 70, responseEnd: 90 }],
  'largest-contentful-paint': [{ startTime: 300, size: 4000, url: PICTURE }],
  'layout-shift': [{ startTime: 500, value: 0.3 }],
  event: [
    {
      ...{ name: 'click', interactionId: 7, startTime: 3000, duration: 504 },
      ...{ processingStart: 3020, processingEnd: 3400, target: '#pay' },
    },
  ],
  'long-animation-frame': [
    { startTime: 3010, duration: 480, styleAndLayoutStart: 3420, scripts: [SCRIPT] },
  ],
  'soft-navigation': [
    {
      ...{ startTime: 5000, name: 'https://shop.example/a?secret=1', navigationId: 2 },
      ...{ interactionId: 14, presentationTime: 5100 },
    },
  ],
  'interaction-contentful-paint': [
    {
      ...{ startTime: 5000, interactionId: 14 },
      largestContentfulPaint: { renderTime: 5300, size: 90, url: PICTURE, element: '#hero' },
    },
  ],
};

const ms = (time: number) => ({ timestamp: time * 1e6 });

/** As the engine makes them. */
const INITIAL = {
  loading_type: 'initial_load',
  url: 'https://shop.example/?secret=1',
  first_byte: 50e6,
  performance: {
    cls: { score: 0.3, ...ms(500) },
    fcp: ms(80),
    fid: { duration: 20e6 },
    inp: {
      ...{ duration: 504e6, ...ms(3000) },
      sub_parts: { input_delay: 20e6, processing_duration: 380e6, presentation_delay: 104e6 },
    },
    lcp: { ...ms(300), resource_url: PICTURE },
  },
};

const RESTORED = { loading_type: 'bf_cache', performance: { fcp: ms(16), lcp: ms(16) } };

const ROUTE = {
  loading_type: 'route_change',
  url: 'https://shop.example/a?secret=1',
  time_spent: 20e9,
};

type View = Context & { view: Context; context: { ferrum: Context } };

/** The views of a page that has all; and a route of one that tells of no soft navigations. */
function allViews(): View[] {
  const context = { ferrum: { loading_time_end: 'idle' } };
  const event = (view: object) => ({ type: 'view', view, context });
  const page = vitals({ entries: ENTRIES as never });
  const views = [
    page.complete(event(INITIAL), 0),
    page.complete(event(ROUTE), 5050),
    page.complete(event(RESTORED), 9000),
  ];
  const other = vitals({ lacks: ['soft-navigation'], hasNavigation: true });
  other.nowIs(1001);
  Object.assign(location, { href: ROUTE.url });
  other.fire('currententrychange');
  for (const time of [1010, 1050]) {
    other.nowIs(time);
    other.runWaiting();
  }
  return [...views, other.complete(event(ROUTE), 1000)];
}

/** `inp.longest_script.url`; lists are values. */
function pathsOf(value: unknown, path: string[] = []): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path.join('.')];
  return Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]));
}

/** Of the table: `lcp.{size,load_state}` are two. */
function documentedPaths(): string[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, section = ''] = /## What views say of their vitals\n(.*?)\n## /s.exec(readme) ?? [];
  return [...section.matchAll(/^\| `([^`]+)`/gm)].flatMap(([, field = '']) => {
    const [, start = '', names = ''] = /^([^{]*)\{?([^}]*)/.exec(field) ?? [];
    return names.split(',').map((name) => start + name);
  });
}

test('the README has each field that views say of their vitals, and no other', () => {
  const written = new Set(allViews().flatMap(({ context }) => pathsOf(context.ferrum)));
  assert.ok(written.size > 20);
  assert.deepEqual([...documentedPaths()].sort(), [...written].sort());
});

test('no address in what views say of their vitals keeps its query, if the page wants that', () => {
  const scrub = createScrub(true) as Scrub;
  const views = allViews();
  const secret = /secret|token/;
  assert.match(JSON.stringify(views[0]?.view), secret);
  for (const view of views) {
    scrub.event(view);
    const dirty = pathsOf(view).filter((path) => secret.test(String(at(view, path))));
    assert.deepEqual(dirty, []);
  }
});

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce((holder, key) => (holder as Context)?.[key], value);
}
