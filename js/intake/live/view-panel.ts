import { el, icon, setAttribute, setText } from './dom.ts';
import { variantName } from './flags.ts';
import { clock, duration, plural, shortId } from './format.ts';
import { type Json, numberAt, objectAt, textAt } from './read.ts';
import type { Panel, State } from './state.ts';
import type { View } from './view.ts';

/** What the selected view is: name, address, state, facts and variants. */
export function createViewPanel(state: State, place: HTMLElement): Panel {
  const title = el('h2', { class: 'view-name' });
  const status = el('span', { class: 'view-status' });
  const inspect = el('button', { type: 'button', class: 'button' }, icon('braces'), 'Inspect');
  const url = el('div', { class: 'view-url' });
  const facts = el('dl', { class: 'facts' });
  const variants = el('ul', { class: 'variant-chips', 'aria-label': 'Feature flags of this view' });
  place.append(el('div', { class: 'view-top' }, title, status, inspect), url, facts, variants);
  inspect.addEventListener('click', () => state.inspect(state.view?.newest));
  let seen = '';
  return {
    update() {
      const { view } = state;
      if (!view || seen === `${view.id} ${view.revision}`) return;
      if (!seen.startsWith(`${view.id} `)) (place.parentElement as HTMLElement).scrollTop = 0;
      seen = `${view.id} ${view.revision}`;
      setText(title, view.title);
      setText(status, view.isActive ? 'active' : 'ended');
      setAttribute(status, 'data-active', String(view.isActive));
      inspect.disabled = !view.newest;
      setText(url, view.url);
      facts.replaceChildren(...factsOf(view).flatMap(toFact));
      variants.replaceChildren(...variantChips(view.state));
    },
  };
}

type Fact = readonly [term: string, text: string | undefined];

function factsOf(view: View): Fact[] {
  const { state } = view;
  const time = (path: string) => {
    const ns = numberAt(state, path);
    return ns === undefined ? undefined : duration(ns);
  };
  return [
    ['Started', clock(view.startedAt)],
    ['Type', textAt(state, 'view.loading_type')?.replaceAll('_', ' ')],
    ['Spent', time('view.time_spent')],
    ['Loading', time('view.loading_time')],
    ['DOM ready', time('view.dom_content_loaded')],
    ['Load', time('view.load_event')],
    ['Session', shortId(view.sessionId)],
    ['User', textAt(state, 'usr.id')],
    ['Service', serviceOf(state)],
    ...Object.keys(objectAt(state, 'view.custom_timings'))
      .slice(0, 8)
      .map((name): Fact => {
        const ns = objectAt(state, 'view.custom_timings')[name];
        return [name, typeof ns === 'number' ? duration(ns) : undefined];
      }),
  ];
}

function serviceOf(state: Json): string | undefined {
  const service = textAt(state, 'service');
  const version = textAt(state, 'version');
  return service && version ? `${service} ${version}` : (service ?? version);
}

function toFact([term, text]: Fact): HTMLElement[] {
  if (text === undefined) return [];
  return [el('div', { class: 'fact' }, el('dt', {}, term), el('dd', {}, text))];
}

function variantChips(state: Json): HTMLElement[] {
  const flags = Object.entries(objectAt(state, 'feature_flags'));
  const chips = flags
    .slice(0, 12)
    .map(([key, value]) =>
      el('li', { class: 'variant-chip' }, icon('flag'), key, el('b', {}, variantName(value))),
    );
  const more = flags.length - chips.length;
  if (more > 0) chips.push(el('li', { class: 'variant-chip' }, `${plural(more, 'more flag')}`));
  return chips;
}
