/**
 * Pointers and keys that click, as references and numbers. The target is described after the next
 * paint, which is what the user waits for, but before the page's own `click` listeners can change it.
 */

import { guard } from '../guard.ts';
import type { ActivityObserver, Input } from './activity.ts';
import { keepContext } from './domain-context.ts';
import { isTrusted, type Listening } from './listen.ts';

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

/** Bits of what is to be ignored, as `Description::ignored` in `src/action/click.rs`. */
const IGNORE_DEAD = 2;

/** Every bit: nothing is told before the first gesture. */
const ALL = 7;

/**
 * What may well answer a click without any activity, with all that is in it (browser-rum-core 7.16,
 * `DEAD_CLICK_EXCLUDE_SELECTOR`).
 */
const NEVER_DEAD =
  'input:not([type=checkbox],[type=radio],[type=button],[type=submit],[type=reset],[type=range]),' +
  'textarea,select,canvas,[contenteditable],a[href]';

export interface TargetDescription {
  name: string;
  nameSource: string;
  selector?: string | undefined;
  composedPathSelector?: string | undefined;
  width: number;
  height: number;
}

/** `target` is the first of the event's `composedPath()`. */
export interface Targets {
  /** `undefined` for an element that nobody may know of. */
  describe(target: Element, path: EventTarget[]): TargetDescription | undefined;
  /** The frustrations that the page wants to be ignored: rage (1), dead (2), error (4), added up. */
  ignored(target: Element, path: EventTarget[]): number | undefined;
}

interface Gesture {
  target: Element;
  path: EventTarget[];
  position: { x: number; y: number } | undefined;
  /** Filled when it becomes a click, which may be after the target was described. */
  events: Event[];
}

/** The result describes at once what is to be described: call it before a view ends or is hidden. */
export function observeClicks(
  { listen, guarded }: Listening,
  activity: Pick<ActivityObserver, 'reach'>,
  input: Input,
  { describe, ignored }: Targets,
  allowsUntrusted?: boolean,
): () => void {
  const numbers = new WeakMap<Element, number>();
  let lastNumber = 0;
  let gesture: Gesture | undefined;
  let events: Event[] = [];
  let seen = ALL;
  let hadSelection = false;
  let isRepeated = false;
  let lastPointerClick = 0;
  let scriptedTarget: Element | undefined;

  const numberOf = (target: Element) => {
    const number = numbers.get(target) ?? ++lastNumber;
    numbers.set(target, number);
    return number;
  };
  const flush = () => {
    if (!gesture) return;
    const { target, path, position, events } = gesture;
    gesture = undefined;
    const known = describe(target, path);
    const token = known && keepContext({ events });
    const strings = known ? [known.name, detailsOf(known, position, token)] : [];
    const bits = (ignored(target, path) ?? 0) | (isNeverDead(target) ? IGNORE_DEAD : 0);
    input(DESCRIBED, performance.now(), [bits], strings);
  };
  const begin = (event: MouseEvent, target: Element, position?: Gesture['position']) => {
    flush();
    seen = 0;
    hadSelection = isSelected();
    input(POINTER_DOWN, event.timeStamp, [], []);
    const path = event.composedPath();
    activity.reach(path);
    events = [];
    gesture = { target, path, position, events };
  };
  const end = (event: MouseEvent, target: Element) => {
    events.push(event);
    input(POINTER_UP, event.timeStamp, [numberOf(target), event.clientX, event.clientY], []);
  };
  const see = (bit: number, at: number) => {
    if (seen & bit) return;
    seen |= bit;
    input(USER_ACTIVITY, at, [bit], []);
  };
  const on = <E extends Event>(type: string, take: (event: E, target: Element) => void) => {
    listen<E>(window, [type], (event) => {
      if (isTrusted(event) || allowsUntrusted) take(event, event.composedPath()[0] as Element);
    });
  };
  /** Of several fingers the first one clicks. */
  const onPointer = (type: string, take: (event: PointerEvent, target: Element) => void) => {
    on<PointerEvent>(type, (event, target) => {
      if (event.isPrimary !== false && target instanceof Element) take(event, target);
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
  onPointer('pointerup', (event, target) => {
    end(event, target);
    // The click that a script dispatches next may have no `detail`.
    if (!event.isTrusted) scriptedTarget = target;
  });
  on<KeyboardEvent>('keydown', ({ repeat }) => {
    isRepeated = repeat;
  });
  on<MouseEvent>('click', (event, target) => {
    const { detail, timeStamp } = event;
    // Keys and assistive technology click without a pointer; so do labels, for their control, in
    // the click of the pointer, whose time they take over.
    if (detail || target === scriptedTarget) lastPointerClick = timeStamp;
    else if (timeStamp > lastPointerClick && !isRepeated) {
      begin(event, target);
      end(event, target);
    }
    scriptedTarget = undefined;
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
  return getSelection()?.isCollapsed === false;
}

/** `_dd.action`, in which the extras look for the token: the engine knows clicks by other numbers. */
function detailsOf(
  known: TargetDescription,
  position: Gesture['position'],
  token: number | undefined,
): string {
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
    token: token || undefined,
  });
}

/** Guarded, as fields hide what a form has by the name of theirs. */
const isNeverDead = guard((target: Element): boolean => {
  const control = target.closest('label')?.control ?? target;
  return !!control.closest(NEVER_DEAD);
});
