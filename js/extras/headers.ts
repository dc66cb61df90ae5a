/** The headers of requests and responses that the page asks for (`trackResourceHeaders`). */

import { DEFAULT_TRACKED_RESOURCE_HEADERS } from '../resource-headers.ts';
import type { Display } from './display.ts';
import { extracted, isMatchOption, type MatchOption, matches } from './match.ts';
import { isObject } from './object.ts';
import { truncated } from './truncate.ts';

export interface MatchHeader {
  /** A string is a prefix. Absent: all. */
  url?: MatchOption;
  /** Absent: the default ones. */
  name?: MatchOption;
  /** The first group of a match, or the match, is kept instead of the value. */
  extractor?: RegExp;
  /** Absent: both. */
  location?: 'request' | 'response' | 'any';
}

type Found = Record<string, string>;

// The numbers and the pattern are browser-rum-core 7.16's (`resourceCollection.ts`).
const COUNT_LIMIT = 100;
const VALUE_LIMIT = 128;
const FORBIDDEN =
  /token|cookie|secret|authorization|(api|secret|access|app).?key|(client|connecting|real).?ip|forwarded/;

const isDefault: MatchOption = (name) => DEFAULT_TRACKED_RESOURCE_HEADERS.includes(name as never);

/** The option `trackResourceHeaders`, without the items that are of no use. */
export function matchHeaders(option: unknown, { warn }: Display): MatchHeader[] {
  const name = 'trackResourceHeaders';
  if (option === true) return [{}];
  if (!Array.isArray(option)) {
    if (option) warn(`${name} should be true or an array of MatchHeader`);
    return [];
  }
  if (!option.length) warn(`${name} is an empty array, no headers will be captured`);
  const isOption = (value: unknown) => value === undefined || isMatchOption(value);
  return option.filter((item, index) => {
    const fault = !isObject(item)
      ? ' should be a MatchHeader object'
      : !isOption(item.name)
        ? '.name should be a MatchOption'
        : !isOption(item.url)
          ? '.url should be a MatchOption'
          : item.extractor !== undefined && !(item.extractor instanceof RegExp)
            ? '.extractor should be a RegExp'
            : !/^(undefined|request|response|any)$/.test(`${item.location}`) &&
              ".location should be 'request', 'response', or 'any'";
    if (fault) warn(`${name}[${index}]${fault}`);
    return !fault;
  });
}

/**
 * What to report of one request, each side by lower-case names; absent where there is nothing.
 * `response` is what `getAllResponseHeaders` gives for an XMLHttpRequest, whose own headers cannot be
 * read. Never throws.
 */
export function resourceHeaders(
  options: MatchHeader[],
  url: string,
  request: HeadersInit | undefined,
  response: Headers | string | undefined,
  display: Display,
): { request?: { headers: Found }; response?: { headers: Found } } {
  const side = (location: string, given: HeadersInit | string | undefined) => {
    const applying = options.filter(
      (option) =>
        (option.location ?? 'any').replace('any', location) === location &&
        (option.url === undefined || matches(option.url, url, display, true)),
    );
    const headers = given && applying[0] ? found(applying, pairs(given), display) : {};
    return Object.keys(headers)[0] ? { [location]: { headers } } : {};
  };
  return { ...side('request', request), ...side('response', response) };
}

function pairs(given: HeadersInit | string): Iterable<[string, string]> {
  try {
    return new Headers(
      typeof given === 'string'
        ? [...given.matchAll(/^(.+?):(.*)/gm)].map(
            ([, name, value]) => [name, value] as [string, string],
          )
        : given,
    );
  } catch {
    return [];
  }
}

function found(options: MatchHeader[], all: Iterable<[string, string]>, display: Display): Found {
  const result: Found = {};
  let room = COUNT_LIMIT;
  for (const [given, value] of all) {
    if (!room) {
      display.warn(
        `Maximum number of headers (${COUNT_LIMIT}) has been reached. Further headers are dropped.`,
      );
      break;
    }
    const name = given.toLowerCase();
    if (FORBIDDEN.test(name)) continue;
    const option = options.find((option) =>
      matches(lower(option.name ?? isDefault), name, display),
    );
    const kept = option && (option.extractor ? extracted(value, option.extractor) : value);
    if (kept === undefined) continue;
    if (kept.length > VALUE_LIMIT) {
      display.warn(
        `Header "${name}" value was truncated from ${kept.length} to ${VALUE_LIMIT} characters.`,
      );
    }
    result[name] = truncated(kept, VALUE_LIMIT);
    room--;
  }
  return result;
}

const lower = (option: MatchOption) => (typeof option === 'string' ? option.toLowerCase() : option);
