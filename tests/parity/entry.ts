/** What of a recording has a counterpart in another: events, and what else an application depends on. */

import type { Intake } from '../../js/intake/index.ts';
import { at, type Json } from '../../js/intake/json.ts';
import type { SeenRequest, Site } from '../browser/site.ts';

/** An event of the SDK; or a request it changed, a message it showed, an answer of its API. */
export interface Entry {
  type: string;
  /** Tells it from others of its type by what the journey did. Several may have the same one: then order counts. */
  key: string;
  value: Json;
}

export interface Sources {
  intake: Intake;
  site: Site;
  notes: { name: string; value: unknown }[];
  console: { level: string; text: string }[];
}

export function entriesOf({ intake, site, notes, console }: Sources): Entry[] {
  const text = scrub(intake, site);
  const clean = (value: unknown) => JSON.parse(text(JSON.stringify(value ?? null)));
  const events = [...intake.views().map(({ event }) => event), ...childEvents(intake)];
  const actions = new Set(intake.events('action').map(({ event }) => at(event, 'action', 'id')));
  const inOrder = events
    .map((event) => clean(event) as Json)
    .flatMap(ownFrame)
    .map(withoutFocus)
    .map((event) => withoutPhantoms(event, actions))
    .sort(byDate);
  const named = inOrder.map((value) => ({ type: String(value.type), key: keyOf(value), value }));
  return [
    ...named,
    ...site.requests.flatMap((request) => tracedRequest(request, inOrder)).map(clean),
    // How often a message comes can depend on how often a view was updated.
    ...unique(console).map((message) => entry('console', clean(message.text), clean(message))),
    ...notes.map(({ name, value }) => entry('note', name, { value: clean(value) })),
  ];
}

function unique<Value>(values: Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

const entry = (type: string, key: string, value: Json): Entry => ({ type, key, value });

function childEvents(intake: Intake): Json[] {
  const isView = (type: unknown) => type === 'view' || type === 'view_update';
  return intake.events().flatMap(({ event }) => (isView(event.type) ? [] : [event]));
}

/** Ports are those that were free. */
function scrub(intake: Intake, site: Site): (text: string) => string {
  const other = site.url.replace('127.0.0.1', 'localhost');
  return (text) =>
    text
      .replaceAll(site.url, 'http://site')
      .replaceAll(other, 'http://other')
      .replaceAll(intake.url, 'http://intake');
}

/** Of the long animation frames only what a journey's `slowly()` did: there may be others on a busy machine. */
function ownFrame(event: Json): Json[] {
  if (event.type !== 'long_task') return [event];
  const frame = event.long_task as Json & { scripts?: Json[] };
  const scripts = frame.scripts?.filter(({ source_function_name: name }) => name === 'slowly');
  return scripts?.length ? [{ ...event, long_task: { ...frame, scripts } }] : [];
}

/** A window gets the focus somewhat before or after it is shown: `passive` may come between, or not at all. */
function withoutFocus(event: Json): Json {
  const states = at(event, '_dd', 'page_states');
  if (!Array.isArray(states)) return event;
  const seen = states.map(({ state, start }: Json) => ({
    state: state === 'passive' ? 'active' : state,
    start,
  }));
  const page_states = seen.filter(({ state }, index) => state !== seen[index - 1]?.state);
  return { ...event, _dd: { ...(event._dd as Json), page_states } };
}

/**
 * For a second after a click the official SDK has another one under way, in case it becomes a rage click, and events
 * that are made meanwhile name both. The other one is never sent.
 */
function withoutPhantoms(event: Json, actions: Set<unknown>): Json {
  const ids = at(event, 'action', 'id');
  if (!Array.isArray(ids)) return event;
  const { action: _, ...rest } = event;
  const sent = ids.filter((id) => actions.has(id));
  return sent.length > 0 ? { ...rest, action: { id: sent } } : rest;
}

function byDate(a: Json, b: Json): number {
  return Number(a.date) - Number(b.date);
}

/** By what the journey did, so that what an SDK makes of it may differ. */
function keyOf(event: Json): string {
  const { type } = event;
  const of = (...path: string[]) => at(event, type as string, ...path) ?? '';
  const own = new Map<unknown, unknown[]>([
    ['view', [of('loading_type'), of('name') || String(of('url')).replace(/[?#].*/, '')]],
    ['action', [of('type'), of('target', 'name')]],
    ['error', [of('source'), of('message')]],
    ['resource', [of('type'), of('url')]],
    ['long_task', [of('entry_type'), at(event, 'long_task', 'scripts', '0', 'invoker') ?? '']],
    ['vital', [of('type'), of('name'), of('step_type'), of('operation_key')]],
    ['telemetry', [of('type'), of('message') || at(event, 'telemetry', 'usage', 'feature')]],
  ]).get(type);
  return (own ?? []).filter((part) => part !== '' && part !== undefined).join(' ');
}

const tracing = /^(traceparent|tracestate|baggage|b3|x-b3-.*|x-datadog-.*|authorization|x-custom)$/;

/** What was added to a request of the application, and whether its resource names the same trace. */
function tracedRequest({ method, path, headers }: SeenRequest, events: Json[]): Entry[] {
  const added = Object.entries(headers).filter(([name]) => tracing.test(name));
  if (added.length === 0 || method === 'OPTIONS') return [];
  const ids = traceIdsOf(Object.fromEntries(added) as Record<string, string>);
  const resources = events.filter(({ type }) => type === 'resource');
  const isLinked = resources.some(
    (event) => ids.traceId !== undefined && at(event, '_dd', 'trace_id') === ids.traceId,
  );
  const shown = added.map(([name, value]) => [name, shapeOf(name, String(value))]);
  const value = { headers: Object.fromEntries(shown), isLinked };
  return [entry('request', `${method} ${path}`, value)];
}

function traceIdsOf(headers: Record<string, string>): { traceId?: string } {
  const decimal = headers['x-datadog-trace-id'];
  if (decimal !== undefined) return { traceId: decimal };
  const hex =
    headers.traceparent?.split('-')[1] ?? headers.b3?.split('-')[0] ?? headers['x-b3-traceid'];
  return hex === undefined ? {} : { traceId: BigInt(`0x${hex.slice(-16)}`).toString() };
}

/** Ids are random: of them only the notation can be compared. */
function shapeOf(name: string, value: string): string {
  if (/^x-datadog-(trace|parent)-id$/.test(name)) return value.replace(/^\d+$/, '<decimal>');
  return value
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uuid>')
    .replace(/(?<![0-9a-f])(0{16})?[0-9a-f]{16}(?![0-9a-f])/g, '$1<hex>');
}
