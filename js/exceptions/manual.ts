/** What the page times itself: vitals, steps of operations, and resources that no browser knows of. */

import type { Stack } from '../page/domain-context.ts';
import { nanoseconds, RESOURCE_EVENT, VITAL } from '../page/events.ts';
import type { Deliver } from '../recorded/texts.ts';
import type { Context } from '../types.ts';
import { uuid } from '../uuid.ts';

/** What the page says of one; each method uses some. */
interface Options {
  context?: Context;
  description?: string;
  vitalKey?: string;
  operationKey?: string;
  resourceKey?: string;
  /** Epoch ms. */
  startTime?: number;
  /** ms */
  duration?: number;
  type?: string;
  method?: string;
  statusCode?: number;
  size?: number;
  step_type?: 'start' | 'end';
  failure_reason?: string;
}

interface Span {
  at: number;
  options: Options;
  stack: Stack;
}

type Method = (at: number, name: string, json: string, stack?: Stack) => void;

/** `deliver` takes the events. */
export function createManualEvents(deliver: Deliver) {
  const vitals = new Map<string, Span>();
  const resources = new Map<string, Span>();

  const start =
    (spans: Map<string, Span>, key: 'vitalKey' | 'resourceKey'): Method =>
    (at, name, json, stack) => {
      const options = parse(json);
      spans.set(options[key] ?? name, { at, options, stack });
    };

  const stop =
    (
      spans: Map<string, Span>,
      key: 'vitalKey' | 'resourceKey',
      end: (name: string, at: number, duration: number, options: Options, stack: Stack) => void,
    ): Method =>
    (at, name, json) => {
      const options = parse(json);
      const known = options[key] ?? name;
      const span = spans.get(known);
      if (!span) return;
      spans.delete(known);
      const context = { ...span.options.context, ...options.context };
      end(name, span.at, at - span.at, { ...span.options, ...options, context }, span.stack);
    };

  const addVital = (
    name: string,
    at: number,
    duration: number,
    { context, description }: Options,
    stack: Stack,
  ): void => {
    const vital = {
      id: uuid(),
      type: 'duration',
      name,
      description,
      duration: nanoseconds(duration),
    };
    deliver('addEvent', at, VITAL, { vital, context: own(context) }, duration, { stack });
  };

  const addResource = (url: string, at: number, duration: number, options: Options): void => {
    const { context, type = 'other', method, statusCode, size } = options;
    const resource = {
      id: uuid(),
      type,
      url,
      duration: nanoseconds(duration),
      method,
      status_code: statusCode,
      size,
    };
    const part = { resource, context: own(context), _dd: {} };
    deliver('addEvent', at, RESOURCE_EVENT, part, 0, { isManual: true });
  };

  const methods: Record<string, Method> = {
    addDurationVital(at, name, json, stack) {
      // Without when and how long there is none.
      if (!json) return;
      const options = parse(json);
      const { startTime, duration = 0 } = options;
      const start = startTime === undefined ? at : startTime - performance.timeOrigin;
      addVital(name, start, duration, options, stack);
    },
    startDurationVital: start(vitals, 'vitalKey'),
    stopDurationVital: stop(vitals, 'vitalKey', addVital),
    addOperationStep(at, name, json, stack) {
      const { context, description, step_type, operationKey, failure_reason } = parse(json);
      const vital = {
        id: uuid(),
        type: 'operation_step',
        name,
        description,
        step_type,
        operation_key: operationKey,
        failure_reason,
      };
      // Of the start only, as in the official SDK.
      const kept = step_type === 'start' ? { stack } : undefined;
      deliver('addEvent', at, VITAL, { vital, context: own(context) }, 0, kept);
    },
    startResource: start(resources, 'resourceKey'),
    stopResource: stop(resources, 'resourceKey', addResource),
  };
  return methods;
}

function parse(json: string): Options {
  return json ? JSON.parse(json) : {};
}

/** What has no members is not told. */
function own(context: Context | undefined): Context | undefined {
  return context && Object.keys(context)[0] ? context : undefined;
}
