import type { Received, Store } from './store.ts';
import type { ReceivedEvent } from './stream.ts';

const shownMessages = 20;

/** Waits for events that a test expects. */
export class Waits {
  readonly #store: Store;
  readonly #cancels = new Set<(reason: string) => void>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Resolves with the first event, past or to come, for which `predicate` holds. */
  for(predicate: (event: ReceivedEvent) => boolean, timeoutMs: number): Promise<ReceivedEvent> {
    return new Promise((resolve, reject) => {
      let seen = 0;
      const check = () => {
        for (let next = this.#store.after(seen); next; next = this.#store.after(seen)) {
          seen = next.seq;
          const event = next;
          if (event.kind === 'event' && predicate(event)) return settle(() => resolve(event));
        }
      };
      const guarded = () => {
        try {
          check();
        } catch (error) {
          settle(() => reject(error));
        }
      };
      const cancel = (reason: string) =>
        settle(() => reject(new Error(`${reason}\n${summary(this.#store.messages)}`)));
      const settle = (end: () => void) => {
        clearTimeout(timer);
        unsubscribe();
        this.#cancels.delete(cancel);
        end();
      };
      const timer = setTimeout(() => cancel(`no such event within ${timeoutMs} ms`), timeoutMs);
      const unsubscribe = this.#store.onChange(guarded);
      this.#cancels.add(cancel);
      guarded();
    });
  }

  /** Rejects every wait. */
  cancel(reason: string): void {
    for (const cancel of [...this.#cancels]) cancel(reason);
  }
}

function summary(messages: readonly Received[]): string {
  if (messages.length === 0) return 'nothing has arrived';
  const lines = messages.slice(-shownMessages).map((message) => `  ${describe(message)}`);
  const omitted = messages.length - lines.length;
  const note = omitted > 0 ? `, of which the last ${shownMessages}` : '';
  return [`${messages.length} arrived${note}:`, ...lines].join('\n');
}

function describe(message: Received): string {
  if (message.kind === 'rejected') {
    return `#${message.seq} ${message.track} rejected line ${message.line}: ${message.reason}`;
  }
  const { seq, track, event, violations } = message;
  const type = typeof event.type === 'string' ? ` ${event.type.slice(0, 40)}` : '';
  const text = JSON.stringify(event).slice(0, 200);
  const faults = violations.length > 0 ? ` (${violations.length} violations)` : '';
  return `#${seq} ${track}${type}${faults} ${text}`;
}
