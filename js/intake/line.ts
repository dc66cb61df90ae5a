import { isObject, type Json } from './json.ts';

/** A line that holds an event. */
export interface GoodLine {
  line: number;
  bytes: number;
  event: Json;
}

/** A line that does not. */
export interface BadLine {
  line: number;
  reason: string;
  excerpt: string;
}

/** A batch of Datadog's SDK has 50. */
const maxLines = 10_000;

/** Everything behind this limit may recurse: the serialiser, the fold, the live page. Datadog keeps 20 levels. */
const maxDepth = 500;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads newline-delimited JSON. Blank lines count, and mean nothing. */
export function* parseLines(body: Buffer): Generator<GoodLine | BadLine> {
  let line = 0;
  for (let start = 0; start < body.length; ) {
    const newline = body.indexOf(0x0a, start);
    const end = newline < 0 ? body.length : newline;
    const bytes = body.subarray(start, end);
    start = end + 1;
    line += 1;
    if (line > maxLines) {
      yield { line, reason: `more than ${maxLines} lines`, excerpt: '' };
      return;
    }
    if (!isBlank(bytes)) yield parseLine(bytes, line);
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}

function parseLine(bytes: Buffer, line: number): GoodLine | BadLine {
  try {
    const text = decoder.decode(bytes);
    if (isDeeper(text, maxDepth)) throw new Error(`nested deeper than ${maxDepth} levels`);
    const event: unknown = JSON.parse(text);
    if (!isObject(event)) throw new Error('not a JSON object');
    return { line, bytes: bytes.length, event };
  } catch (error) {
    return { line, reason: reasonOf(error), excerpt: excerptOf(bytes) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof TypeError) return 'not UTF-8';
  return (error as Error).message.slice(0, 200);
}

function excerptOf(bytes: Buffer): string {
  return bytes.subarray(0, 800).toString('utf8').slice(0, 200);
}

function isDeeper(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (inString && character === '\\') at++;
    else if (character === '"') inString = !inString;
    else if (inString) continue;
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > limit) return true;
  }
  return false;
}
