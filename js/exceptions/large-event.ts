/**
 * An event that is too large loses the largest of what is in it, and says so, where the official SDK
 * loses the event.
 */

import type { EngineStart } from '../engine-contract.ts';
import type { Context } from '../types.ts';

/** An event is smaller than this (browser-core 7.16, `transport/batch.ts`: `MESSAGE_BYTES_LIMIT`). */
const MAX_BYTES = 256 * 1024;
/** For the note that says what is left out, its names apart. */
const NOTE_BYTES = 64;

/** What the page put into the event; it goes first. */
const CONTEXTS = ['context', 'usr', 'account', 'feature_flags'];

/** What may be left out: all of a kind, the largest first, before anything of the next kind. */
type Member = [holder: Context, name: string, path: string];

let isSaid = false;

/** A body without the largest members of events that are too large: `context.ferrum.cut` names them. */
export function fitted(body: string, start: Pick<EngineStart, 'warn'>): string {
  return body
    .split('\n')
    .map((event) => fittedEvent(event, start))
    .join('\n');
}

function fittedEvent(json: string, { warn }: Pick<EngineStart, 'warn'>): string {
  let excess = bytesOf(json) - MAX_BYTES + 1;
  if (excess <= 0) return json;
  if (!isSaid) {
    warn(
      'Cut an event whose size was bigger than the maximum allowed size 256KiB: its context.ferrum.cut says what was left out',
    );
  }
  isSaid = true;
  const event = JSON.parse(json) as Record<string, Context>;
  const cut: string[] = [];
  excess += NOTE_BYTES;
  for (const [holder, name, path] of expendable(event)) {
    if (excess <= 0) break;
    excess += bytesOf(path) - bytesOf(holder[name]);
    delete holder[name];
    cut.push(path);
  }
  const { ferrum } = { ...event.context };
  event.context = { ...event.context, ferrum: { ...(ferrum as Context), cut } };
  return JSON.stringify(event);
}

function expendable(event: Record<string, Context>): Member[] {
  const isContext = ([, part]: Member) => CONTEXTS.includes(part);
  const parts = membersOf(event);
  const contexts = parts.filter(isContext);
  const others = parts.filter((part) => !isContext(part));
  return [
    ...largest(contexts.flatMap(within), 256),
    ...largest(contexts, 4096),
    ...largest(others.flatMap(within), 4096),
  ];
}

function within([holder, name]: Member): Member[] {
  return membersOf(holder[name], `${name}.`);
}

function membersOf(holder: unknown, prefix = ''): Member[] {
  if (Object(holder) !== holder || Array.isArray(holder)) return [];
  return Object.keys(holder as Context).map((name) => [holder as Context, name, prefix + name]);
}

/** Those of more than so many bytes. */
function largest(members: Member[], limit: number): Member[] {
  return members
    .map((member) => [bytesOf(member[0][member[1]]), member] as const)
    .filter(([bytes]) => bytes > limit)
    .sort(([one], [other]) => other - one)
    .map(([, member]) => member);
}

function bytesOf(value: unknown): number {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return new TextEncoder().encode(text).length;
}
