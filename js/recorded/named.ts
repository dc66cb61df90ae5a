/** Methods whose first argument is a name: any other is refused. */

import { type Deliver, type Interpret, NOTHING, parsed, type Texts, toNumber } from './texts.ts';

export function namedCalls(deliver: Deliver, { name, json, object, options }: Texts) {
  const named =
    (
      label: string,
      run: (at: number, name: string, value: unknown, stack?: Error | undefined) => unknown,
    ): Interpret =>
    (at, [given, value], stack) => {
      const text = name(given, label);
      if (text !== undefined) run(at, text, value, stack);
    };
  const withOptions = (method: 'startAction' | 'startResource', label: string): Interpret =>
    named(label, (at, text, value, stack) => deliver(method, at, text, options(value), stack));
  const calls: Record<string, Interpret> = {
    addAction: named('action name', (at, text, context, stack) =>
      deliver('addAction', at, text, context ? object(context) : '', stack),
    ),
    addTiming: named('timing name', (at, text, time) =>
      deliver('addTiming', at, text, toNumber(time)),
    ),
    addFeatureFlagEvaluation: named('feature flag key', (at, text, value) =>
      deliver('addFeatureFlagEvaluation', at, text, json(value) ?? 'null'),
    ),
    setViewName: named('view name', (at, text) => deliver('setViewName', at, text)),
    addDurationVital: withOptions('addDurationVital' as never, 'vital name'),
  };
  for (const verb of ['start', 'stop']) {
    calls[`${verb}Action`] = withOptions(`${verb}Action` as never, 'action name');
    calls[`${verb}Resource`] = withOptions(`${verb}Resource` as never, 'resource URL');
    calls[`${verb}DurationVital`] = withOptions(`${verb}DurationVital` as never, 'vital name');
  }
  return calls;
}

/** Also under the names that Datadog no longer recommends. */
export function operationCalls(deliver: Deliver, { name, json, options }: Texts) {
  const step =
    (type: 'start' | 'end', hasReason?: boolean): Interpret =>
    (at, [given, ...rest], stack) => {
      const text = name(given, 'operation name');
      const failure_reason = hasReason ? parsed(json(rest.shift())) : undefined;
      const known = JSON.parse(options(rest[0]) || NOTHING);
      const step = JSON.stringify({ step_type: type, failure_reason, ...known });
      if (text !== undefined) deliver('addOperationStep', at, text, step, stack);
    };
  const calls: Record<string, Interpret> = {};
  for (const noun of ['Operation', 'FeatureOperation']) {
    calls[`start${noun}`] = step('start');
    calls[`succeed${noun}`] = step('end');
    calls[`fail${noun}`] = step('end', true);
  }
  return calls;
}
