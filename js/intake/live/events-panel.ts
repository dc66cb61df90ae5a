import { el, icon, type Kept, setAttribute, setText } from './dom.ts';
import { type Filter, parseFilter } from './filter.ts';
import { clock, count, plural } from './format.ts';
import { VirtualList } from './list.ts';
import { at } from './read.ts';
import type { Panel, State } from './state.ts';
import { type Entry, summarise } from './summary.ts';

const ROW_HEIGHT = 28;

interface Places {
  list: HTMLElement;
  latest: HTMLElement;
  found: HTMLElement;
}

/** All entries that pass the filter, oldest first like a console; sticks to the end until the user moves. */
export function createEventsPanel(state: State, places: Places): Panel {
  let shown: Entry[] = [];
  let lastSeq = 0;
  let unseen = 0;
  let basis = '';
  let passes: Filter = () => true;

  const list = new VirtualList<Entry>({
    id: 'events',
    label: 'Events in order of arrival',
    role: 'listbox',
    rowHeight: ROW_HEIGHT,
    key: (entry) => String(entry.seq),
    create: createRow,
    onMove: (entry) => state.inspect(entry),
    onActivate: (entry) => state.inspect(entry),
    onFollow: (following) => {
      if (following) unseen = 0;
      showLatest();
    },
  });
  places.list.append(list.element);
  list.follow(true);
  places.latest.addEventListener('click', () => list.follow(true));

  function showLatest(): void {
    places.latest.hidden = list.following || unseen === 0;
    setText(places.latest, `${plural(unseen, 'new event')} ↓`);
  }

  function take(entries: readonly Entry[]): number {
    const before = shown.length;
    for (const entry of entries) if (passes(entry)) shown.push(entry);
    lastSeq = entries.at(-1)?.seq ?? lastSeq;
    return shown.length - before;
  }

  function refill(nextBasis: string): void {
    basis = nextBasis;
    passes = scoped(parseFilter(state.query), state.onlyThisView ? state.viewId : undefined);
    shown = [];
    lastSeq = 0;
    unseen = 0;
    take(state.model.entries);
    list.setItems(shown);
  }

  function append(): void {
    const added = take(newerThan(state.model.entries, lastSeq));
    if (added === 0) return;
    if (!list.following) unseen += added;
    list.setItems(shown);
  }

  return {
    update() {
      const { model } = state;
      const view = state.onlyThisView ? state.viewId : '';
      const nextBasis = `${model.epoch} ${view} ${state.query}`;
      if (nextBasis !== basis) refill(nextBasis);
      else append();
      const current = state.inspected && String(state.inspected.seq);
      if (current !== list.current) list.setCurrent(current, true);
      const isFiltered = state.query !== '' || state.onlyThisView;
      setText(
        places.found,
        isFiltered ? `${count(shown.length)} of ${count(model.entries.length)}` : '',
      );
      showLatest();
    },
  };
}

function newerThan(entries: readonly Entry[], seq: number): readonly Entry[] {
  let from = entries.length;
  while (from > 0 && (entries[from - 1]?.seq ?? 0) > seq) from -= 1;
  return entries.slice(from);
}

function scoped(passes: Filter, viewId: string | undefined): Filter {
  if (viewId === undefined) return passes;
  return (entry) =>
    entry.kind === 'event' && at(entry.event, 'view.id') === viewId && passes(entry);
}

function createRow(): Kept<Entry> {
  const time = el('span', { class: 'event-time' });
  const kind = el('span', { class: 'kind' });
  const title = el('span', { class: 'event-title' });
  const detail = el('span', { class: 'event-detail' });
  const mark = el('span', { class: 'event-mark' });
  const element = el('div', { class: 'event-row' }, time, kind, title, detail, mark);
  let seen: Entry | undefined;
  const update = (entry: Entry) => {
    if (seen === entry) return;
    seen = entry;
    const summary = summarise(entry);
    setText(time, clock(entry.receivedAt));
    setText(kind, summary.kind.replace('_', ' '));
    setAttribute(element, 'data-kind', summary.kind);
    setText(title, summary.title);
    setText(detail, summary.detail);
    const broken = entry.kind === 'event' ? entry.violations.length : 1;
    setAttribute(element, 'data-broken', broken > 0 ? '' : undefined);
    if (broken > 0) mark.replaceChildren(icon('alert'));
    setAttribute(mark, 'aria-label', broken > 0 ? brokenLabel(entry) : undefined);
    setAttribute(mark, 'title', broken > 0 ? brokenLabel(entry) : undefined);
  };
  return { element, update };
}

function brokenLabel(entry: Entry): string {
  return entry.kind === 'rejected'
    ? 'rejected line'
    : plural(entry.violations.length, 'schema violation');
}
