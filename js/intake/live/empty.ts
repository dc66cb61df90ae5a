import { copy } from './copy.ts';
import { byId, setText } from './dom.ts';
import type { Panel, State } from './state.ts';

/** Before the first event: how to point an SDK here. */
export function createEmptyState(state: State): Panel {
  const snippet = snippetFor(location.origin);
  setText(byId('empty-url'), location.origin);
  setText(byId('empty-snippet'), snippet);
  const button = byId('empty-copy');
  button.addEventListener('click', () => void copy(snippet, button));
  let wasEmpty: boolean | undefined;
  return {
    update() {
      const isEmpty = state.model.entries.length === 0;
      if (isEmpty === wasEmpty) return;
      wasEmpty = isEmpty;
      byId('empty').hidden = !isEmpty;
      byId('main').hidden = isEmpty;
    },
  };
}

export function snippetFor(origin: string): string {
  return [
    "import { ferrum } from 'ferrum-rum';",
    '',
    'ferrum.init({',
    "  applicationId: '00000000-0000-4000-8000-000000000000',",
    "  clientToken: 'local',",
    `  proxy: '${origin}',`,
    '});',
  ].join('\n');
}
