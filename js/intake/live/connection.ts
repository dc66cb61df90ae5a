import type { StreamMessage } from '../stream.ts';
import type { State } from './state.ts';

/** The browser reconnects by itself; the model drops what it already has. */
export function connect(state: State, url: string): void {
  const source = new EventSource(url);
  source.addEventListener('open', () => {
    state.connection = 'live';
    state.changed();
  });
  source.addEventListener('error', () => {
    state.connection = 'lost';
    state.changed();
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(() => connect(state, url), 2000);
  });
  source.addEventListener('message', (event) => {
    state.receive(JSON.parse(String(event.data)) as StreamMessage);
  });
}
