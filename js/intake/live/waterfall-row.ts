import { el, type Kept, setAttribute, setStyle, setText } from './dom.ts';
import { bytes, duration, fileName } from './format.ts';
import type { Bar } from './resource.ts';
import { percent } from './scale.ts';

const NS_PER_MS = 1e6;

/** A row of the waterfall. `shown.end` is the end of the time axis in milliseconds. */
export function createBarRow(shown: { readonly end: number }): Kept<Bar> {
  const swatch = el('span', { class: 'swatch' });
  const name = el('span', { class: 'wf-name' });
  const status = el('span', { class: 'wf-status' });
  const size = el('span', { class: 'wf-size' });
  const chart = el('span', { class: 'wf-chart' });
  const element = el('div', { class: 'wf-row' }, swatch, name, status, size, chart);
  let seen = '';
  const update = (bar: Bar) => {
    const now = `${bar.seq} ${bar.start} ${shown.end}`;
    if (seen === now) return;
    seen = now;
    setAttribute(element, 'data-type', bar.type);
    setAttribute(element, 'data-failed', bar.failed ? '' : undefined);
    setText(name, fileName(bar.url) || '(no address)');
    setText(status, statusText(bar));
    setText(size, bar.cached ? 'cache' : bar.size === undefined ? '–' : bytes(bar.size));
    chart.replaceChildren(...paint(bar, shown.end));
  };
  return { element, update };
}

export function statusText(bar: Bar): string {
  if (bar.status === undefined) return '–';
  return bar.status === 0 ? 'failed' : String(bar.status);
}

function paint(bar: Bar, end: number): HTMLElement[] {
  const whole = segment('wf-bar', bar.start, bar.ms, end);
  if (percent(bar.start, end) >= 100) return [el('span', { class: 'wf-beyond' }, '▸')];
  const phases = bar.phases.map((phase) => {
    const piece = segment('wf-phase', phase.start, phase.ms, end);
    piece.dataset.phase = phase.name;
    return piece;
  });
  if (phases.length === 0) whole.classList.add('is-plain');
  const label = el('span', { class: 'wf-label' }, duration(bar.ms * NS_PER_MS));
  const right = percent(bar.start + bar.ms, end);
  const isLate = right > 82;
  const side = isLate ? 100 - percent(bar.start, end) : right;
  setStyle(label, { [isLate ? 'right' : 'left']: `calc(${side}% + 6px)` });
  return [whole, ...phases, label];
}

function segment(name: string, start: number, ms: number, end: number): HTMLElement {
  const left = percent(start, end);
  const piece = el('span', { class: name });
  setStyle(piece, { left: `${left}%`, width: `${percent(start + ms, end) - left}%` });
  return piece;
}
