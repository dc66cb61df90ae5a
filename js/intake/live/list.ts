import { el, type Kept, setAttribute, setStyle } from './dom.ts';

export interface ListOptions<T> {
  id: string;
  label: string;
  role: 'listbox' | 'tree';
  rowHeight: number;
  /** Sticks to the top of the list and scrolls with its bars sideways. */
  header?: HTMLElement;
  key(item: T): string;
  create(): Kept<T>;
  /** The current row was moved by the user. */
  onMove?(item: T): void;
  /** Enter, or a click. */
  onActivate?(item: T): void;
  onKey?(event: KeyboardEvent, item: T): boolean;
  onFollow?(following: boolean): void;
}

const OVERSCAN = 6;

/**
 * A list that keeps only the rows in sight in the document. Focus stays on the list itself (`aria-activedescendant`), so
 * that a row may be recycled while it is current; the current row and the first one in sight survive every update.
 */
export class VirtualList<T> {
  readonly element: HTMLElement;
  readonly #space: HTMLElement;
  readonly #options: ListOptions<T>;
  readonly #rows = new Map<string, Kept<T>>();
  #items: readonly T[] = [];
  #current: string | undefined;
  #anchor: { key: string; index: number; offset: number } | undefined;
  #following = false;
  /** The next scroll event is of our own making. */
  #revealing = false;
  #painting = false;
  #opened = 0;
  #currentIndex = -1;
  /** As last seen: asking the element in the middle of an update would lay the page out again. */
  #top = 0;
  #height = 0;

  constructor(options: ListOptions<T>) {
    this.#options = options;
    this.#space = el('div', { class: 'list-space', role: 'presentation' });
    this.element = el(
      'div',
      {
        class: 'list',
        id: options.id,
        role: options.role,
        tabindex: 0,
        'aria-label': options.label,
      },
      options.header,
      this.#space,
    );
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#pressed(event));
    this.element.addEventListener('click', (event) => this.#clicked(event));
    new ResizeObserver(() => this.#measure()).observe(this.element);
  }

  get following(): boolean {
    return this.#following;
  }

  get current(): string | undefined {
    return this.#current;
  }

  setItems(items: readonly T[]): void {
    this.#items = items;
    setStyle(this.#space, { height: `${items.length * this.#options.rowHeight}px` });
    if (this.#following) this.#toEnd();
    else this.#restoreAnchor();
    this.#paint();
  }

  setCurrent(key: string | undefined, reveal = false): void {
    this.#current = key;
    const index = this.#indexOf(key);
    if (reveal && index >= 0) this.#reveal(index);
    this.#paint();
  }

  follow(following: boolean): void {
    if (following) this.#toEnd();
    if (following === this.#following) return;
    this.#following = following;
    this.#options.onFollow?.(following);
  }

  toTop(): void {
    this.#anchor = undefined;
    this.#scrollTo(0);
  }

  itemAt(row: Element | null): T | undefined {
    const key = row?.closest<HTMLElement>('[data-key]')?.dataset.key;
    return this.#items[this.#indexOf(key)];
  }

  rowOf(key: string | undefined): HTMLElement | undefined {
    return key === undefined ? undefined : this.#rows.get(key)?.element;
  }

  /** Most often an item is where it was. */
  #indexOf(key: string | undefined, guess = this.#currentIndex): number {
    if (key === undefined) return -1;
    const keyOf = this.#options.key;
    const guessed = this.#items[guess];
    if (guessed !== undefined && keyOf(guessed) === key) return guess;
    return this.#items.findIndex((item) => keyOf(item) === key);
  }

  #measure(): void {
    this.#height = this.element.clientHeight;
    if (this.#following) this.#toEnd();
    this.#schedule();
  }

  #scrolled(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    this.#top = scrollTop;
    if (this.#options.onFollow && !this.#revealing) {
      this.follow(scrollTop + clientHeight >= scrollHeight - 4);
    }
    this.#revealing = false;
    this.#keepAnchor();
    this.#schedule();
  }

  #keepAnchor(): void {
    const { rowHeight, key } = this.#options;
    const index = Math.floor(this.#top / rowHeight);
    const item = this.#items[index];
    this.#anchor =
      item === undefined || this.#top === 0
        ? undefined
        : { key: key(item), index, offset: this.#top - index * rowHeight };
  }

  #restoreAnchor(): void {
    const anchor = this.#anchor;
    if (!anchor) return;
    const index = this.#indexOf(anchor.key, anchor.index);
    if (index < 0 || index === anchor.index) return;
    anchor.index = index;
    this.#scrollTo(index * this.#options.rowHeight + anchor.offset);
  }

  #toEnd(): void {
    const { rowHeight, header } = this.#options;
    const whole = this.#items.length * rowHeight + (header?.offsetHeight ?? 0);
    this.#scrollTo(Math.max(0, whole - this.#height));
  }

  #scrollTo(top: number): void {
    if (Math.abs(top - this.#top) < 1) return;
    this.#top = top;
    this.element.scrollTop = top;
  }

  #schedule(): void {
    if (this.#painting) return;
    this.#painting = true;
    requestAnimationFrame(() => {
      this.#painting = false;
      this.#paint();
    });
  }

  #paint(): void {
    const { key } = this.#options;
    const wanted = new Set<string>();
    for (const index of this.#inSight()) {
      const item = this.#items[index] as T;
      const itemKey = key(item);
      wanted.add(itemKey);
      const row = this.#rows.get(itemKey) ?? this.#open(itemKey);
      this.#place(row.element, index, itemKey === this.#current);
      row.update(item);
    }
    for (const [rowKey, row] of this.#rows) {
      if (wanted.has(rowKey)) continue;
      row.element.remove();
      this.#rows.delete(rowKey);
    }
    const current = this.rowOf(this.#current);
    setAttribute(this.element, 'aria-activedescendant', current?.id);
  }

  #inSight(): Set<number> {
    const { rowHeight } = this.#options;
    const first = Math.floor(this.#top / rowHeight) - OVERSCAN;
    const last = first + Math.ceil(this.#height / rowHeight) + 2 * OVERSCAN;
    const indices = new Set<number>();
    const end = Math.min(last, this.#items.length - 1);
    for (let index = Math.max(0, first); index <= end; index += 1) indices.add(index);
    this.#currentIndex = this.#indexOf(this.#current);
    if (this.#currentIndex >= 0) indices.add(this.#currentIndex);
    return indices;
  }

  #open(key: string): Kept<T> {
    const made = this.#options.create();
    const row = made.element;
    row.classList.add('list-row');
    row.dataset.key = key;
    row.id = `${this.#options.id}-row-${this.#opened++}`;
    row.setAttribute('role', this.#options.role === 'tree' ? 'treeitem' : 'option');
    this.#rows.set(key, made);
    this.#space.append(row);
    return made;
  }

  #place(row: HTMLElement, index: number, isCurrent: boolean): void {
    setStyle(row, { transform: `translateY(${index * this.#options.rowHeight}px)` });
    setAttribute(row, 'aria-selected', String(isCurrent));
    setAttribute(row, 'aria-setsize', String(this.#items.length));
    setAttribute(row, 'aria-posinset', String(index + 1));
  }

  #clicked(event: MouseEvent): void {
    const item = this.itemAt(event.target as Element);
    if (item === undefined) return;
    this.#moveTo(this.#options.key(item), item);
    this.#options.onActivate?.(item);
  }

  #pressed(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || this.#items.length === 0) return;
    const from = this.#indexOf(this.#current);
    const here = this.#items[from];
    if (here !== undefined && this.#options.onKey?.(event, here)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && here !== undefined) {
      event.preventDefault();
      this.#options.onActivate?.(here);
      return;
    }
    const to = this.#target(event.key, from);
    if (to === undefined) return;
    event.preventDefault();
    const item = this.#items[to] as T;
    this.#reveal(to);
    this.#moveTo(this.#options.key(item), item);
  }

  #target(key: string, from: number): number | undefined {
    const last = this.#items.length - 1;
    const page = Math.max(1, Math.floor(this.#height / this.#options.rowHeight) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: 1,
      ArrowUp: -1,
      PageDown: page,
      PageUp: -page,
      Home: -Infinity,
      End: Infinity,
    };
    const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
    if (step === undefined) return undefined;
    if (from < 0) return this.#firstTarget(step, last);
    return Math.min(last, Math.max(0, from + step));
  }

  /** Without a current row, the keys start from what is in sight. */
  #firstTarget(step: number, last: number): number {
    if (Math.abs(step) === Infinity) return step < 0 ? 0 : last;
    const top = Math.ceil(this.#top / this.#options.rowHeight);
    return this.#following ? last : Math.min(last, top);
  }

  #moveTo(key: string, item: T): void {
    this.#current = key;
    this.follow(false);
    this.#paint();
    this.#options.onMove?.(item);
  }

  #reveal(index: number): void {
    const { rowHeight, header } = this.#options;
    const room = this.#height - (header?.offsetHeight ?? 0);
    const top = index * rowHeight;
    const before = this.#top;
    if (top < before) this.#scrollTo(top);
    else if (top + rowHeight > before + room) this.#scrollTo(top + rowHeight - room);
    this.#revealing = this.#top !== before;
    this.#keepAnchor();
  }
}
