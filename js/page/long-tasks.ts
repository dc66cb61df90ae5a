/**
 * What kept the main thread busy for 50 ms or more (browser-rum-core 7.16,
 * `domain/longTask/longTaskCollection.ts`; https://w3c.github.io/long-animation-frames/).
 */

import { uuid } from '../uuid.ts';
import { keepContext } from './domain-context.ts';
import type { AnyEntry, Observe } from './entries.ts';
import { LONG_TASK, nanoseconds } from './events.ts';
import { addEvent } from './input.ts';

const FRAME = 'long-animation-frame';

/** Frames where the browser has them, as they say which script; tasks elsewhere. */
export function observeLongTasks(observe: Observe): void {
  const hasFrames = PerformanceObserver.supportedEntryTypes.includes(FRAME);
  observe(hasFrames ? FRAME : 'longtask', (entries) => {
    for (const entry of entries) {
      const part = {
        long_task: {
          id: uuid(),
          entry_type: hasFrames ? FRAME : 'long-task',
          duration: nanoseconds(entry.duration),
          ...(hasFrames && frame(entry)),
        },
        _dd: { discarded: false },
      };
      const token = keepContext({ performanceEntry: entry });
      addEvent(LONG_TASK, entry.startTime, part, 0, token);
    }
  });
}

const FRAME_TIMES =
  'blockingDuration firstUIEventTimestamp renderStart styleAndLayoutStart startTime';
const SCRIPT_TIMES = 'duration pauseDuration forcedStyleAndLayoutDuration startTime executionStart';
const SCRIPT_TEXTS =
  'sourceURL sourceFunctionName sourceCharPosition invoker invokerType windowAttribution';

function frame(entry: AnyEntry): object {
  return {
    ...renamed(entry, FRAME_TIMES, nanoseconds),
    scripts: entry.scripts.map((script: AnyEntry) => ({
      ...renamed(script, SCRIPT_TIMES, nanoseconds),
      ...renamed(script, SCRIPT_TEXTS),
    })),
  };
}

/** Some properties, as events call them: `sourceURL` is `source_url`. */
function renamed(
  entry: AnyEntry,
  names: string,
  convert = (value: never): unknown => value,
): object {
  const name = (property: string) =>
    property.replace(/[A-Z]+(?![a-z])|[A-Z]/g, '_$&').toLowerCase();
  return Object.fromEntries(
    names.split(' ').map((property) => [name(property), convert(entry[property] as never)]),
  );
}
