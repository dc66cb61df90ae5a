import { byId, setAttribute, setText } from './dom.ts';
import { count, plural } from './format.ts';
import type { Connection, Panel, State } from './state.ts';

const WORDS: Readonly<Record<Connection, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  lost: 'Reconnecting',
};

/** Connection, counters and what applies to everything. */
export function createTopbar(state: State, search: (query: string) => void): Panel {
  const status = byId('status');
  const pause = byId('pause');
  byId('show-violations').addEventListener('click', () => search('is:violation'));
  byId('show-rejected').addEventListener('click', () => search('is:rejected'));
  byId('clear').addEventListener('click', () => void clear(state));
  pause.addEventListener('click', () => (state.paused ? state.resume() : state.pause()));
  return {
    update() {
      const { model } = state;
      setAttribute(status, 'data-state', state.paused ? 'paused' : state.connection);
      setText(byId('status-text'), statusText(state));
      showCount('events', model.events);
      showCount('sessions', model.sessions.size);
      showCount('violations', model.violations);
      setText(byId('count-rejected'), count(model.rejected));
      setAttribute(byId('show-violations'), 'data-some', model.violations > 0 ? '' : undefined);
      setAttribute(byId('show-rejected'), 'data-some', model.rejected > 0 ? '' : undefined);
      setAttribute(pause, 'aria-pressed', String(state.paused));
      setText(byId('pause-text'), state.paused ? 'Resume' : 'Pause');
      setAttribute(byId('pause-icon'), 'href', state.paused ? '#i-play' : '#i-pause');
    },
  };
}

/** `1 event`, `2 events` */
function showCount(noun: string, value: number): void {
  const number = byId(`count-${noun}`);
  setText(number, count(value));
  setText(number.nextElementSibling as Element, value === 1 ? noun.slice(0, -1) : noun);
}

function statusText(state: State): string {
  if (!state.paused) return WORDS[state.connection];
  return state.held.length > 0 ? `Paused, ${plural(state.held.length, 'message')} held` : 'Paused';
}

/** The server answers with a `cleared` message on the stream; it also reaches the other pages that are open. */
async function clear(state: State): Promise<void> {
  try {
    const response = await fetch('/clear', { method: 'POST' });
    if (!response.ok) throw new Error(String(response.status));
  } catch {
    setText(byId('announcer'), 'The intake could not be cleared');
    state.connection = 'lost';
    state.changed();
  }
}
