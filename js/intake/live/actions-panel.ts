import type { ReceivedEvent } from '../stream.ts';
import { el, type Kept, setStyle, setText } from './dom.ts';
import { duration } from './format.ts';
import { VirtualList } from './list.ts';
import { numberAt, textAt } from './read.ts';
import type { Panel, State } from './state.ts';
import { actionName, frustrations } from './summary.ts';

const ROW_HEIGHT = 28;
const MOST_ROWS_IN_SIGHT = 8;
const NS_PER_MS = 1e6;

/** The actions of the selected view in order. */
export function createActionsPanel(state: State, section: HTMLElement, place: HTMLElement): Panel {
  const counter = section.querySelector('.section-count') as HTMLElement;
  const list = new VirtualList<ReceivedEvent>({
    id: 'actions',
    label: 'Actions; press Enter to inspect one',
    role: 'listbox',
    rowHeight: ROW_HEIGHT,
    key: (entry) => String(entry.seq),
    create: () => createRow(state),
    onActivate: (entry) => state.inspect(entry),
  });
  place.append(list.element);
  let seen = '';
  return {
    update() {
      const { view } = state;
      if (!view || seen === `${view.id} ${view.revision}`) return;
      seen = `${view.id} ${view.revision}`;
      const { actions } = view;
      section.hidden = actions.length === 0;
      setText(counter, String(actions.length));
      setStyle(list.element, {
        height: `${Math.min(actions.length, MOST_ROWS_IN_SIGHT) * ROW_HEIGHT + 2}px`,
      });
      list.setItems(actions);
    },
  };
}

function createRow(state: State): Kept<ReceivedEvent> {
  const time = el('span', { class: 'action-time' });
  const type = el('span', { class: 'tag' });
  const name = el('span', { class: 'action-name' });
  const marks = el('span', { class: 'action-marks' });
  const facts = el('span', { class: 'action-facts' });
  const element = el('div', { class: 'action-row' }, time, type, name, marks, facts);
  const update = ({ event }: ReceivedEvent) => {
    const ms = (numberAt(event, 'date') ?? 0) - (state.view?.startedAt ?? 0);
    setText(time, duration(ms * NS_PER_MS));
    setText(type, textAt(event, 'action.type') ?? 'action');
    setText(name, actionName(event));
    setText(facts, factsOf(event));
    const words = frustrations(event).map((word) => word.replaceAll('_', ' '));
    if (marks.childElementCount !== words.length) {
      marks.replaceChildren(...words.map((word) => el('span', { class: 'badge is-error' }, word)));
    }
  };
  return { element, update };
}

function factsOf(event: ReceivedEvent['event']): string {
  const ns = numberAt(event, 'action.loading_time');
  const counts = (['resource', 'error', 'long_task'] as const).flatMap((kind) => {
    const count = numberAt(event, `action.${kind}.count`) ?? 0;
    return count > 0 ? [`${count} ${kind.replace('_', ' ')}${count === 1 ? '' : 's'}`] : [];
  });
  return [...counts, ns === undefined ? '' : duration(ns)].filter(Boolean).join(' · ');
}
