/** Methods whose first argument is a name: any other is refused. */

import type { Deliver, Interpret, Texts } from './texts.ts';
import { toNumber } from './texts.ts';

type Run = (at: number, name: string, value: unknown, stack?: Error | undefined) => unknown;

/** `label` says what the name is of. */
export function named({ name }: Pick<Texts, 'name'>, label: string, run: Run): Interpret {
  return (at, [given, value], stack) => {
    const text = name(given, label);
    if (text !== undefined) run(at, text, value, stack);
  };
}

export function namedCalls(deliver: Deliver, texts: Texts): Record<string, Interpret> {
  const { json, object, options } = texts;
  const timedAction = (method: 'startAction' | 'stopAction') =>
    named(texts, 'action name', (at, text, value, stack) =>
      deliver(method, at, text, options(value), stack),
    );
  return {
    addAction: named(texts, 'action name', (at, text, context, stack) =>
      deliver('addAction', at, text, context ? object(context) : '', stack),
    ),
    startAction: timedAction('startAction'),
    stopAction: timedAction('stopAction'),
    addTiming: named(texts, 'timing name', (at, text, time) =>
      deliver('addTiming', at, texts.facet(text), toNumber(time)),
    ),
    addFeatureFlagEvaluation: named(texts, 'feature flag key', (at, text, value) =>
      deliver('addFeatureFlagEvaluation', at, text, json(value) ?? 'null'),
    ),
    setViewName: named(texts, 'view name', (at, text) => deliver('setViewName', at, text)),
  };
}
