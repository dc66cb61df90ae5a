import { el, setStyle, setText } from './dom.ts';
import { bytes, duration, host } from './format.ts';
import type { Bar } from './resource.ts';
import { statusText } from './waterfall-row.ts';

const NS_PER_MS = 1e6;
const GAP = 6;

interface Card {
  show(bar: Bar, row: HTMLElement | undefined): void;
  hide(): void;
  /** Shows itself for the rows under the pointer of `list`. */
  follow(list: HTMLElement, itemAt: (target: Element) => Bar | undefined): void;
}

/** Details of a resource beside its row, for pointer and keyboard. */
export function createCard(): Card {
  const title = el('div', { class: 'card-title' });
  const facts = el('div', { class: 'card-facts' });
  const phases = el('div', { class: 'card-phases' });
  const element = el(
    'div',
    { class: 'card', role: 'tooltip', id: 'resource-card' },
    title,
    facts,
    phases,
  );
  element.hidden = true;
  document.body.append(element);

  const hide = () => {
    element.hidden = true;
  };
  const show = (bar: Bar, row: HTMLElement | undefined) => {
    if (!row) return hide();
    setText(title, bar.url);
    facts.replaceChildren(...factsOf(bar).map((text) => el('span', {}, text)));
    phases.replaceChildren(...phaseRows(bar));
    element.dataset.type = bar.type;
    element.hidden = false;
    place(element, row.getBoundingClientRect());
  };
  return {
    show,
    hide,
    follow(list, itemAt) {
      list.addEventListener('pointerover', (event) => {
        const target = event.target as Element;
        const bar = itemAt(target);
        if (bar) show(bar, target.closest<HTMLElement>('.wf-row') ?? undefined);
        else hide();
      });
      list.addEventListener('pointerleave', hide);
      list.addEventListener('blur', hide);
      list.addEventListener('scroll', hide, { passive: true });
    },
  };
}

function place(element: HTMLElement, row: DOMRect): void {
  const { width, height } = element.getBoundingClientRect();
  const left = Math.min(row.left + row.width * 0.42, innerWidth - width - 12);
  const below = row.bottom + GAP;
  const top = below + height > innerHeight - 8 ? row.top - GAP - height : below;
  setStyle(element, { left: `${Math.max(8, left)}px`, top: `${Math.max(8, top)}px` });
}

function factsOf(bar: Bar): string[] {
  return [
    bar.method ?? '',
    bar.type,
    statusText(bar) === '–' ? '' : statusText(bar),
    host(bar.url),
    bar.size === undefined ? '' : bytes(bar.size),
    bar.transferred === undefined ? '' : `${bytes(bar.transferred)} sent`,
    bar.cached ? 'from cache' : '',
    bar.renderBlocking ? 'render-blocking' : '',
  ].filter((text) => text !== '');
}

function phaseRows(bar: Bar): HTMLElement[] {
  const rows = bar.phases.map((phase) =>
    phaseRow(phase.label, phase.name, phase.start - bar.start, phase.ms, bar.ms),
  );
  const started = `started at ${duration(bar.start * NS_PER_MS)}`;
  return [
    ...rows,
    phaseRow('Total', 'total', 0, bar.ms, bar.ms),
    el('div', { class: 'card-note' }, started),
  ];
}

function phaseRow(
  label: string,
  name: string,
  start: number,
  ms: number,
  whole: number,
): HTMLElement {
  const bar = el('span', { class: 'card-bar', 'data-phase': name });
  const share = (value: number) =>
    `${whole > 0 ? Math.min(100, Math.max(0, (value / whole) * 100)) : 0}%`;
  setStyle(bar, { 'margin-left': share(start), width: share(ms) });
  const track = el('span', { class: 'card-track' }, bar);
  return el(
    'div',
    { class: 'card-phase' },
    el('span', {}, label),
    track,
    el('b', {}, duration(ms * NS_PER_MS)),
  );
}
