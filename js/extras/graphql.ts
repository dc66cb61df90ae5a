/** What a request and its response say in GraphQL (browser-rum-core 7.16, `resource/graphql.ts`). */

import type { Context } from '../types.ts';
import type { Display } from './display.ts';
import { isMatchOption, type MatchOption, matches } from './match.ts';
import { isObject } from './object.ts';
import { truncated } from './truncate.ts';

export interface GraphQlUrl {
  match: MatchOption;
  trackPayload?: boolean;
  trackResponseErrors?: boolean;
}

export interface GraphQl {
  operationType?: string | undefined;
  operationName?: string | undefined;
  variables?: string | undefined;
  payload?: string | undefined;
}

export interface GraphQlErrors {
  error_count: number;
  errors: { message: unknown; path: unknown; locations: unknown; code: unknown }[];
}

/** Characters (browser-rum-core 7.16, `GRAPHQL_PAYLOAD_LIMIT`). */
const PAYLOAD_LIMIT = 32768;

/**
 * Bytes of a response that are read for its errors; of a longer one none are known. The official SDK
 * copies responses of any size.
 */
const RESPONSE_LIMIT = 256 * 1024;

/** Errors of one response that are reported; all are counted. The official SDK reports all. */
const ERROR_LIMIT = 20;

/** The keyword after blanks and comments, and the name; a lone `{` is a query too. */
const OPERATION = /^(?:\s|,|#.*)*(?:(query|mutation|subscription)\b\s*(\w*)|\{)/i;

/** The option `allowedGraphQlUrls`, without the items that are of no use. */
export function graphQlUrls(option: unknown, { warn }: Display): GraphQlUrl[] {
  if (!option) return [];
  if (!Array.isArray(option)) {
    warn('allowedGraphQlUrls should be an array');
    return [];
  }
  return option
    .map((item) => (isMatchOption(item) ? { match: item } : item))
    .filter((item) => isMatchOption(item?.match));
}

/** The first option that `url` matches. */
export function findGraphQl(
  urls: GraphQlUrl[],
  url: string,
  display: Display,
): GraphQlUrl | undefined {
  return urls.find(({ match }) => matches(match, url, display));
}

/**
 * `body` as it was given to `fetch` or `send`. Unlike the official SDK's, a query in short form, one
 * after a comment and the name within the query are known too.
 */
export function graphQlOf(
  { trackPayload }: GraphQlUrl,
  method: string,
  url: string,
  body: unknown,
): GraphQl | undefined {
  const source = method === 'POST' ? ofBody(body) : method === 'GET' && ofQuery(url);
  if (!source) return undefined;
  const { query, operationName, operationType, variables } = source;
  const text = typeof query === 'string' ? query.trim() : '';
  const [isKnown, keyword, name] = OPERATION.exec(text) ?? [];
  const declared = /^(query|mutation|subscription)$/.exec(operationType as string)?.[0];
  return {
    operationType: keyword ?? (isKnown ? (declared ?? 'query') : declared),
    operationName: (operationName as string) || name || undefined,
    variables: variables as string,
    payload: trackPayload && text ? truncated(text, PAYLOAD_LIMIT, '...') : undefined,
  };
}

function ofBody(body: unknown): Context | undefined {
  const json = typeof body === 'string' && parse(body);
  if (!isObject(json)) return undefined;
  const { variables } = json;
  return { ...json, variables: variables ? JSON.stringify(variables) : undefined };
}

function ofQuery(url: string): Context {
  const parameters = Object.fromEntries(new URL(url, location.href).searchParams) as Context;
  if (parse(parameters.variables) === undefined) delete parameters.variables;
  return parameters;
}

/** The errors that the text of a response tells of. */
export function graphQlErrors(text: string | undefined): GraphQlErrors | undefined {
  // Nearly all responses tell of none: those are not parsed.
  const json = text?.includes('"errors"') && parse(text);
  const errors = isObject(json) && json.errors;
  if (!Array.isArray(errors) || !errors.length) return undefined;
  return {
    error_count: errors.length,
    errors: errors.slice(0, ERROR_LIMIT).map((error) => ({
      message: error?.message,
      path: error?.path,
      locations: error?.locations,
      code: error?.extensions?.code,
    })),
  };
}

/**
 * The text of a response that the page reads itself; `undefined` when it is no JSON, has no end in
 * sight or cannot be read. Never rejects. Call it before the page has the response.
 */
export async function responseText(response: Response): Promise<string | undefined> {
  try {
    const { headers } = response;
    const isJson = /json/i.test(headers.get('content-type') ?? 'json');
    if (!isJson || Number(headers.get('content-length')) > RESPONSE_LIMIT) return undefined;
    const reader = response.clone().body?.getReader();
    return reader && (await readText(reader));
  } catch {
    return undefined;
  }
}

async function readText(reader: ReadableStreamDefaultReader<Uint8Array>) {
  const decoder = new TextDecoder();
  let text = '';
  for (let room = RESPONSE_LIMIT; ; ) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    room -= value.length;
    if (room < 0) {
      // What else comes is the page's alone.
      reader.cancel().catch(() => {});
      return undefined;
    }
    text += decoder.decode(value, { stream: true });
  }
}

function parse(text: unknown): unknown {
  try {
    return JSON.parse(text as string);
  } catch {
    return undefined;
  }
}
