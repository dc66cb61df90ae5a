import type { ReceivedEvent } from '../stream.ts';
import { el, icon, type Kept, Keyed, setText } from './dom.ts';
import { duration } from './format.ts';
import { numberAt, textAt } from './read.ts';
import { renderError } from './stack-panel.ts';
import type { Panel, State } from './state.ts';

const MOST_ERRORS = 100;
const NS_PER_MS = 1e6;

/** The errors of the selected view, newest first, each with its stack folded away. */
export function createErrorsPanel(state: State, section: HTMLElement, place: HTMLElement): Panel {
  const counter = section.querySelector('.section-count') as HTMLElement;
  const keyed = new Keyed<ReceivedEvent>(
    place,
    (entry) => String(entry.seq),
    (entry) => createCard(state, entry),
  );
  place.addEventListener('keydown', moveBetweenSummaries);
  let seen = '';
  return {
    update() {
      const { view } = state;
      if (!view || seen === `${view.id} ${view.revision}`) return;
      seen = `${view.id} ${view.revision}`;
      section.hidden = view.errors.length === 0;
      setText(counter, String(view.errors.length));
      keyed.update(view.errors.slice(-MOST_ERRORS).reverse());
    },
  };
}

function createCard(state: State, entry: ReceivedEvent): Kept<ReceivedEvent> {
  const { event } = entry;
  const inspect = el(
    'button',
    { type: 'button', class: 'button is-small' },
    icon('braces'),
    'Inspect',
  );
  inspect.addEventListener('click', () => state.inspect(entry));
  const time = el('span', { class: 'error-time' });
  const tags = ['error.handling', 'error.source'].flatMap((path) => textAt(event, path) ?? []);
  const summary = el(
    'summary',
    { class: 'error-summary' },
    icon('chevron'),
    el('span', { class: 'error-type' }, textAt(event, 'error.type') ?? 'Error'),
    el('span', { class: 'error-message' }, textAt(event, 'error.message') ?? 'no message'),
    ...tags.map((tag) => el('span', { class: 'tag', 'data-tag': tag }, tag)),
    time,
  );
  const element = el('details', { class: 'error' }, summary);
  // Stacks are long and most are never opened.
  element.addEventListener(
    'toggle',
    () => element.append(renderError(event), el('div', { class: 'error-foot' }, inspect)),
    { once: true },
  );
  const update = () => {
    const ms = (numberAt(event, 'date') ?? 0) - (state.view?.startedAt ?? 0);
    setText(time, `at ${duration(ms * NS_PER_MS)}`);
  };
  return { element, update };
}

function moveBetweenSummaries(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const target = event.target as HTMLElement;
  if (step === 0 || target.tagName !== 'SUMMARY') return;
  const all = [...(event.currentTarget as HTMLElement).querySelectorAll('summary')];
  const next = all[all.indexOf(target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
