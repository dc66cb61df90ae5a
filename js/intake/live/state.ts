import type { StreamMessage } from '../stream.ts';
import { Model } from './model.ts';
import type { Entry } from './summary.ts';
import type { View } from './view.ts';

export type Connection = 'connecting' | 'live' | 'lost';

/** A part of the page. `update` is called once per frame in which something changed. */
export interface Panel {
  update(): void;
}

const MOST_HELD = 10_000;
/** Messages are shown ten times a second; what the user does is shown in the next frame. */
const ARRIVAL_MS = 100;

/** What the person at the page chose, and the model it applies to. */
export class State {
  readonly model = new Model();
  connection: Connection = 'connecting';
  viewId: string | undefined;
  /** The newest view is shown until the user picks one. */
  followsViews = true;
  inspected: Entry | undefined;
  query = '';
  onlyThisView = false;
  paused = false;
  /** Messages that came while paused. */
  held: StreamMessage[] = [];
  #panels: readonly Panel[] = [];
  #scheduled = false;
  #waiting = false;

  get view(): View | undefined {
    return this.viewId === undefined ? undefined : this.model.views.get(this.viewId);
  }

  start(panels: readonly Panel[]): void {
    this.#panels = panels;
    this.changed();
  }

  receive(message: StreamMessage): void {
    if (message.kind === 'cleared') this.#clear();
    else if (this.paused) this.#hold(message);
    else this.#apply(message);
    this.#arrived();
  }

  resume(): void {
    this.paused = false;
    for (const message of this.held.splice(0)) this.#apply(message);
    this.changed();
  }

  pause(): void {
    this.paused = true;
    this.changed();
  }

  selectView(id: string): void {
    this.viewId = id;
    this.followsViews = false;
    this.changed();
  }

  followViews(): void {
    this.followsViews = true;
    this.viewId = [...this.model.views.keys()].at(-1) ?? this.viewId;
    this.changed();
  }

  inspect(entry: Entry | undefined): void {
    this.inspected = entry;
    this.changed();
  }

  #arrived(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      this.changed();
    }, ARRIVAL_MS);
  }

  /** Panels are updated in the next frame, however many messages come before it. */
  changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      for (const panel of this.#panels) panel.update();
    });
  }

  #apply(message: StreamMessage): void {
    const known = this.model.views.size;
    this.model.apply(message);
    const isNewView = this.model.views.size !== known;
    const isGone = this.viewId !== undefined && !this.view;
    if (isGone || (this.followsViews && isNewView)) this.followViews();
  }

  #hold(message: StreamMessage): void {
    this.held.push(message);
    if (this.held.length > MOST_HELD) this.held.shift();
  }

  #clear(): void {
    this.held = [];
    this.model.clear();
    this.viewId = undefined;
    this.inspected = undefined;
    this.followsViews = true;
  }
}
