import type { StreamMessage } from '../stream.ts';
import { Deliveries } from './delivery.ts';
import { FlagTally } from './flags.ts';
import { textAt } from './read.ts';
import type { Entry } from './summary.ts';
import { View } from './view.ts';

export interface Session {
  id: string;
  /** In order of their first event. */
  views: View[];
  startedAt: number;
  user: string | undefined;
}

export interface Limits {
  entries: number;
  views: number;
}

const LIMITS: Limits = { entries: 10_000, views: 500 };

/** Everything that was received and is still kept. Knows nothing of the page that shows it. */
export class Model {
  /** Goes up with every change. */
  revision = 0;
  /** Goes up when entries were taken away, as opposed to added at the end. */
  epoch = 0;
  entries: Entry[] = [];
  events = 0;
  violations = 0;
  rejected = 0;
  readonly views = new Map<string, View>();
  readonly sessions = new Map<string, Session>();
  flags = new FlagTally();
  deliveries = new Deliveries();
  readonly #limits: Limits;

  constructor(limits: Limits = LIMITS) {
    this.#limits = limits;
  }

  apply(message: StreamMessage): void {
    if (message.kind === 'cleared') this.clear();
    else if (this.#isNew(message)) this.#add(message);
  }

  clear(): void {
    this.revision += 1;
    this.epoch += 1;
    this.entries = [];
    this.events = 0;
    this.violations = 0;
    this.rejected = 0;
    this.views.clear();
    this.sessions.clear();
    this.flags = new FlagTally();
    this.deliveries = new Deliveries();
  }

  find(seq: number): Entry | undefined {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle]?.seq ?? 0) < seq) low = middle + 1;
      else high = middle;
    }
    const found = this.entries[low];
    return found?.seq === seq ? found : undefined;
  }

  /** Each connection begins with the history, and a restarted server counts from 1 again. */
  #isNew(entry: Entry): boolean {
    const last = this.entries.at(-1);
    if (!last || entry.seq > last.seq) return true;
    const oldest = this.entries[0] ?? last;
    if (entry.seq < oldest.seq && entry.receivedAt <= oldest.receivedAt) return false;
    if (this.find(entry.seq)?.receivedAt === entry.receivedAt) return false;
    this.clear();
    return true;
  }

  #add(entry: Entry): void {
    this.revision += 1;
    this.entries.push(entry);
    this.deliveries.add(entry);
    if (entry.kind === 'rejected') {
      this.rejected += 1;
    } else {
      this.events += 1;
      this.violations += entry.violations.length;
      if (entry.track === 'exposures') this.flags.exposed(entry.event);
      else this.#addToView(entry);
    }
    this.#forgetOldest();
  }

  #addToView(entry: Extract<Entry, { kind: 'event' }>): void {
    const viewId = textAt(entry.event, 'view.id');
    const sessionId = textAt(entry.event, 'session.id');
    if (entry.track !== 'rum' || !viewId || !sessionId || entry.event.type === 'telemetry') return;
    let view = this.views.get(viewId);
    if (!view) {
      view = new View(viewId, sessionId, entry);
      this.views.set(viewId, view);
      this.#sessionOf(view).views.push(view);
      if (this.views.size > this.#limits.views) this.#forgetOldestView();
    }
    view.add(entry);
    this.flags.carried(entry.event, viewId, sessionId);
    const session = this.#sessionOf(view);
    session.startedAt = Math.min(session.startedAt, view.startedAt);
    session.user ??= textAt(entry.event, 'usr.name') ?? textAt(entry.event, 'usr.id');
  }

  #sessionOf(view: View): Session {
    let session = this.sessions.get(view.sessionId);
    if (!session) {
      session = { id: view.sessionId, views: [], startedAt: view.startedAt, user: undefined };
      this.sessions.set(view.sessionId, session);
    }
    return session;
  }

  /** In steps of a tenth, so that not every event pays for it. */
  #forgetOldest(): void {
    const limit = this.#limits.entries;
    if (this.entries.length < limit * 1.1) return;
    const forgotten = this.entries.splice(0, this.entries.length - limit);
    const seq = forgotten.at(-1)?.seq ?? 0;
    for (const view of this.views.values()) view.forgetUpTo(seq);
    this.epoch += 1;
  }

  #forgetOldestView(): void {
    const oldest = this.views.values().next();
    if (oldest.done) return;
    const view = oldest.value;
    this.views.delete(view.id);
    const session = this.#sessionOf(view);
    session.views = session.views.filter((kept) => kept !== view);
    if (session.views.length === 0) this.sessions.delete(session.id);
  }
}
