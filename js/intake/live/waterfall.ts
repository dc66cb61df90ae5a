import type { ReceivedEvent } from '../stream.ts';
import { el, setAttribute, setStyle, setText } from './dom.ts';
import { milliseconds, plural } from './format.ts';
import { VirtualList } from './list.ts';
import { numberAt } from './read.ts';
import { type Bar, toBar } from './resource.ts';
import type { Panel, State } from './state.ts';
import type { View } from './view.ts';
import { createCard } from './waterfall-card.ts';
import { createHeader } from './waterfall-header.ts';
import { createBarRow } from './waterfall-row.ts';

const ROW_HEIGHT = 24;
const MOST_ROWS_IN_SIGHT = 12;
const HEADER_HEIGHT = 62;

export type Span = 'load' | 'all';

/** The resources of the selected view on its time axis. */
export function createWaterfall(state: State, place: HTMLElement, title: HTMLElement): Panel {
  const shown = { end: 1000 };
  let known = new WeakMap<ReceivedEvent, Bar>();
  let bars: Bar[] = [];
  let startedAt = 0;
  let seen = '';
  let span: Span | undefined;
  const card = createCard();
  const header = createHeader((entry) => state.inspect(entry));
  const list = new VirtualList<Bar>({
    id: 'waterfall',
    label: 'Resources by time; press Enter to inspect one',
    role: 'listbox',
    rowHeight: ROW_HEIGHT,
    header: header.element,
    key: (bar) => String(bar.seq),
    create: () => createBarRow(shown),
    onMove: (bar) => requestAnimationFrame(() => card.show(bar, list.rowOf(String(bar.seq)))),
    onActivate: (bar) => state.inspect(bar.entry),
  });
  const all = el('button', { type: 'button' }, 'Whole view');
  const load = el('button', { type: 'button' }, 'Loading');
  title.append(
    el('div', { class: 'segments', role: 'group', 'aria-label': 'Time span' }, load, all),
  );
  const none = el('p', { class: 'hint wf-none' }, 'No resources in this view so far.');
  place.append(list.element, none);
  card.follow(list.element, (target) => list.itemAt(target));
  load.addEventListener('click', () => choose('load'));
  all.addEventListener('click', () => choose('all'));

  function barOf(entry: ReceivedEvent, viewStart: number): Bar {
    const bar = known.get(entry) ?? toBar(entry, viewStart);
    known.set(entry, bar);
    return bar;
  }

  function choose(next: Span): void {
    span = next;
    seen = '';
    state.changed();
  }

  function show(view: View): void {
    if (view.startedAt !== startedAt) known = new WeakMap();
    startedAt = view.startedAt;
    bars = view.resources.map((entry) => barOf(entry, view.startedAt));
    bars.sort((a, b) => a.start - b.start || a.seq - b.seq);
    const ends = { load: loadEnd(view, bars), all: wholeEnd(view, bars) };
    const chosen = span ?? (ends.all > ends.load * 3 ? 'load' : 'all');
    shown.end = Math.max(ends[chosen], 50);
    setAttribute(load, 'aria-pressed', String(chosen === 'load'));
    setAttribute(all, 'aria-pressed', String(chosen === 'all'));
    header.update(view, shown.end);
    const rows = Math.min(Math.max(bars.length, 3), MOST_ROWS_IN_SIGHT);
    const height = HEADER_HEIGHT + rows * ROW_HEIGHT;
    setStyle(list.element, { height: `${height + 2}px`, '--rows-end': `${height}px` });
    none.hidden = bars.length > 0;
    list.setItems(bars);
  }

  return {
    update() {
      const { view } = state;
      if (!view || seen === `${view.id} ${view.revision}`) return;
      if (!seen.startsWith(`${view.id} `)) {
        list.setCurrent(undefined);
        list.toTop();
        card.hide();
      }
      seen = `${view.id} ${view.revision}`;
      show(view);
      setText(title.querySelector('.section-count') as Element, plural(bars.length, 'resource'));
    },
  };
}

/** Shortly after the view has loaded; what follows later would squeeze the bars of the load. */
function loadEnd(view: View, bars: readonly Bar[]): number {
  const marks = ['view.loading_time', 'view.load_event', 'view.performance.lcp.timestamp']
    .map((path) => milliseconds(numberAt(view.state, path) ?? 0))
    .filter((ms) => ms > 0);
  const last = marks.length > 0 ? Math.max(...marks) : wholeEnd(view, bars);
  return last * 1.12;
}

function wholeEnd(view: View, bars: readonly Bar[]): number {
  const lastBar = bars.reduce((end, bar) => Math.max(end, bar.start + bar.ms), 0);
  return Math.max(lastBar, milliseconds(numberAt(view.state, 'view.time_spent') ?? 0)) * 1.03;
}
