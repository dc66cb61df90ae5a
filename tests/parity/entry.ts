/** What of a recording has a counterpart in another: events, and what else an application depends on. */

import { foldViews, viewId } from '../../js/intake/fold.ts';
import type { Intake } from '../../js/intake/index.ts';
import { at, type Json } from '../../js/intake/json.ts';
import type { SeenRequest, Site } from '../browser/site.ts';
import { countsOf, isChunk } from './counts.ts';
import { MEASURED, truthOf } from './truth.ts';
import { checkEvent } from './truth-event.ts';
import { checkView } from './truth-view.ts';
import { versionsOf } from './versions.ts';
import type { Bridged, Witness } from './witness.ts';

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
  witness: Witness;
  notes: { name: string; value: unknown }[];
  console: { level: string; text: string }[];
  /** What the page threw and nobody caught. */
  uncaught: string[];
  /** The query of each request to the intake. */
  queries: Record<string, string>[];
}

export function entriesOf(sources: Sources): Entry[] {
  const { intake, site, witness, notes, console, uncaught } = sources;
  const text = scrub(intake, site);
  const clean = (value: unknown) => JSON.parse(text(JSON.stringify(value ?? null)));
  const events = eventsOf(intake, witness);
  const inOrder = checked(events, witness)
    .filter((event) => !isChunk(event))
    .flatMap(ownFrame)
    .map(clean);
  const named = inOrder.map((value) => ({ type: String(value.type), key: keyOf(value), value }));
  return [
    ...named,
    ...site.requests.flatMap((request) => tracedRequest(request, events)).map(clean),
    ...withoutUpdates(console).map((message) =>
      entry('console', clean(message.text), clean(message)),
    ),
    ...uncaught.map((message) => entry('uncaught', clean(message), {})),
    ...witness.bridged.flatMap(envelope),
    ...notes.map(({ name, value }) => entry('note', name, { value: clean(value) })),
  ];
}

/** In the order of their dates; views as they are after all of their versions. */
function eventsOf(intake: Intake, witness: Witness): Json[] {
  const all = [
    ...intake.events().map(({ event }) => event),
    ...witness.bridged.map(({ event }) => event),
  ];
  const children = all.filter((event) => viewId(event) === undefined);
  return [...foldViews(all).map(({ event }) => event), ...children].sort(byDate);
}

/** With what the page itself measured, instead of what the SDK did. */
function checked(events: Json[], witness: Witness): Json[] {
  const views = events.filter(({ type }) => type === 'view');
  const truth = truthOf(witness, views);
  const actions = new Set(
    events.filter(({ type }) => type === 'action').map((event) => at(event, 'action', 'id')),
  );
  return events.map((original) => {
    const event = withoutPhantoms(withoutFocus(structuredClone(original)), actions);
    countsOf(event, events);
    if (event.type !== 'view') checkEvent(event, truth);
    else {
      versionsOf(event, truth);
      checkView(event, truth);
    }
    return event;
  });
}

/** These come with each update of a view, and how many of them there are is left to the throttle. */
const perUpdate = [/Can't dismiss view events/, /beforeSend threw an error/];

function withoutUpdates(console: Sources['console']): Sources['console'] {
  const seen = new Set<string>();
  return console.filter(({ text }) => {
    if (!perUpdate.some((pattern) => pattern.test(text))) return true;
    return !seen.has(text) && seen.add(text);
  });
}

/** Which depend on when, and on the SDK. */
const ownParameters = [
  'dd-evp-origin',
  'dd-evp-origin-version',
  'dd-request-id',
  'batch_time',
  '_dd.api',
];

/** Of those requests that the browser tells of, which are not those of a page that is being left. */
export function parametersOf(queries: Sources['queries']): Entry[] {
  if (queries.length === 0) return [];
  const value: Json = {};
  for (const [name, given] of queries.flatMap((query) => Object.entries(query)))
    value[name] = ownParameters.includes(name) ? 'its own' : given;
  return [entry('query', 'of the intake', value)];
}

const envelope = ({ eventType, event, view }: Bridged): Entry[] =>
  event.type === 'view'
    ? []
    : [
        entry('bridge', `${eventType} ${event.type}`, {
          hasView: view?.id === at(event, 'view', 'id'),
        }),
      ];

const entry = (type: string, key: string, value: Json): Entry => ({ type, key, value });

/** Ports are those that were free. */
function scrub(intake: Intake, site: Site): (text: string) => string {
  const other = site.url.replace('127.0.0.1', 'localhost');
  return (text) =>
    text
      .replaceAll(site.url, 'http://site')
      .replaceAll(/ws:\/\/127\.0\.0\.1:\d+/g, 'ws://site')
      .replaceAll(other, 'http://other')
      .replaceAll(intake.url, 'http://intake');
}

/** Of the long animation frames that the page had only what a journey's `slowly()` did: there are others on a busy machine. */
function ownFrame(event: Json): Json[] {
  if (event.type !== 'long_task' || event.date !== MEASURED) return [event];
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
