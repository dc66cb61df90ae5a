import type { ReceivedEvent } from '../stream.ts';
import { milliseconds } from './format.ts';
import { type Json, numberAt, textAt } from './read.ts';

export type PhaseName = 'redirect' | 'dns' | 'connect' | 'ssl' | 'first_byte' | 'download';

export interface Phase {
  name: PhaseName;
  label: string;
  /** Milliseconds since the view started. */
  start: number;
  ms: number;
}

/** A resource on the time axis of its view. */
export interface Bar {
  seq: number;
  entry: ReceivedEvent;
  url: string;
  method: string | undefined;
  type: string;
  start: number;
  ms: number;
  phases: Phase[];
  status: number | undefined;
  size: number | undefined;
  transferred: number | undefined;
  cached: boolean;
  failed: boolean;
  renderBlocking: boolean;
}

/** In the order in which they are painted: `ssl` lies within `connect`. */
const PHASES: readonly (readonly [PhaseName, string])[] = [
  ['redirect', 'Redirect'],
  ['dns', 'DNS lookup'],
  ['connect', 'Connect'],
  ['ssl', 'TLS'],
  ['first_byte', 'Waiting'],
  ['download', 'Download'],
];

const TYPES = new Set(
  'document css js image font xhr fetch media beacon native websocket other'.split(' '),
);

export function toBar(entry: ReceivedEvent, viewStart: number): Bar {
  const event = entry.event;
  const start = (numberAt(event, 'date') ?? viewStart) - viewStart;
  const type = textAt(event, 'resource.type') ?? 'other';
  const status = numberAt(event, 'resource.status_code');
  return {
    seq: entry.seq,
    entry,
    url: textAt(event, 'resource.url') ?? '',
    method: textAt(event, 'resource.method'),
    type: TYPES.has(type) ? type : 'other',
    start,
    ms: Math.max(0, milliseconds(numberAt(event, 'resource.duration') ?? 0)),
    phases: PHASES.flatMap(([name, label]) => readPhase(event, name, label, start)),
    status,
    size: numberAt(event, 'resource.size'),
    transferred: numberAt(event, 'resource.transfer_size'),
    cached: textAt(event, 'resource.delivery_type') === 'cache',
    failed: status !== undefined && (status === 0 || status >= 400),
    renderBlocking: textAt(event, 'resource.render_blocking_status') === 'blocking',
  };
}

function readPhase(event: Json, name: PhaseName, label: string, barStart: number): Phase[] {
  const ns = numberAt(event, `resource.${name}.duration`);
  const start = numberAt(event, `resource.${name}.start`);
  if (ns === undefined || start === undefined || ns <= 0) return [];
  return [{ name, label, start: barStart + milliseconds(start), ms: milliseconds(ns) }];
}
