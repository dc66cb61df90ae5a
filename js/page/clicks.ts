/**
 * Pointers and keys that click, as references and numbers. The target is described and the engine is
 * told after the next paint, which is what the user waits for; a target before that, if the page's own
 * `click` listeners, which may change it, come sooner.
 */

import { guard } from '../guard.ts';
import type { ActivityObserver, Note } from './activity.ts';
import { keepContext } from './domain-context.ts';
import { afterPaint } from './frames.ts';
import { DESCRIBED, POINTER_DOWN, POINTER_UP, USER_ACTIVITY } from './kinds.ts';
import { isTrusted, type Listening } from './listen.ts';

/** Bits of what the user did since the last press. */
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
  left: number;
  top: number;
}

/** `target` is the first of the event's `composedPath()`. */
export interface Targets {
  /** `undefined` for an element that nobody may know of. */
  describe(target: Element, path: EventTarget[]): TargetDescription | undefined;
  /** The frustrations that the page wants to be ignored: rage (1), dead (2), error (4), added up. */
  ignored(target: Element, path: EventTarget[]): number | undefined;
}

interface Gesture {
  /** From the target on. */
  path: EventTarget[];
  /** Of the pointer; none of a key. */
  pointer: MouseEvent | undefined;
  /** Filled when it becomes a click, which may be after the target was described. */
  events: Event[];
}

/** When the last press was, and what of. */
let times: number[] = [];
let selector: string | undefined;

/** The selector of what was pressed or released then: an entry no longer knows an element that went with the click. */
export function selectorAt(time: number): string {
  return (times.includes(time) && selector) || '';
}

/** The result describes at once what is to be described: call it before a view ends or is hidden. */
export function observeClicks(
  { listen, guarded }: Listening,
  activity: Pick<ActivityObserver, 'observe' | 'reach'>,
  note: Note,
  tell: () => void,
  { describe, ignored }: Targets,
  allowsUntrusted?: boolean,
): () => void {
  /** Of the last click; the next one at another element has another number. */
  let lastTarget: Element | undefined;
  let number = 0;
  let gesture: Gesture | undefined;
  let events: Event[] = [];
  let seen = ALL;
  let hadSelection = isSelected();
  let isRepeated = false;
  let lastPointerClick = 0;
  let scriptedTarget: Element | undefined;

  const describeTarget = () => {
    if (!gesture) return;
    const { path, pointer, events } = gesture;
    const [target] = path as [Element];
    gesture = undefined;
    const known = describe(target, path);
    selector = known?.selector;
    const token = known && keepContext({ events });
    const strings = known ? [known.name, detailsOf(known, pointer, token)] : [];
    const bits = (ignored(target, path) ?? 0) | (isNeverDead(target) ? IGNORE_DEAD : 0);
    note(DESCRIBED, undefined, [bits], strings);
  };
  const flush = guarded(() => {
    describeTarget();
    tell();
  });
  const tellSoon = () => {
    // The engine asks for it when it is told, which is too late for what the page does now.
    activity.observe(true);
    afterPaint(flush);
  };
  const begin = (event: MouseEvent, pointer?: MouseEvent) => {
    describeTarget();
    seen = 0;
    times = [event.timeStamp];
    note(POINTER_DOWN, event.timeStamp);
    tellSoon();
    const path = event.composedPath();
    activity.reach(path);
    events = [];
    gesture = { path, pointer, events };
  };
  const end = (event: MouseEvent, target: Element) => {
    events.push(event);
    times.push(event.timeStamp);
    if (target !== lastTarget) number++;
    lastTarget = target;
    note(POINTER_UP, event.timeStamp, [number, event.clientX, event.clientY]);
    tellSoon();
  };
  const see = (bit: number, { timeStamp }: Event) => {
    if (!(seen & bit)) note(USER_ACTIVITY, timeStamp, [bit]);
    seen |= bit;
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
  onPointer('pointerdown', (event) => begin(event, event));
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
      begin(event);
      end(event, target);
    }
    scriptedTarget = undefined;
    // No paint came between: the page's own listeners, which may change the target, are next.
    describeTarget();
  });
  on('input', (event) => see(INPUT, event));
  on('scroll', (event) => see(SCROLL, event));
  on('selectionchange', (event) => {
    const hasSelection = isSelected();
    if (hadSelection || hasSelection) see(SELECTION, event);
    hadSelection = hasSelection;
  });
  return flush;
}

function isSelected(): boolean {
  return getSelection()?.isCollapsed === false;
}

/** `_dd.action`, in which the extras look for the token: the engine knows clicks by other numbers. */
function detailsOf(
  known: TargetDescription,
  pointer: MouseEvent | undefined,
  token: number | undefined,
): string {
  const { selector, composedPathSelector, width, height, left, top, nameSource } = known;
  return JSON.stringify({
    target: {
      selector: selector || undefined,
      width: width || undefined,
      height: height || undefined,
      composed_path_selector: composedPathSelector || undefined,
    },
    position: pointer && {
      x: Math.round(pointer.clientX - left),
      y: Math.round(pointer.clientY - top),
    },
    name_source: nameSource,
    token: token || undefined,
  });
}

/** Guarded, as fields hide what a form has by the name of theirs. */
const isNeverDead = guard((target: Element): boolean => {
  const control = target.closest('label')?.control ?? target;
  return !!control.closest(NEVER_DEAD);
});
