/**
 * Why the slowest interaction was slow: `context.ferrum.inp` (web-vitals 6.2.3, `attribution/onINP`).
 * Absent where the view has no interaction that was observed, and what scripts and rendering took
 * where the browser has no long animation frames, or there was none.
 *
 * - `type`: `pointer` or `keyboard`; `event`: its name, as `click`; `load_state`: how far the document was
 * - `script`, `style_and_layout`, `paint`, `unattributed`: ns, which add up to the interaction's duration.
 *   As with the reference, what is counted for longer than it can have been is taken off again, so there are
 *   some below zero: durations are rounded to 8 ms, and a dialog or a script goes on after the paint
 * - `longest_script`: `url`, `function`, `position` (characters), `invoker`, `invoker_type`, `subpart`
 *   (`input-delay`, `processing-duration` or `presentation-delay`: where in the interaction it began) and
 *   `duration` (ns, after the interaction began)
 */

import type { AnyEntry } from '../page/entries.ts';
import { loadStateAt } from './document.ts';
import { endOf, observeFrames } from './long-frames.ts';
import { type ListenTo, SAME } from './observe.ts';
import {
  exactNs,
  explain,
  type Interaction,
  type Part,
  remember,
  timeOf,
  type ViewRecord,
} from './view.ts';

/** On the page's clock, in milliseconds. */
type Phases = [began: number, processingStart: number, processingEnd: number, painted: number];

export function explainInp(listenTo: ListenTo): Part {
  const find = observeFrames(listenTo);
  return (event, view) => {
    const { inp } = event.view.performance ?? {};
    const timestamp = inp?.timestamp;
    if (timestamp === undefined) return;
    const phases = phasesOf(timestamp, inp as Interaction, view);
    const [began, , processingEnd] = phases;
    const met = find(view.start, began, processingEnd);
    const causes = met && causesOf(phases, ...met);
    explain(event, 'inp', remember(view, 'inp', timestamp, causes) ?? {});
  };
}

function causesOf(phases: Phases, { name }: AnyEntry, frames: AnyEntry[]) {
  return {
    type: name.startsWith('key') ? 'keyboard' : 'pointer',
    event: name,
    load_state: loadStateAt(phases[0]),
    ...(frames[0] && spent(phases, frames)),
  };
}

/** As the engine knows it from all events that the same paint showed. */
function phasesOf(began: number, { sub_parts }: Interaction, view: ViewRecord): Phases {
  let span = began;
  const ends = [span];
  for (const part of Object.values(sub_parts as object)) {
    span += part;
    ends.push(span);
  }
  return ends.map((end) => timeOf(view, end)) as Phases;
}

/** What the interaction's time was spent on. */
function spent(phases: Phases, frames: AnyEntry[]) {
  const [began, , processingEnd, painted] = phases;
  let longest: AnyEntry | undefined;
  let longestDuration = 0;
  let script = 0;
  let styleAndLayout = 0;
  let paint = 0;
  for (const frame of frames) {
    const end = endOf(frame);
    // 0 where nothing was laid out: the reference takes that for all of the page's time so far.
    if (frame.styleAndLayoutStart) styleAndLayout += end - frame.styleAndLayoutStart;
    // After the last of them.
    paint = end < processingEnd - SAME ? 0 : painted - end;
    for (const entry of frame.scripts) {
      const duration = endOf(entry) - Math.max(began, entry.startTime);
      if (duration <= 0) continue;
      // When layout was forced is not known: taken as spread over all of the script.
      const forced = (duration / entry.duration) * entry.forcedStyleAndLayoutDuration;
      script += duration - forced;
      styleAndLayout += forced;
      if (duration > longestDuration) {
        longest = entry;
        longestDuration = duration;
      }
    }
  }
  return {
    longest_script: longest && summary(longest, longestDuration, phases),
    script: exactNs(script),
    style_and_layout: exactNs(styleAndLayout),
    paint: exactNs(paint),
    unattributed: exactNs(painted - began - script - styleAndLayout - paint),
  };
}

function summary(script: AnyEntry, duration: number, phases: Phases) {
  const position = script.sourceCharPosition;
  return {
    url: script.sourceURL || undefined,
    function: script.sourceFunctionName || undefined,
    position: position < 0 ? undefined : position,
    invoker: script.invoker,
    invoker_type: script.invokerType,
    subpart: subpartAt(script.startTime + SAME, phases),
    duration: exactNs(duration),
  };
}

function subpartAt(time: number, [, processingStart, processingEnd]: Phases): string {
  if (time < processingStart) return 'input-delay';
  return time < processingEnd ? 'processing-duration' : 'presentation-delay';
}
