/**
 * The first input of a page that came back: `view.performance.fid` and its flat fields of `bf_cache` views.
 * Browsers make one `first-input` entry for a document, so this one is observed by listeners (web-vitals 4.2.4,
 * `lib/polyfills/firstInputPolyfill`), which only pages that come back have. Absent where the page was hidden
 * before the input, where the input's time makes no sense, and in browsers that tell of no first inputs at all (WebKit). Other than the reference's, an input is the visitor's:
 * an event that a script made is none.
 */

import { afterPaint } from '../page/frames.ts';
import { isTrusted, type Listening } from '../page/listen.ts';
import type { selectorOf } from '../page/selector.ts';
import { ns, type Part, type ViewEvent } from './view.ts';

/** The first comes after the second, or not at all: what was scrolling is no input. */
const POINTER_ENDS = ['pointerup', 'pointercancel'];
const INPUTS = ['pointerdown', 'mousedown', 'touchstart', 'keydown'];

/** A page has more views than anybody sends again. */
const LIMIT = 10;

/** A visit that began with a restore. */
interface Restore {
  /** When the view began. */
  at: number;
  hiddenAt: number;
}

interface Input {
  startTime: number;
  delay: number;
  /** Made when it is asked for. */
  selector(): string;
}

/** Tells `news` when the current view has more to say. */
export function measureFirstInput(
  { listen, guarded }: Pick<Listening, 'listen' | 'guarded'>,
  describe: typeof selectorOf,
  news: () => void,
): Part {
  const isSupported = PerformanceObserver.supportedEntryTypes.includes('first-input');
  const inputs: (Input & Restore)[] = [];
  /** While its first input is awaited. */
  let current: Restore | undefined;
  let pressed: Input | undefined;

  /** The first one it was, good or not. */
  const take = (input: Input | undefined) => {
    if (!input || !current) return;
    const first = { ...input, ...current };
    current = undefined;
    if (!isValid(first)) return;
    inputs.push(first);
    inputs.splice(0, inputs.length - LIMIT);
    // The element may be gone when the view is sent.
    afterPaint(
      guarded(() => {
        first.selector();
        news();
      }),
    );
  };
  const onInput = (event: Event) => {
    if (!current || !isTrusted(event)) return;
    const { type, cancelable } = event;
    if (POINTER_ENDS.includes(type)) {
      if (type === 'pointerup') take(pressed);
      pressed = undefined;
    } else if (cancelable) {
      const input = inputOf(event, describe);
      if (type !== 'pointerdown') take(input);
      else pressed ??= input;
    }
  };
  let isListening = false;
  listen(window, ['pageshow'], ({ persisted, timeStamp: at }: PageTransitionEvent) => {
    if (!persisted || !isSupported) return;
    if (!isListening) listen(window, [...INPUTS, ...POINTER_ENDS], onInput);
    isListening = true;
    pressed = undefined;
    current = { at, hiddenAt: isHidden() ? 0 : Number.POSITIVE_INFINITY };
  });
  listen(document, ['visibilitychange'], ({ timeStamp }) => {
    if (current && isHidden()) current.hiddenAt = Math.min(current.hiddenAt, timeStamp);
  });

  return (event, { start }) => {
    const input = inputs.find(({ at }) => at === start);
    if (input) addFirstInput(event, input);
  };
}

function inputOf({ timeStamp: startTime, target }: Event, describe: typeof selectorOf): Input {
  const delay = performance.now() - startTime;
  let selector: string | undefined;
  return {
    startTime,
    delay,
    selector: () => (selector ??= describe(target)),
  };
}

function isHidden(): boolean {
  return document.visibilityState === 'hidden';
}

/** Clocks have been seen to give delays that are negative, or longer than the page has been there. */
function isValid({ startTime, delay, hiddenAt }: Input & Restore): boolean {
  return delay >= 0 && startTime > 0 && startTime < hiddenAt;
}

function addFirstInput({ view }: ViewEvent, { startTime, delay, at, selector }: Input & Restore) {
  const duration = ns(delay);
  const timestamp = ns(startTime - at);
  const target_selector = selector() || undefined;
  view.first_input_delay = duration;
  view.first_input_time = timestamp;
  view.first_input_target_selector = target_selector;
  view.performance = { ...view.performance, fid: { duration, timestamp, target_selector } };
}
