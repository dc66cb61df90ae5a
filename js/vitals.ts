/**
 * What views tell besides: how far the page was scrolled, the vitals of routes, how good vitals are, and
 * why they are what they are. The engine makes all values that it can; what is said here completes a view just before it is sent, from
 * what was observed here. A chunk of its own, of what can begin in idle time, when the engine's loads
 * it: where it does not come, views are as the engine makes them.
 */

import type { EngineStart } from './engine-contract.ts';
import type { Extras } from './extras/attach.ts';
import type { input as tellEngine } from './page/input.ts';
import { DELIVERY } from './page/kinds.ts';
import type { Listening } from './page/listen.ts';
import type { selectorOf } from './page/selector.ts';
import { type Budgets, rateVitals } from './vitals/budgets.ts';
import { explainCls } from './vitals/cls.ts';
import { estimatePaint } from './vitals/estimate.ts';
import { explainFcp } from './vitals/fcp.ts';
import { measureFirstInput } from './vitals/first-input.ts';
import { explainInp } from './vitals/inp.ts';
import { measureLargestPaint } from './vitals/lcp.ts';
import { explainNavigation } from './vitals/navigation.ts';
import { createObserve } from './vitals/observe.ts';
import { observePictures } from './vitals/pictures.ts';
import { observeScroll } from './vitals/scroll.ts';
import { measureRoutes } from './vitals/soft-navigations.ts';
import { explainTtfb } from './vitals/ttfb.ts';
import { createHistory, type Part, type ViewEvent } from './vitals/view.ts';

/**
 * An event, as JSON text, with what there is to add to it; of a view, when it started, in milliseconds:
 * as exactly as the engine knows it. Never throws.
 */
export type Complete = (event: string, start: number) => string;

/** With what the engine's chunk lends. Views are completed by `extras.complete`. */
export function completeViews(
  listening: Listening,
  start: Pick<EngineStart, 'options' | 'report'>,
  describe: typeof selectorOf,
  extras: Partial<Pick<Extras, 'complete' | 'isReviewing' | 'send'>>,
  input: typeof tellEngine,
): void {
  observeScroll(listening, input);
  /** No part takes another one, or the event, along. */
  const safely = <A extends unknown[]>(run: (...args: A) => void) => {
    return (...args: A): void => {
      try {
        run(...args);
      } catch (error) {
        start.report(error);
      }
    };
  };
  const { listenTo, observe, takeRecords } = createObserve(listening, safely);
  const recordOf = createHistory();
  /** The current view is sent again. */
  const tellNews = () => input(DELIVERY, undefined, [!!extras.isReviewing, !!extras.send, true]);
  // Not while views are being sent, which is when entries are looked for too.
  const tellSoon = () => void setTimeout(listening.guarded(tellNews));
  const findPicture = observePictures(observe);
  const { measureRoute, explainRoute } = measureRoutes(
    observe,
    listening,
    describe,
    findPicture,
    tellSoon,
  );
  const { measureLcp, explainLcp } = measureLargestPaint(observe, findPicture);
  const measureFid = measureFirstInput(listening, describe, tellSoon);
  const estimate = estimatePaint(listening, tellSoon);
  const parts: Part[] = [measureRoute, measureLcp, measureFid, estimate];
  if (start.options.trackVitalCauses ?? true) {
    parts.push(
      explainCls(observe),
      explainFcp,
      explainInp(listenTo),
      explainLcp,
      explainTtfb,
      explainNavigation,
      explainRoute,
    );
  }
  // Of all values that a view has in the end.
  parts.push(rateVitals(start.options.budgets as Budgets | undefined));

  const completed = (event: ViewEvent, start: number): ViewEvent => {
    takeRecords();
    const view = recordOf(start);
    for (const part of parts) safely(part)(event, view);
    return event;
  };
  extras.complete = (json, begin) => {
    try {
      // With a `beforeSend`, other events come along.
      const event = json.includes('"type":"view"') ? JSON.parse(json) : {};
      return event.type === 'view' ? JSON.stringify(completed(event, begin)) : json;
    } catch (error) {
      start.report(error);
      return json;
    }
  };
  tellNews();
}
