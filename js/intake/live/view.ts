import { type FoldedView, foldView, viewId } from '../fold.ts';
import type { ReceivedEvent } from '../stream.ts';
import { at, type Json, numberAt, textAt } from './read.ts';
import { viewTitle } from './summary.ts';

/** One view of a page: its newest state and the events that happened in it, in order of arrival. */
export class View {
  /** Goes up with every change, so that a panel can tell whether it is out of date. */
  revision = 0;
  /** The newest state; empty before the first view event, since children may arrive first. */
  state: Json = {};
  /** The view event that came last, for the inspector. */
  newest: ReceivedEvent | undefined;
  startedAt: number;
  #folded: FoldedView | undefined;
  lastSeq = 0;
  violations = 0;
  readonly resources: ReceivedEvent[] = [];
  readonly errors: ReceivedEvent[] = [];
  readonly actions: ReceivedEvent[] = [];
  readonly longTasks: ReceivedEvent[] = [];
  readonly vitals: ReceivedEvent[] = [];

  constructor(
    readonly id: string,
    readonly sessionId: string,
    first: ReceivedEvent,
  ) {
    this.startedAt = numberAt(first.event, 'date') ?? first.receivedAt;
  }

  get title(): string {
    return viewTitle(this.state);
  }

  get url(): string {
    return textAt(this.state, 'view.url') ?? '';
  }

  get isActive(): boolean {
    return at(this.state, 'view.is_active') !== false;
  }

  get hasState(): boolean {
    return this.newest !== undefined;
  }

  add(entry: ReceivedEvent): void {
    this.revision += 1;
    this.lastSeq = entry.seq;
    if (entry.violations.length > 0) this.violations += 1;
    const type = entry.event.type;
    if (type === 'view' || type === 'view_update') this.#fold(entry);
    else {
      this.#listOf(type)?.push(entry);
      if (!this.hasState) this.#startNoLaterThan(entry);
    }
  }

  /** Drops the events up to `seq`; the state stays. */
  forgetUpTo(seq: number): void {
    for (const list of this.#lists()) {
      const kept = list.findIndex((entry) => entry.seq > seq);
      const dropped = list.splice(0, kept < 0 ? list.length : kept);
      if (dropped.length > 0) this.revision += 1;
    }
  }

  /** A view without a version breaks the schema and cannot be folded: shown as it is until a sound one comes. */
  #fold(entry: ReceivedEvent): void {
    if (viewId(entry.event) !== undefined) this.#folded = foldView(this.#folded, entry.event);
    this.state = this.#folded?.event ?? entry.event;
    this.newest = entry;
    this.startedAt = numberAt(this.state, 'date') ?? this.startedAt;
  }

  /** Only a view event says when its view started; until one comes, its earliest child must do. */
  #startNoLaterThan(entry: ReceivedEvent): void {
    this.state = entry.event;
    this.startedAt = Math.min(this.startedAt, numberAt(entry.event, 'date') ?? this.startedAt);
  }

  #listOf(type: unknown): ReceivedEvent[] | undefined {
    if (type === 'resource') return this.resources;
    if (type === 'error') return this.errors;
    if (type === 'action') return this.actions;
    if (type === 'long_task') return this.longTasks;
    return type === 'vital' ? this.vitals : undefined;
  }

  #lists(): ReceivedEvent[][] {
    return [this.resources, this.errors, this.actions, this.longTasks, this.vitals];
  }
}
