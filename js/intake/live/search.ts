import { byId, setAttribute } from './dom.ts';
import type { State } from './state.ts';

const TYPING_MS = 120;

/** The filter box and its neighbours. Gives back how to set the filter from elsewhere. */
export function startSearch(state: State, showEvents: () => void): (query: string) => void {
  const box = byId('filter') as HTMLInputElement;
  const scope = byId('scope');
  let timer: ReturnType<typeof setTimeout> | undefined;
  const apply = (query: string) => {
    state.query = query.trim();
    state.changed();
  };
  box.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => apply(box.value), TYPING_MS);
  });
  scope.addEventListener('click', () => {
    state.onlyThisView = !state.onlyThisView;
    setAttribute(scope, 'aria-pressed', String(state.onlyThisView));
    state.changed();
  });
  return (query) => {
    showEvents();
    box.value = box.value === query ? '' : query;
    apply(box.value);
    box.focus();
  };
}
