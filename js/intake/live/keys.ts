import { byId } from './dom.ts';
import { closeInspector } from './inspector.ts';
import type { State } from './state.ts';

/** Keys that work anywhere on the page. */
export function startKeys(state: State): void {
  const filter = byId('filter') as HTMLInputElement;
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.key === 'Escape') return leave(state, filter, event);
    if (isTyping(event.target)) return;
    if (event.key === '/') {
      event.preventDefault();
      byId('tab-events').click();
      filter.focus();
      filter.select();
    }
    if (event.key === 'p') byId('pause').click();
  });
}

function leave(state: State, filter: HTMLInputElement, event: KeyboardEvent): void {
  if (event.target === filter && filter.value !== '') {
    filter.value = '';
    filter.dispatchEvent(new Event('input'));
  } else if (state.inspected) {
    closeInspector(state);
  } else if (document.activeElement instanceof HTMLElement) {
    byId('resource-card').hidden = true;
    if (document.activeElement === filter) byId('events').focus();
  }
  event.preventDefault();
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
}
