/** Datadog's plugins (browser-rum-core 7.16, `domain/plugins.ts`), as frameworks' packages use them. */

import type { Context } from '../types.ts';
import type { AddEvent, Display, ToJson } from './display.ts';
import { isObject, merge } from './object.ts';

/** A method that throws is reported by a message; the official SDK would stay without what follows. */
export interface Plugin {
  name: string;
  getConfigurationTelemetry?(): Record<string, unknown>;
  /** Called by the shim within `init`: see `initPlugins`. */
  onInit?(options: never): unknown;
  onRumStart?(options: never): void;
}

/**
 * Sees each event when it is assembled. What it returns overrides the event's own fields; `DISCARDED`
 * drops the event, `SKIPPED` changes nothing.
 */
export type AssembleHook = (event: {
  eventType: string;
  /** With what all events share, which the official SDK leaves out. Not to be changed. */
  rawRumEvent: Context;
  domainContext: object;
  /** ms since the time origin. */
  startTime: number;
  /** ms. */
  duration: number | undefined;
}) => unknown;

/** `at` is ms since the time origin; the rest as in `Methods`, `errorTexts` makes texts of it. */
export type AddError = (
  at: number,
  error: unknown,
  json: string,
  handlingStack: string,
  componentStack: string,
) => void;

interface ProvidedError {
  error: unknown;
  handlingStack: string;
  componentStack?: string;
  startClocks?: { relative: number };
  context?: Context;
}

/** browser-rum-core 7.16, `startEventCollection`: views are the engine's own. */
const ADDABLE = /^(action|error|long_task|resource|vital)$/;

/**
 * Waits for what plugins have answered in `init` (see `initPlugins`) with a promise: false when one of
 * them says `false`. What one has thrown is reported, and it has said nothing. Never rejects.
 */
export async function pluginsAgree(answers: unknown[], { error }: Display): Promise<boolean> {
  const settled = await Promise.all(answers);
  for (const answer of settled) {
    if (isObject(answer) && 'thrown' in answer) error('Plugin threw an error:', answer.thrown);
  }
  return !settled.includes(false);
}

/** Tells the plugins that collection begins, and gives them the ways in that are not public. */
export function startPlugins(
  plugins: Plugin[],
  addEvent: AddEvent,
  addError: AddError,
  toJson: ToJson,
  { error }: Display,
): void {
  const api = {
    addEvent(at: number, event: Context, domainContext: object, duration?: number): void {
      if (!ADDABLE.test(event?.type as string)) return;
      const json = toJson(event);
      if (json?.[0] === '{') addEvent(at, json, domainContext, duration);
    },
    addError(given: ProvidedError): void {
      addError(
        given.startClocks?.relative ?? performance.now(),
        given.error,
        (given.context && toJson(given.context)) || '',
        given.handlingStack ?? '',
        given.componentStack ?? '',
      );
    },
  };
  for (const plugin of plugins) {
    attempt(plugin, error, () => plugin.onRumStart?.(api as never));
  }
}

/** What the plugins say of themselves, for configuration telemetry. */
export function pluginTelemetry(plugins: Plugin[], { error }: Display): Context[] {
  return plugins.map((plugin) => ({
    name: plugin.name,
    ...(attempt(plugin, error, () => plugin.getConfigurationTelemetry?.()) as object),
  }));
}

/** Changes `event`, which is parsed JSON, as the hooks want; false when one of them dropped it. */
export function applyHooks(
  event: Context,
  hooks: Iterable<AssembleHook>,
  domainContext: object,
  toJson: ToJson,
  { error }: Display,
): boolean {
  const { type, date, ddtags } = event as { type: string; date: number; ddtags: unknown };
  const duration = (event[type] as Context | undefined)?.duration as number | undefined;
  for (const hook of hooks) {
    try {
      const result = hook({
        eventType: type,
        rawRumEvent: event,
        domainContext,
        startTime: date - performance.timeOrigin,
        duration: duration && duration / 1e6,
      });
      if (result === 'DISCARDED') return false;
      // Of what is no object nothing is taken: `SKIPPED`.
      const json = toJson(result);
      if (json) merge(event, JSON.parse(json));
    } catch (thrown) {
      error('Assemble hook threw an error:', thrown);
    }
  }
  // Of the configuration, whatever hooks say.
  event.ddtags = ddtags;
  return true;
}

function attempt({ name }: Plugin, error: Display['error'], run: () => unknown): unknown {
  try {
    return run();
  } catch (thrown) {
    error(`Plugin ${name} threw an error:`, thrown);
  }
}
