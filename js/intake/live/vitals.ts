import { duration, score } from './format.ts';
import { type Json, numberAt, textAt } from './read.ts';

export type Rating = 'good' | 'fair' | 'poor';

export type VitalName = 'LCP' | 'INP' | 'CLS' | 'FCP' | 'TTFB' | 'FID';

/** Where a vital is found in a view and how it is judged. Sources: web.dev/articles/vitals and each metric's page. */
interface VitalRule {
  name: VitalName;
  title: string;
  /** The newest place of the value first, then where older SDKs put it. */
  paths: readonly string[];
  selectors: readonly string[];
  /** Upper ends of `good` and `fair`: milliseconds, or the score of CLS. */
  limits: readonly [number, number];
  parts: readonly (readonly [label: string, short: string, path: string])[];
}

const NS_PER_MS = 1e6;

export const VITALS: readonly VitalRule[] = [
  {
    name: 'LCP',
    title: 'Largest Contentful Paint',
    paths: ['view.performance.lcp.timestamp', 'view.largest_contentful_paint'],
    selectors: [
      'view.performance.lcp.target_selector',
      'view.largest_contentful_paint_target_selector',
    ],
    limits: [2500, 4000],
    parts: [
      ['Load delay', 'delay', 'view.performance.lcp.sub_parts.load_delay'],
      ['Load time', 'load', 'view.performance.lcp.sub_parts.load_time'],
      ['Render delay', 'render', 'view.performance.lcp.sub_parts.render_delay'],
    ],
  },
  {
    name: 'INP',
    title: 'Interaction to Next Paint',
    paths: ['view.performance.inp.duration', 'view.interaction_to_next_paint'],
    selectors: [
      'view.performance.inp.target_selector',
      'view.interaction_to_next_paint_target_selector',
    ],
    limits: [200, 500],
    parts: [
      ['Input delay', 'input', 'view.performance.inp.sub_parts.input_delay'],
      ['Processing', 'work', 'view.performance.inp.sub_parts.processing_duration'],
      ['Presentation', 'paint', 'view.performance.inp.sub_parts.presentation_delay'],
    ],
  },
  {
    name: 'CLS',
    title: 'Cumulative Layout Shift',
    paths: ['view.performance.cls.score', 'view.cumulative_layout_shift'],
    selectors: [
      'view.performance.cls.target_selector',
      'view.cumulative_layout_shift_target_selector',
    ],
    limits: [0.1, 0.25],
    parts: [],
  },
  {
    name: 'FCP',
    title: 'First Contentful Paint',
    paths: ['view.performance.fcp.timestamp', 'view.first_contentful_paint'],
    selectors: [],
    limits: [1800, 3000],
    parts: [],
  },
  {
    name: 'TTFB',
    title: 'Time to First Byte',
    paths: ['view.first_byte'],
    selectors: [],
    limits: [800, 1800],
    parts: [],
  },
  {
    name: 'FID',
    title: 'First Input Delay',
    paths: ['view.performance.fid.duration', 'view.first_input_delay'],
    selectors: ['view.performance.fid.target_selector', 'view.first_input_target_selector'],
    limits: [100, 300],
    parts: [],
  },
];

export interface Vital {
  /** As on the wire: nanoseconds, or the score of CLS. */
  value: number;
  rating: Rating;
  text: string;
  selector: string | undefined;
  parts: { label: string; short: string; ns: number }[];
}

/** What is exactly at a limit still belongs to the better side. */
export function rate(name: VitalName, wireValue: number): Rating {
  const rule = ruleOf(name);
  const [good, fair] = rule.limits.map((limit) => limit * unit(name)) as [number, number];
  if (wireValue > fair) return 'poor';
  return wireValue > good ? 'fair' : 'good';
}

export function readVital(rule: VitalRule, view: Json): Vital | undefined {
  const value = first(rule.paths, (path) => numberAt(view, path));
  if (value === undefined) return undefined;
  return {
    value,
    rating: rate(rule.name, value),
    text: rule.name === 'CLS' ? score(value) : duration(value),
    selector: first(rule.selectors, (path) => textAt(view, path)),
    parts: rule.parts.flatMap(([label, short, path]) => {
      const ns = numberAt(view, path);
      return ns === undefined ? [] : [{ label, short, ns }];
    }),
  };
}

/** Where a value lies on a gauge from 0 to 1 whose three zones are equally wide; the last one ends at twice its start. */
export function gaugePosition(rule: VitalRule, wireValue: number): number {
  const value = wireValue / unit(rule.name);
  const [good, fair] = rule.limits;
  if (value <= good) return Math.max(0, value) / good / 3;
  if (value <= fair) return (1 + (value - good) / (fair - good)) / 3;
  return Math.min(1, (2 + (value - fair) / fair) / 3);
}

export function limitTexts(rule: VitalRule): [string, string] {
  const write = (limit: number) =>
    rule.name === 'CLS' ? String(limit) : duration(limit * NS_PER_MS);
  return [write(rule.limits[0]), write(rule.limits[1])];
}

function unit(name: VitalName): number {
  return name === 'CLS' ? 1 : NS_PER_MS;
}

function ruleOf(name: VitalName): VitalRule {
  return VITALS.find((rule) => rule.name === name) as VitalRule;
}

function first<T>(paths: readonly string[], read: (path: string) => T | undefined): T | undefined {
  for (const path of paths) {
    const found = read(path);
    if (found !== undefined) return found;
  }
  return undefined;
}
