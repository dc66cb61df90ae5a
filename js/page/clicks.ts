/**
 * Pointers and keys that click, as references and numbers. The target is described after the next
 * paint, which is what the user waits for, but before the page's own `click` listeners can change it.
 */

import type { ActivityObserver, Input } from './activity.ts';
import type { Listening } from './listen.ts';

export const POINTER_DOWN = 0;
/** Numbers: number of the target, `clientX`, `clientY`. */
export const POINTER_UP = 1;
/**
 * Of the last `POINTER_DOWN`. Numbers: what is ignored. Strings: name and JSON of `_dd.action`; none
 * when nobody may know of it.
 */
export const DESCRIBED = 2;
/** Numbers: what the user did since the last `POINTER_DOWN`. */
export const USER_ACTIVITY = 3;

const SELECTION = 1;
const INPUT = 2;
const SCROLL = 4;

const IGNORE_ATTRIBUTE = 'data-dd-ignore-frustration';
/** The bits of `Description::ignored` in `src/action/click.rs`, in order. */
const IGNORABLE = ['rage-click', 'dead-click', 'error-click'];
const IGNORE_DEAD = 2;
const IGNORE_ALL = 7;

/** Elements that may well answer a click without any activity (browser-rum-core 7.16, `computeFrustration`). */
const NEVER_DEAD = `input${['checkbox', 'radio', 'button', 'submit', 'reset', 'range']
  .map((type) => `:not([type=${type}])`)
  .join('')},textarea,select,canvas,[contenteditable],[contenteditable] *,a[href],a[href] *`;

export interface TargetDescription {
  name: string;
  nameSource: string;
  selector?: string | undefined;
  composedPathSelector?: string | undefined;
  width: number;
  height: number;
}

/** `undefined` for an element that nobody may know of. */
export type Describe = (target: Element, path: EventTarget[]) => TargetDescription | undefined;

type MaybeTrusted = Event & { __ddIsTrusted?: boolean };

interface Gesture {
  target: Element;
  path: EventTarget[];
  position: { x: number; y: number } | undefined;
}

/** The result describes at once what is to be described: call it before a view ends or is hidden. */
export function observeClicks(
  { listen, guarded }: Listening,
  activity: Pick<ActivityObserver, 'reach'>,
  input: Input,
  describe: Describe,
  allowsUntrusted?: boolean,
): () => void {
  const numbers = new WeakMap<Element, number>();
  let lastNumber = 0;
  let gesture: Gesture | undefined;
  let seen = IGNORE_ALL;
  let hadSelection = false;
  let isRepeated = false;
  let lastPointerClick = 0;

  const numberOf = (target: Element) => {
    const number = numbers.get(target) ?? ++lastNumber;
    numbers.set(target, number);
    return number;
  };
  const flush = () => {
    if (!gesture) return;
    const { target, path, position } = gesture;
    gesture = undefined;
    const known = describe(target, path);
    const strings = known ? [known.name, detailsOf(known, position)] : [];
    input(DESCRIBED, performance.now(), [ignoredOn(target, path)], strings);
  };
  const begin = (event: MouseEvent, target: Element, position?: Gesture['position']) => {
    flush();
    seen = 0;
    hadSelection = isSelected();
    input(POINTER_DOWN, event.timeStamp, [], []);
    const path = event.composedPath();
    activity.reach(path);
    gesture = { target, path, position };
  };
  const end = (event: MouseEvent, target: Element) => {
    input(POINTER_UP, event.timeStamp, [numberOf(target), event.clientX, event.clientY], []);
  };
  const see = (bit: number, at: number) => {
    if (seen & bit) return;
    seen |= bit;
    input(USER_ACTIVITY, at, [bit], []);
  };
  const on = <E extends Event>(type: string, take: (event: E, target: Element) => void) => {
    listen<E>(window, [type], (event) => {
      if (!event.isTrusted && !(event as MaybeTrusted).__ddIsTrusted && !allowsUntrusted) return;
      take(event, event.composedPath()[0] as Element);
    });
  };
  const onPointer = (type: string, take: (event: PointerEvent, target: Element) => void) => {
    on<PointerEvent>(type, (event, target) => {
      if (target instanceof Element && event.isPrimary !== false) take(event, target);
    });
  };
  const describeSoon = guarded(flush);

  onPointer('pointerdown', (event, target) => {
    // The browser has just laid the page out to find the target: this costs nothing.
    const { left, top } = target.getBoundingClientRect();
    const position = { x: Math.round(event.clientX - left), y: Math.round(event.clientY - top) };
    begin(event, target, position);
    requestAnimationFrame(() => setTimeout(describeSoon));
  });
  onPointer('pointerup', end);
  on<KeyboardEvent>('keydown', ({ repeat }) => {
    isRepeated = repeat;
  });
  on<MouseEvent>('click', (event, target) => {
    const { detail, timeStamp } = event;
    // Keys and assistive technology click without a pointer; so do labels, for their control, in
    // the click of the pointer, whose time they take over.
    if (detail) lastPointerClick = timeStamp;
    else if (timeStamp > lastPointerClick && !isRepeated) {
      begin(event, target);
      end(event, target);
    }
    flush();
  });
  on('input', ({ timeStamp }) => see(INPUT, timeStamp));
  on('scroll', ({ timeStamp }) => see(SCROLL, timeStamp));
  on('selectionchange', ({ timeStamp }) => {
    if (hadSelection || isSelected()) see(SELECTION, timeStamp);
  });
  return flush;
}

function isSelected(): boolean {
  return !(getSelection()?.isCollapsed ?? true);
}

/** `_dd.action` */
function detailsOf(known: TargetDescription, position: Gesture['position']): string {
  const { selector, composedPathSelector, width, height, nameSource } = known;
  return JSON.stringify({
    target: {
      selector: selector || undefined,
      width: width || undefined,
      height: height || undefined,
      composed_path_selector: composedPathSelector || undefined,
    },
    position,
    name_source: nameSource,
  });
}

/** The frustrations that are none here. */
function ignoredOn(target: Element, path: EventTarget[]): number {
  const label = target.closest('label');
  let ignored = (label?.control ?? target).matches(NEVER_DEAD) ? IGNORE_DEAD : 0;
  for (const node of path) {
    const value = node instanceof Element ? node.getAttribute(IGNORE_ATTRIBUTE) : null;
    if (value === null) continue;
    const words = value.trim().split(/\s+/);
    if (words.includes('') || words.includes('all')) return IGNORE_ALL;
    IGNORABLE.forEach((word, index) => {
      if (words.includes(word)) ignored |= 1 << index;
    });
  }
  return ignored;
}
