import { el, icon, type Kept, setAttribute, setStyle, setText } from './dom.ts';
import { clock, plural, shortId } from './format.ts';
import { VirtualList } from './list.ts';
import type { Session } from './model.ts';
import type { Panel, State } from './state.ts';
import type { View } from './view.ts';
import { readVital, VITALS } from './vitals.ts';

type Item = { key: string; session: Session; view: View | undefined };

const ROW_HEIGHT = 48;
const SHOWN_VITALS = VITALS.slice(0, 3);

/** Sessions and their views, newest first. */
export function createSessionsPanel(state: State, place: HTMLElement, follow: HTMLElement): Panel {
  const closed = new Set<string>();
  let seen = -1;

  const list = new VirtualList<Item>({
    id: 'views',
    label: 'Sessions and views',
    role: 'tree',
    rowHeight: ROW_HEIGHT,
    key: (item) => item.key,
    create: () => createRow(closed),
    onMove: (item) => item.view && state.selectView(item.view.id),
    onActivate: (item) => !item.view && toggle(item.session.id, !closed.has(item.session.id)),
    onKey: (event, item) => pressed(event.key, item),
  });
  place.append(list.element);
  follow.addEventListener('click', () => state.followViews());

  function toggle(sessionId: string, close: boolean): void {
    if (close) closed.add(sessionId);
    else closed.delete(sessionId);
    seen = -1;
    state.changed();
  }

  function pressed(key: string, item: Item): boolean {
    if (key !== 'ArrowLeft' && key !== 'ArrowRight') return false;
    if (item.view && key === 'ArrowLeft') list.setCurrent(`s-${item.session.id}`, true);
    if (!item.view) toggle(item.session.id, key === 'ArrowLeft');
    return true;
  }

  return {
    update() {
      setAttribute(follow, 'aria-pressed', String(state.followsViews));
      const isMoved = state.viewId !== undefined && list.current !== state.viewId;
      if (isMoved && (state.followsViews || !list.current?.startsWith('s-'))) {
        list.setCurrent(state.viewId);
      }
      if (seen === state.model.revision) return;
      seen = state.model.revision;
      list.setItems(toItems(state.model.sessions, closed));
    },
  };
}

function toItems(sessions: ReadonlyMap<string, Session>, closed: ReadonlySet<string>): Item[] {
  return [...sessions.values()].reverse().flatMap((session) => {
    const head = { key: `s-${session.id}`, session, view: undefined };
    if (closed.has(session.id)) return [head];
    const views = session.views.map((view) => ({ key: view.id, session, view }));
    return [head, ...views.reverse()];
  });
}

function createRow(closed: ReadonlySet<string>): Kept<Item> {
  const marker = el('span', { class: 'view-marker', 'aria-hidden': true }, icon('chevron'));
  const title = el('span', { class: 'view-title' });
  const time = el('span', { class: 'view-time' });
  const facts = el('span', { class: 'view-facts' });
  const badges = el('span', { class: 'view-badges' });
  const element = el('div', { class: 'view-row' }, marker, title, time, facts, badges);
  let seen: unknown;

  const showSession = (session: Session) => {
    const isClosed = closed.has(session.id);
    setText(title, session.user ?? `Session ${shortId(session.id)}`);
    setText(time, clock(session.startedAt));
    setText(facts, session.user ? shortId(session.id) : '');
    setText(badges, plural(session.views.length, 'view'));
    setAttribute(element, 'aria-level', '1');
    setAttribute(element, 'aria-expanded', String(!isClosed));
    setAttribute(element, 'data-row', 'session');
  };
  const showView = (view: View) => {
    if (seen === view.revision) return;
    seen = view.revision;
    setText(title, view.title);
    setAttribute(title, 'title', view.url);
    setText(time, clock(view.startedAt));
    facts.replaceChildren(...vitalMarks(view));
    badges.replaceChildren(...viewBadges(view));
    setAttribute(element, 'aria-level', '2');
    setAttribute(element, 'data-row', view.isActive ? 'active' : 'ended');
  };
  setStyle(element, { height: `${ROW_HEIGHT}px` });
  return { element, update: ({ session, view }) => (view ? showView(view) : showSession(session)) };
}

function vitalMarks(view: View): HTMLElement[] {
  return SHOWN_VITALS.flatMap((rule) => {
    const vital = readVital(rule, view.state);
    if (!vital) return [];
    return [
      el(
        'span',
        {
          class: 'mini-vital',
          'data-rating': vital.rating,
          title: `${rule.title}: ${vital.rating}`,
        },
        el('span', { class: 'mini-vital-name' }, rule.name),
        vital.text,
      ),
    ];
  });
}

function viewBadges(view: View): HTMLElement[] {
  const badges: HTMLElement[] = [];
  const errors = view.errors.length;
  if (errors > 0) {
    badges.push(el('span', { class: 'badge is-error', title: plural(errors, 'error') }, errors));
  }
  if (view.violations > 0) {
    const title = `${plural(view.violations, 'event')} breaking the schema`;
    badges.push(el('span', { class: 'badge is-violation', title }, icon('alert'), view.violations));
  }
  return badges;
}
