/** What a page knows of the other events. */

import { at, isObject, type Json } from '../../js/intake/json.ts';
import {
  agree,
  checkDate,
  distance,
  entriesOfType,
  MEASURED,
  ms,
  ns,
  read,
  type Timed,
  type Truth,
  TWO_CLOCKS_MS,
  write,
} from './truth.ts';
import { activityAt } from './truth-view.ts';
import type { Measured } from './witness.ts';

export function checkEvent(event: Json, truth: Truth): void {
  const check = {
    resource: checkResource,
    long_task: checkFrame,
    action: checkAction,
    vital: checkVital,
  };
  const own = check[event.type as keyof typeof check];
  own?.(event, truth);
  checkOthers(event, truth);
}

/** Calls of the API are made while a step is made; what else happens may be noticed somewhat later. */
function checkOthers(event: Json, { steps, given, documents }: Truth): void {
  if (typeof event.date === 'number') {
    const kind = kindOf(event);
    const isCall = ['custom', 'operation_step', 'duration'].includes(kind);
    const meaning = isCall ? steps.during(event.date) : steps.at(event.date);
    // Of nothing else the page says when it was; to others the same millisecond may just happen.
    const name = kind === 'duration' ? given.get(event.date) : undefined;
    event.date = name === undefined ? meaning : `as given for ${name}`;
  }
  const drift = read(event, '_dd.drift');
  const isNear = documents.some(({ drifts }) =>
    drifts.some((seen) => Math.abs(seen - Number(drift)) <= TWO_CLOCKS_MS),
  );
  if (drift !== undefined && isNear) write(event, '_dd.drift', MEASURED);
}

const kindOf = (event: Json): string =>
  String(at(event, event.type as string, 'type') ?? at(event, event.type as string, 'source'));

function nearestOf(event: Json, entries: Timed[], duration: unknown): Timed | undefined {
  const far = (entry: Timed) => distanceOf(event, entry);
  const same = entries.filter((entry) => ns(durationOf(entry)) === duration);
  return [...(same.length > 0 ? same : entries)].sort((a, b) => far(a) - far(b))[0];
}

const distanceOf = (event: Json, { document, startTime }: Timed): number =>
  distance(Number(event.date), document, startTime);

/** The duration of a navigation is that of its page. */
function durationOf({ initiatorType, startTime, responseEnd, duration }: Measured): number {
  const isOwn =
    initiatorType !== 'navigation' && (duration !== 0 || startTime >= Number(responseEnd));
  return isOwn ? Number(duration) : Number(responseEnd) - startTime;
}

/** Files of an SDK's, which no event has another name for. */
const SDK = /\/(cdn|esm|sdk)\/[\w-]+\.(js|wasm)$/;

function checkResource(event: Json, truth: Truth): void {
  const entries = entriesOfType(truth, 'resource', 'navigation');
  const named = entries.filter(({ name }) => name === read(event, 'resource.url'));
  const others = entries.filter(({ name }) => !SDK.test(String(name)));
  const entry = nearestOf(
    event,
    named.length > 0 ? named : others,
    read(event, 'resource.duration'),
  );
  if (!entry || distanceOf(event, entry) > TWO_CLOCKS_MS) {
    checkManual(event, truth);
    return;
  }
  checkDate(event, entry.document, entry.startTime, MEASURED);
  agree(event, 'resource.duration', ns(durationOf(entry)));
  for (const [name, value] of Object.entries(partsOf(entry)))
    agree(event, `resource.${name}`, value);
  for (const [name, value] of Object.entries(sizesOf(entry)))
    agree(event, `resource.${name}`, value);
}

/** Given by the journey, but for when it was. */
function checkManual(event: Json, { steps }: Truth): void {
  const end = Number(event.date) + ms(read(event, 'resource.duration'));
  event.date = steps.during(Number(event.date));
  write(event, 'resource.duration', `until ${steps.during(end)}`);
}

/** As browser-rum-core 7.16 has it in `resourceUtils.ts`. */
function partsOf(entry: Measured): Record<string, unknown> {
  const time = (name: string) => Number(entry[name]);
  const part = (from: string, to: string, isThere = true) =>
    isThere && entry.startTime <= time(from) && time(from) <= time(to)
      ? { duration: ns(time(to) - time(from)), start: ns(time(from) - entry.startTime) }
      : undefined;
  const isValid = isInOrder(entry);
  const isConnected = time('fetchStart') < time('connectEnd');
  const isSecure =
    time('connectStart') <= time('secureConnectionStart') &&
    time('secureConnectionStart') <= time('connectEnd');
  return {
    download: part('responseStart', 'responseEnd', isValid),
    first_byte: part('requestStart', 'responseStart', isValid),
    connect: part('connectStart', 'connectEnd', isValid && isConnected),
    ssl: part('secureConnectionStart', 'connectEnd', isValid && isConnected && isSecure),
    dns: part(
      'domainLookupStart',
      'domainLookupEnd',
      isValid && time('fetchStart') < time('domainLookupEnd'),
    ),
    redirect: part(
      'redirectStart',
      'redirectEnd',
      isValid && entry.startTime < time('redirectEnd'),
    ),
  };
}

function isInOrder(entry: Measured): boolean {
  const names = [
    ...['startTime', 'fetchStart', 'domainLookupStart', 'domainLookupEnd', 'connectStart'],
    ...['connectEnd', 'requestStart', 'responseStart', 'responseEnd'],
  ];
  const times = names.map((name) => Number(entry[name]));
  return times.every((time, index) => index === 0 || Number(times[index - 1]) <= time);
}

function sizesOf(entry: Measured): Record<string, unknown> {
  const isRequested = entry.startTime < Number(entry.responseStart);
  const size = (name: string) => (isRequested ? entry[name] : undefined);
  return {
    size: size('decodedBodySize'),
    encoded_body_size: size('encodedBodySize'),
    decoded_body_size: size('decodedBodySize'),
    transfer_size: size('transferSize'),
  };
}

function checkFrame(event: Json, truth: Truth): void {
  const frames = entriesOfType(truth, 'long-animation-frame');
  const entry = nearestOf(event, frames, read(event, 'long_task.duration'));
  if (!entry) return;
  checkDate(event, entry.document, entry.startTime, MEASURED);
  const time = (name: string) => ns(Number(entry[name]));
  agree(event, 'long_task.duration', time('duration'));
  agree(event, 'long_task.blocking_duration', time('blockingDuration'));
  agree(event, 'long_task.first_ui_event_timestamp', time('firstUIEventTimestamp'));
  agree(event, 'long_task.render_start', time('renderStart'));
  agree(event, 'long_task.style_and_layout_start', time('styleAndLayoutStart'));
  agree(event, 'long_task.start_time', time('startTime'));
  const scripts = at(event, 'long_task', 'scripts');
  if (!Array.isArray(scripts)) return;
  for (const [index, script] of scripts.entries())
    checkScript(script, (entry.scripts as Measured[])[index]);
}

function checkScript(script: Json, entry: Measured | undefined): void {
  if (!entry) return;
  const time = (name: string) => ns(Number(entry[name]));
  agree(script, 'duration', time('duration'));
  agree(script, 'pause_duration', time('pauseDuration'));
  agree(script, 'forced_style_and_layout_duration', time('forcedStyleAndLayoutDuration'));
  agree(script, 'start_time', time('startTime'));
  agree(script, 'execution_start', time('executionStart'));
}

function checkAction(event: Json, truth: Truth): void {
  const { documents, steps } = truth;
  const date = Number(event.date);
  const value = read(event, 'action.loading_time');
  if (read(event, 'action.type') !== 'click') {
    if (value !== undefined && value !== 0)
      write(event, 'action.loading_time', `until ${steps.during(date + ms(value))}`);
    return;
  }
  const isSeen = documents.some((document) =>
    document.inputs.some((time) => distance(date, document, time) <= TWO_CLOCKS_MS),
  );
  event.date = `${isSeen ? 'with an input' : 'without an input'} ${steps.at(date)}`;
  if (value === undefined || value === 0) return;
  // A chain of clicks ends by a timer, a click with its view ends by a call.
  const isChain = JSON.stringify(read(event, 'action.frustration.type'))?.includes('rage_click');
  const end = date + ms(value);
  const ends = documents.map((document) => activityAt(end, document, truth));
  const byActivity = ends.find((meaning) => meaning.startsWith('with something'));
  write(event, 'action.loading_time', isChain ? `until ${steps.at(end)}` : (byActivity ?? ends[0]));
}

/** A duration that the journey gives is compared as it is. */
function checkVital(event: Json, { given, steps }: Truth): void {
  const date = Number(event.date);
  const vital = event.vital as Json;
  const until = (from: number, value: unknown) => `until ${steps.during(from + ms(value))}`;
  if (typeof vital.duration === 'number' && !given.has(date))
    vital.duration = until(date, vital.duration);
  if (isObject(vital.websocket)) checkSocket(vital.websocket, date, steps);
}

/** A socket is opened and closed, and tells of messages, with the network: each in the step that waits for it. */
function checkSocket(socket: Json, date: number, steps: Truth['steps']): void {
  for (const name of ['connecting_date', 'open_date', 'closing_date', 'closed_date'])
    if (typeof socket[name] === 'number') socket[name] = steps.at(socket[name]);
  for (const name of ['connecting_duration', 'duration'])
    if (typeof socket[name] === 'number' && socket[name] > 0)
      socket[name] = `more than nothing until ${steps.at(date)}`;
  for (const direction of ['inbound', 'outbound'].map((name) => at(socket, 'snapshot', name)))
    if (isObject(direction)) checkDirection(direction);
}

function checkDirection(direction: Json): void {
  for (const name of ['time_to_first_message', 'longest_silence', 'silence_before_close'])
    if (typeof direction[name] === 'number' && direction[name] >= 0) direction[name] = 'some time';
}
