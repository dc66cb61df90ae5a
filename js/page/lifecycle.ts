/** The page is seen, hidden, left, restored; the user is there or not. */

import * as engine from 'virtual:glue';
import type { EntryObserver } from './entries.ts';
import type { Listening } from './listen.ts';

/** ms between two looks at the session (browser-core 7.16, `ACTIVITY_THROTTLE`). */
const ACTIVITY_THROTTLE = 1000;

export function observeLifecycle(listening: Listening, entries: EntryObserver): void {
  const { listen } = listening;
  listen(document, ['visibilitychange'], ({ timeStamp }) => {
    const isHidden = document.visibilityState === 'hidden';
    // Hidden pages are killed without another word: what the browser knows must be known now.
    if (isHidden) entries.deliver();
    engine.onVisibilityChange(isHidden, timeStamp);
  });
  listen<PageTransitionEvent>(window, ['pagehide'], ({ persisted }) => {
    if (persisted) return;
    entries.deliver();
    engine.onTerminate();
  });
  listen<PageTransitionEvent>(window, ['pageshow'], ({ persisted, timeStamp }) => {
    if (persisted) engine.onRestore(timeStamp);
  });
  listen(window, ['focus', 'blur'], ({ target, type }) => {
    // In the capture phase, those of elements come here too.
    if (target === window) engine.onFocusChange(type === 'focus');
  });
  observeInputs(listening);
}

/**
 * Listeners of inputs only take notes: whatever they did would delay the next paint, which is what
 * is measured.
 */
function observeInputs({ listen, guarded }: Listening): void {
  const onActivity = guarded(engine.onActivity);
  const onUserInput = guarded(engine.onUserInput);
  let lastActivity = -ACTIVITY_THROTTLE;
  listen(window, ['click', 'keydown', 'touchstart', 'scroll'], ({ timeStamp }) => {
    if (timeStamp - lastActivity < ACTIVITY_THROTTLE) return;
    lastActivity = timeStamp;
    setTimeout(onActivity);
  });
  let isFirst = true;
  listen(window, ['click', 'keydown'], ({ isTrusted, timeStamp }) => {
    if (isTrusted && isFirst) setTimeout(onUserInput, 0, timeStamp);
    isFirst &&= !isTrusted;
  });
}
