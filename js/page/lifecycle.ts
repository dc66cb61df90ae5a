/** The page is seen, hidden, left, restored; the user is there or not. */

import { countInteractions } from './entries.ts';
import { afterPaint } from './frames.ts';
import { input, note } from './input.ts';
import {
  ACTIVITY,
  FIRST_CONTENTFUL_PAINT,
  FOCUS,
  FREEZE,
  RESTORE,
  RESUME,
  TERMINATE,
  USER_INPUT,
  VISIBILITY,
} from './kinds.ts';
import { isTrusted, type Listening, OWN } from './listen.ts';
import type { PageObserver } from './observe.ts';
import type { SessionStore } from './session-store.ts';

/** ms between two looks at the session (browser-core 7.16, `ACTIVITY_THROTTLE`). */
const ACTIVITY_THROTTLE = 1000;

/** Inputs, of the user's own, after which no paint is the largest contentful one. */
const ENDS_PAINTS = ['click', 'keydown'];

/** `leave` runs what may be the page's last work: what is sent in it must survive the page. */
export function observeLifecycle(
  listening: Listening,
  page: PageObserver,
  store: SessionStore,
  leave: (work: () => void, isOver?: boolean) => void,
  allowsUntrusted?: boolean,
): void {
  const { listen, guarded } = listening;
  /**
   * Hidden pages are killed without another word: what the browser knows must be known now. The
   * view goes first, as browsers refuse more than 64 KiB of such requests.
   */
  const end = (tellEngine: () => void, isOver?: boolean) =>
    leave(() => {
      page.settle();
      tellEngine();
      if (page.deliverResources()) tellEngine();
    }, isOver);
  listen(document, ['visibilitychange'], ({ timeStamp }) => {
    if (document.visibilityState === 'visible') input(VISIBILITY, timeStamp, [0], [store.read()]);
    else end(() => input(VISIBILITY, timeStamp, [1]));
  });
  listen(document, ['freeze'], ({ timeStamp }) => end(() => input(FREEZE, timeStamp)));
  listen(document, ['resume'], ({ timeStamp }) => input(RESUME, timeStamp, [], [store.read()]));
  listen<PageTransitionEvent>(window, ['pagehide'], ({ persisted, timeStamp }) =>
    end(() => input(persisted ? FREEZE : TERMINATE, timeStamp), !persisted),
  );
  listen<PageTransitionEvent>(window, ['pageshow'], ({ persisted, timeStamp }) => {
    if (!persisted) return;
    input(RESTORE, timeStamp);
    // The first frame is there when the second begins (`trackRestoredFirstContentfulPaint` there).
    const onPaint = guarded(() => input(FIRST_CONTENTFUL_PAINT, 0, [performance.now()]));
    requestAnimationFrame(() => requestAnimationFrame(onPaint));
  });
  const onFocus = ({ type, timeStamp }: Event) => input(FOCUS, timeStamp, [type === 'focus']);
  listen(window, ['focus', 'blur'], onFocus, OWN);
  observeInputs(listening, store, allowsUntrusted);
}

/**
 * Listeners of inputs only take notes: whatever they did would delay the next paint, which is what
 * is measured.
 */
function observeInputs(
  { listen, guarded }: Listening,
  store: SessionStore,
  allowsUntrusted?: boolean,
): void {
  const onActivity = guarded(() => {
    // It may begin a session, and with it a view.
    countInteractions();
    input(ACTIVITY, lastActivity, [], [store.read()]);
  });
  let lastActivity = -ACTIVITY_THROTTLE;
  let isFirst = true;
  listen(window, [...ENDS_PAINTS, 'touchstart', 'scroll'], (event) => {
    const { timeStamp, type } = event;
    // Scripts do not prolong a session.
    if (!(isTrusted(event) || allowsUntrusted)) return;
    if (isFirst && event.isTrusted && ENDS_PAINTS.includes(type)) {
      isFirst = false;
      note(USER_INPUT, timeStamp);
    }
    if (timeStamp - lastActivity < ACTIVITY_THROTTLE) return;
    lastActivity = timeStamp;
    afterPaint(() => store.lock(onActivity));
  });
}
