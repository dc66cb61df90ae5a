import type { ReceivedEvent } from '../stream.ts';
import { el, setStyle } from './dom.ts';
import { duration, milliseconds } from './format.ts';
import { at, numberAt } from './read.ts';
import { percent, ticks } from './scale.ts';
import { summarise } from './summary.ts';
import type { View } from './view.ts';

const NS_PER_MS = 1e6;
const MOST_MARKS = 150;
/** About the width of a flag; the flag of a line that is closer to the next one goes to its left. */
const FLAG_PERCENT = 9;

interface Header {
  element: HTMLElement;
  update(view: View, end: number): void;
}

const LINES: readonly (readonly [string, string, string])[] = [
  ['fcp', 'FCP', 'view.performance.fcp.timestamp'],
  ['lcp', 'LCP', 'view.performance.lcp.timestamp'],
  ['dcl', 'DOM', 'view.dom_content_loaded'],
  ['load', 'Load', 'view.load_event'],
];

/** The axis, the lines of the paints through all rows, and a lane of what else happened. */
export function createHeader(inspect: (entry: ReceivedEvent) => void): Header {
  const axis = el('div', { class: 'wf-axis' });
  const flags = el('div', { class: 'wf-flags' });
  const lane = el('div', { class: 'wf-lane' });
  const lines = el('div', { class: 'wf-lines' });
  const names = ['Name', 'Status', 'Size'].map((text) => el('span', { class: 'wf-column' }, text));
  const element = el(
    'div',
    { class: 'wf-header', 'aria-hidden': true },
    el('span'),
    ...names,
    el('div', { class: 'wf-scale' }, axis, flags, lane, lines),
  );
  return {
    element,
    update(view, end) {
      const steps = ticks(end, 6).filter((ms) => percent(ms, end) < 93);
      axis.replaceChildren(...steps.map((ms) => placed('wf-tick', ms, end, tickText(ms))));
      lane.replaceChildren(...marks(view, end, inspect));
      lines.replaceChildren(
        ...verticals(view, end),
        ...steps.slice(1).map((ms) => placed('wf-grid', ms, end, '')),
      );
    },
  };
}

function tickText(ms: number): string {
  return ms === 0 ? '0' : duration(ms * NS_PER_MS);
}

function placed(name: string, ms: number, end: number, text: string): HTMLElement {
  const element = el('span', { class: name }, text);
  setStyle(element, { left: `${percent(ms, end)}%` });
  return element;
}

function verticals(view: View, end: number): HTMLElement[] {
  const found = LINES.flatMap(([name, label, path]) => {
    const ns = numberAt(view.state, path);
    return ns === undefined || milliseconds(ns) > end ? [] : [{ name, label, ns }];
  });
  found.sort((a, b) => a.ns - b.ns);
  return found.map(({ name, label, ns }, index) => {
    const line = placed('wf-line', milliseconds(ns), end, '');
    line.dataset.line = name;
    const next = found[index + 1];
    const isTight = next !== undefined && percent(milliseconds(next.ns - ns), end) < FLAG_PERCENT;
    const isLast = percent(milliseconds(ns), end) > 100 - FLAG_PERCENT;
    const side = isTight || isLast ? 'wf-flag is-left' : 'wf-flag';
    line.append(el('span', { class: side, title: `${label} ${duration(ns)}` }, label));
    return line;
  });
}

function marks(view: View, end: number, inspect: (entry: ReceivedEvent) => void): HTMLElement[] {
  const entries = [...view.longTasks, ...view.actions, ...view.errors].slice(-MOST_MARKS);
  const found = entries.flatMap((entry) => {
    const ms = (numberAt(entry.event, 'date') ?? 0) - view.startedAt;
    if (ms > end) return [];
    const summary = summarise(entry);
    const mark = placed('wf-mark', ms, end, '');
    mark.dataset.kind = summary.kind;
    mark.title = `${summary.kind.replace('_', ' ')}: ${summary.title} (${duration(ms * NS_PER_MS)})`;
    if (summary.kind === 'long_task') widen(mark, entry, end);
    mark.addEventListener('click', () => inspect(entry));
    return [mark];
  });
  const shift = shiftMark(view, end);
  return shift ? [...found, shift] : found;
}

function widen(mark: HTMLElement, entry: ReceivedEvent, end: number): void {
  const ms = milliseconds(numberAt(entry.event, 'long_task.duration') ?? 0);
  setStyle(mark, { width: `max(3px, ${percent(ms, end)}%)` });
}

function shiftMark(view: View, end: number): HTMLElement | undefined {
  const ns = numberAt(view.state, 'view.performance.cls.timestamp');
  const score = at(view.state, 'view.performance.cls.score');
  if (ns === undefined || !score || milliseconds(ns) > end) return undefined;
  const mark = placed('wf-mark', milliseconds(ns), end, '');
  mark.dataset.kind = 'shift';
  mark.title = `largest layout shift (${duration(ns)}), score ${score}`;
  return mark;
}
