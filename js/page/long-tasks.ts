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
      const token = keepContext(() => ({ performanceEntry: entry }));
      addEvent(LONG_TASK, entry.startTime, part, 0, token);
    }
  });
}

function frame(entry: AnyEntry): object {
  return {
    blocking_duration: nanoseconds(entry.blockingDuration),
    first_ui_event_timestamp: nanoseconds(entry.firstUIEventTimestamp),
    render_start: nanoseconds(entry.renderStart),
    style_and_layout_start: nanoseconds(entry.styleAndLayoutStart),
    start_time: nanoseconds(entry.startTime),
    scripts: entry.scripts.map((script: AnyEntry) => ({
      duration: nanoseconds(script.duration),
      pause_duration: nanoseconds(script.pauseDuration),
      forced_style_and_layout_duration: nanoseconds(script.forcedStyleAndLayoutDuration),
      start_time: nanoseconds(script.startTime),
      execution_start: nanoseconds(script.executionStart),
      source_url: script.sourceURL,
      source_function_name: script.sourceFunctionName,
      source_char_position: script.sourceCharPosition,
      invoker: script.invoker,
      invoker_type: script.invokerType,
      window_attribution: script.windowAttribution,
    })),
  };
}
