/**
 * Addresses without what must not leave the page: tokens, e-mail addresses, search terms. The official
 * SDK has `beforeSend` only, which cannot reach all fields.
 */

import type { Context, InitConfiguration } from '../types.ts';
import { atPath, isObject } from './object.ts';

/** The option; `types.ts` says what its forms mean. */
export type ScrubUrl = NonNullable<InitConfiguration['scrubUrl']>;

export interface Scrub {
  /** For one address, absolute or not. */
  url(url: string): string;
  /**
   * For a text, as a message or a stack: every absolute address in it, and every path with a query.
   * Lines and columns after an address stay.
   */
  text(text: string): string;
  /** For a whole event, which is parsed JSON. Not for what the page itself has written: contexts, but for what explains vitals. */
  event(event: Context): void;
}

const URLS =
  'view.url view.referrer view.performance.lcp.resource_url context.ferrum.inp.longest_script.url resource.url error.resource.url long_task.scripts.*.source_url _dd.debug_ids.*.url _dd.wasm_modules.*.url vital.websocket.url';

const TEXTS =
  'context.ferrum.inp.longest_script.invoker error.message error.stack error.handling_stack error.component_stack error.causes.*.message error.causes.*.stack long_task.scripts.*.invoker resource.request.headers resource.response.headers resource.graphql.variables resource.graphql.payload resource.graphql.errors.*.message';

/** From a scheme or a slash to the next character that no address has. */
const ADDRESS = /(?:[a-z][a-z\d+.-]{0,30}:\/)?\/[^\s"'<>`]+/gi;

/** Line and column, and what ends a sentence or a bracket. Bounded: texts may be hostile. */
const TAIL = /(?:(?::\d{1,9}){2})?[)\]},.;:!]{0,9}$/;

/** `undefined` when nothing is to be done. */
export function createScrub(option: ScrubUrl | undefined): Scrub | undefined {
  if (!option) return undefined;
  const kept = Array.isArray(option) ? option : [];

  const url = (given: string): string => {
    try {
      const result = typeof option === 'function' ? option(given) : undefined;
      if (typeof result === 'string') return result;
    } catch {}
    return cut(given, kept);
  };

  const text = (given: string): string =>
    given.replace(ADDRESS, (address) => {
      if (address[0] === '/' && !/\?[^=]*=/.test(address)) return address;
      const [tail] = TAIL.exec(address) as unknown as [string];
      return url(address.slice(0, address.length - tail.length)) + tail;
    });

  const apply = (paths: string, change: (text: string) => string, event: Context): void => {
    for (const path of paths.split(' ')) {
      atPath(path, (holder, key) => changeText(holder, key, change), event);
    }
  };

  return {
    url,
    text,
    event(event) {
      apply(URLS, url, event);
      apply(TEXTS, text, event);
    },
  };
}

/** Of an object, as headers, each of its texts. */
function changeText(holder: Context, key: string, change: (text: string) => string): void {
  const value = holder[key];
  if (typeof value === 'string') holder[key] = change(value);
  if (isObject(value)) for (const name in value) changeText(value, name, change);
}

function cut(url: string, kept: string[]): string {
  const [, address, query, fragment] = /^([^?#]*)(\?[^#]*)?(#.*)?/.exec(url) as unknown as [
    string,
    string,
    string?,
    string?,
  ];
  const route = /^#!?\//.test(fragment ?? '') ? (fragment as string).split('?') : [''];
  return (
    address.replace(/^([a-z][a-z\d+.-]*:)?\/\/[^/]*@/i, '$1//') +
    filtered(query?.slice(1), kept) +
    route[0] +
    filtered(route[1], kept)
  );
}

/** The parameters that stay, as they were written, with their `?`. */
function filtered(query: string | undefined, kept: string[]): string {
  const isKept = (parameter: string) => kept.includes(/^[^=]*/.exec(parameter)?.[0] ?? '');
  const parameters = kept[0] && query ? query.split('&').filter(isKept) : [];
  return parameters[0] ? `?${parameters.join('&')}` : '';
}
