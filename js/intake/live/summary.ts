import type { ReceivedEvent, RejectedLine } from '../stream.ts';
import { duration, fileName, path, plural } from './format.ts';
import { at, type Json, listAt, numberAt, textAt } from './read.ts';

export type Entry = ReceivedEvent | RejectedLine;

/** What a list says about an entry in one row. */
export interface Summary {
  /** Short word for the kind of entry; the colour of the row follows it. */
  kind: string;
  title: string;
  detail: string;
}

export function kindOf(entry: Entry): string {
  if (entry.kind === 'rejected') return 'rejected';
  const type = textAt(entry.event, 'type');
  if (entry.track !== 'rum') return entry.track === 'exposures' ? 'exposure' : entry.track;
  return type ?? 'unknown';
}

export function summarise(entry: Entry): Summary {
  const kind = kindOf(entry);
  if (entry.kind === 'rejected') {
    return { kind, title: entry.reason, detail: `line ${entry.line}` };
  }
  const write = WRITERS.get(kind) ?? writeUnknown;
  const [title, detail] = write(entry.event);
  return { kind, title: oneLine(title), detail };
}

type Writer = (event: Json) => [title: string, detail: string];

const WRITERS = new Map<string, Writer>([
  ['view', writeView],
  ['view_update', writeView],
  ['error', writeError],
  ['resource', writeResource],
  ['action', writeAction],
  ['long_task', writeLongTask],
  ['vital', writeVital],
  ['exposure', writeExposure],
  ['telemetry', writeTelemetry],
]);

export function viewTitle(event: Json): string {
  const url = textAt(event, 'view.url');
  return textAt(event, 'view.name') ?? (url ? path(url) : 'unnamed view');
}

function writeView(event: Json): [string, string] {
  const version = numberAt(event, '_dd.document_version');
  const ended = at(event, 'view.is_active') === false;
  const facts = [version === undefined ? '' : `v${version}`, ended ? 'ended' : ''];
  return [viewTitle(event), facts.filter(Boolean).join(' · ')];
}

function writeError(event: Json): [string, string] {
  return [errorTitle(event), textAt(event, 'error.handling') ?? ''];
}

export function errorTitle(event: Json): string {
  const type = textAt(event, 'error.type');
  const message = textAt(event, 'error.message') ?? 'no message';
  return type && !message.startsWith(type) ? `${type}: ${message}` : message;
}

function writeResource(event: Json): [string, string] {
  const url = textAt(event, 'resource.url') ?? '';
  const status = numberAt(event, 'resource.status_code');
  const ns = numberAt(event, 'resource.duration');
  const facts = [status, ns === undefined ? '' : duration(ns)];
  const method = textAt(event, 'resource.method');
  const name = fileName(url);
  return [
    method && method !== 'GET' ? `${method} ${name}` : name,
    facts.filter((fact) => fact !== undefined && fact !== '').join(' · '),
  ];
}

export function actionName(event: Json): string {
  return textAt(event, 'action.target.name') ?? 'unnamed';
}

export function frustrations(event: Json): string[] {
  return listAt(event, 'action.frustration.type').filter((type) => typeof type === 'string');
}

function writeAction(event: Json): [string, string] {
  const ns = numberAt(event, 'action.loading_time');
  const facts = [textAt(event, 'action.type') ?? '', ns === undefined ? '' : duration(ns)];
  return [actionName(event), facts.filter(Boolean).join(' · ')];
}

function writeLongTask(event: Json): [string, string] {
  const ns = numberAt(event, 'long_task.duration') ?? 0;
  const isFrame = textAt(event, 'long_task.entry_type') === 'long-animation-frame';
  const scripts = listAt(event, 'long_task.scripts').length;
  const title = isFrame ? 'Long animation frame' : 'Long task';
  return [scripts > 0 ? `${title}, ${plural(scripts, 'script')}` : title, duration(ns)];
}

function writeVital(event: Json): [string, string] {
  const ns = numberAt(event, 'vital.duration');
  const detail = ns === undefined ? (textAt(event, 'vital.step_type') ?? '') : duration(ns);
  return [textAt(event, 'vital.name') ?? 'unnamed', detail];
}

function writeExposure(event: Json): [string, string] {
  const flag = textAt(event, 'flag.key') ?? '?';
  const variant = textAt(event, 'variant.key') ?? '?';
  return [`${flag} → ${variant}`, textAt(event, 'subject.id') ?? ''];
}

function writeTelemetry(event: Json): [string, string] {
  const type = textAt(event, 'telemetry.type') ?? 'telemetry';
  const what = textAt(event, 'telemetry.message') ?? textAt(event, 'telemetry.usage.feature');
  return [what ? `${type}: ${what}` : type, textAt(event, 'telemetry.status') ?? ''];
}

function writeUnknown(event: Json): [string, string] {
  const keys = Object.keys(event).slice(0, 4).join(', ');
  return [textAt(event, 'message') ?? (keys ? `{ ${keys} }` : '{ }'), textAt(event, 'type') ?? ''];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 300);
}
