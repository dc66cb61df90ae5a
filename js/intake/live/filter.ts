import { at } from './read.ts';
import { type Entry, kindOf } from './summary.ts';

export type Filter = (entry: Entry) => boolean;

interface Term {
  key: string;
  value: string;
  not: boolean;
}

/** `type:error`, `is:violation`, `session:1717`, `-type:resource`, `"two words"`; all terms must match. */
export function parseFilter(query: string): Filter {
  const terms = parseTerms(query);
  return (entry) => terms.every((term) => matches(term, entry) !== term.not);
}

function parseTerms(query: string): Term[] {
  const found = query.toLowerCase().matchAll(/(-?)(?:(\w+):)?(?:"([^"]*)"?|([^\s"]+))/g);
  return [...found].flatMap(([whole, minus, key, quoted, word]) => {
    const value = quoted ?? word ?? '';
    if (value === '') return [];
    if (key && !MATCHERS.has(key))
      return [{ key: '', value: whole.slice(minus ? 1 : 0), not: !!minus }];
    return [{ key: key ?? '', value, not: !!minus }];
  });
}

type Matcher = (entry: Entry, value: string) => boolean;

const MATCHERS = new Map<string, Matcher>([
  ['type', (entry, value) => value.split(',').some((part) => kindOf(entry).startsWith(part))],
  ['track', (entry, value) => entry.track.toLowerCase().startsWith(value)],
  ['is', isState],
  [
    'view',
    (entry, value) => startsAt(entry, 'view.id', value) || includesAt(entry, 'view.url', value),
  ],
  ['session', (entry, value) => startsAt(entry, 'session.id', value)],
  [
    'url',
    (entry, value) =>
      includesAt(entry, 'resource.url', value) || includesAt(entry, 'view.url', value),
  ],
  ['status', (entry, value) => startsAt(entry, 'resource.status_code', value)],
  ['flag', (entry, value) => hasFlag(entry, value)],
]);

function matches(term: Term, entry: Entry): boolean {
  const matcher = MATCHERS.get(term.key);
  return matcher ? matcher(entry, term.value) : includesText(entry, term.value);
}

/** Written out anew for each test: keeping the text of 10,000 events costs more memory than a search costs time. */
function includesText(entry: Entry, text: string): boolean {
  const whole = entry.kind === 'event' ? JSON.stringify(entry.event) : entry.reason + entry.excerpt;
  return whole.toLowerCase().includes(text);
}

function isState(entry: Entry, state: string): boolean {
  if (state === 'rejected') return entry.kind === 'rejected';
  if (state === 'violation' || state === 'invalid') {
    return entry.kind === 'event' && entry.violations.length > 0;
  }
  if (state === 'retry') return (entry.request.retryCount ?? 0) > 0;
  if (state === 'beacon') return entry.request.api === 'beacon';
  return false;
}

function startsAt(entry: Entry, path: string, value: string): boolean {
  return read(entry, path).startsWith(value);
}

function includesAt(entry: Entry, path: string, value: string): boolean {
  return read(entry, path).includes(value);
}

function read(entry: Entry, path: string): string {
  const found = entry.kind === 'event' ? at(entry.event, path) : undefined;
  return typeof found === 'string' || typeof found === 'number' ? String(found).toLowerCase() : '';
}

function hasFlag(entry: Entry, value: string): boolean {
  if (entry.kind !== 'event') return false;
  const carried = JSON.stringify([at(entry.event, 'feature_flags'), at(entry.event, 'flag')]);
  return carried.toLowerCase().includes(value);
}
