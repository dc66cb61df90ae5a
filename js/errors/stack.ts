/**
 * Stack traces: the `stack` text of an error goes in, its frames come out, or Datadog's canonical
 * text: `Name: message`, then `\n  at function @ url:line:column` for each frame.
 *
 * Reads what V8, Gecko and JavaScriptCore write, and the canonical text itself. Reference:
 * browser-core 7.16, `tools/stackTrace/computeStackTrace.ts`, `handlingStack.ts`. Deliberate
 * differences:
 *
 * - At most `MAX_FRAMES` frames are read.
 * - The message is recognised behind any name: V8 writes the name the error had when it was made.
 * - V8: paths of Windows and any other location with a line are accepted; modules of `node:` are
 *   dropped (Datadog: a frame with all of the line for its url); a `native` frame has the url
 *   `native` (Datadog: `foo(native) @ undefined`).
 * - Gecko: any `scheme://` is accepted; code of `new Function` collapses to its origin like that of
 *   `eval`; arguments (until Firefox 13) stay part of the function's name.
 * - Frames without a url (`eval code` in JavaScriptCore) are dropped, not written as `undefined`.
 *
 * A page may make stacks of any text. No expression here goes over a text more than once: after each
 * repetition comes what it does not match.
 */

/**
 * Frames read of one stack: as many as Gecko records. V8 records 10 and JavaScriptCore 100 by
 * default, but pages may raise `Error.stackTraceLimit`.
 */
export const MAX_FRAMES = 128;

/** One call. */
export interface Frame {
  /** As the browser writes it (`new Foo`, `async foo`, `foo/<`); `<anonymous>` when unknown. */
  function: string;
  /**
   * Script URL, path, or what stands for it (`[native code]`, `<anonymous>`); for WebAssembly the
   * whole locator, with function index and offset.
   */
  url: string;
  /** Counted from 1; 0 when not told. */
  line: number;
  /** Likewise, and 0 without a line. */
  column: number;
}

/**
 * `error.stack`. What has no name is no error: its stack is that of an `Error`, and absent when no
 * frame could be read.
 */
export function canonicalStack(name: string, message: string, stack: string): string | undefined {
  const frames = framesOf(message, stack);
  return name || frames[0] ? written(name || 'Error', message, frames) : undefined;
}

/**
 * `error.handling_stack`: where the page called `what`, from the stack of an error made in the call,
 * whose innermost `own` frames are the shim's.
 */
export function handlingStack(what: string, stack: string, own: number): string {
  return written('HandlingStack', what, framesOf('', stack).slice(own));
}

function written(name: string, message: string, frames: Frame[]): string {
  return [`${name}: ${message}`, ...frames.map(frameText)].join('\n  at ');
}

function frameText({ function: name, url, line, column }: Frame): string {
  return `${name} @ ${[url, line, column].filter(Boolean).join(':')}`;
}

/**
 * The frames of a `stack` text, which may begin with the error's name and `message`; the innermost
 * first. Lines that are no frames are skipped, and so are frames of `node:` modules.
 */
export function framesOf(message: string, stack: string): Frame[] {
  const frames: Frame[] = [];
  for (const line of withoutMessage(message, stack).split('\n')) {
    const frame = frameOf(line);
    if (frame) frames.push(frame);
    if (frames.length === MAX_FRAMES) break;
  }
  return frames;
}

/**
 * The URL of the module when this is a function of WebAssembly, `url:wasm-function[7]:0x1f`,
 * <https://webassembly.github.io/spec/web-api/#conventions>; empty when only that is known.
 */
export function wasmModule({ url }: Frame): string | undefined {
  const [module, locator] = url.split(':wasm-function[');
  return url === '[wasm code]' ? '' : locator === undefined ? undefined : module;
}

/**
 * The rest of V8's text behind `Name: message`; the message may have lines that look like frames. The
 * other engines do not repeat it.
 */
function withoutMessage(message: string, stack: string): string {
  const header = firstLine(stack);
  const start = header.length - firstLine(message).length;
  const rest = stack.slice(start + message.length);
  const isNamed = start === 0 || header.endsWith(': ', start);
  return isNamed && stack.startsWith(message, start) && /^(\n|$)/.test(rest) ? rest : stack;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] as string;
}

/**
 * The lines read last. An error's stack and that of the call which tells of it have most of theirs in
 * common, and so have the errors of one application.
 */
const known = new Map<string, Frame | undefined>();

/** A few hundred bytes each, together at most about 200 KB. */
const KNOWN_LINES = 400;
const KNOWN_LENGTH = 250;

function frameOf(line: string): Frame | undefined {
  if (known.has(line)) return known.get(line);
  const frame = parseLine(line.trim());
  if (known.size === KNOWN_LINES) known.clear();
  if (line.length <= KNOWN_LENGTH) known.set(line, frame);
  return frame;
}

function parseLine(line: string): Frame | undefined {
  return line.startsWith('at ') ? parseV8(line.slice(3)) : parseGecko(line);
}

/**
 * `function (location)`, `location` or `async location`,
 * <https://v8.dev/docs/stack-trace-api#appendix%3A-stack-trace-format>; or `function @ location`, which
 * is canonical.
 */
function parseV8(call: string): Frame | undefined {
  if (call.endsWith(')')) {
    const place = placeOf(call.slice(0, -1));
    return parseNamed(place, ' (', isInV8) ?? parseNamed(place, '(', isInV8);
  }
  const isAsync = call.startsWith('async ');
  const location = placeOf(isAsync ? call.slice('async '.length) : call);
  return (
    parseNamed(placeOf(call), ' @ ', isInV8) ?? parseAlone(isAsync ? 'async' : '', location, isInV8)
  );
}

/** `function@location`, in JavaScriptCore also a `location` alone. */
function parseGecko(call: string): Frame | undefined {
  const place = placeOf(call);
  const isAlone = place.line !== undefined || call[0] === '[';
  return (
    parseNamed(place, '@', isInGecko) ?? (isAlone ? parseAlone('', place, isInGecko) : undefined)
  );
}

function parseAlone(name: string, place: Place, isLocation: IsLocation): Frame | undefined {
  const { url, line } = place;
  return isLocation(url, line, url.includes(' ')) ? frame(name, place) : undefined;
}

/** The function ends at the first separator that has a location behind it. */
function parseNamed(place: Place, separator: string, isLocation: IsLocation): Frame | undefined {
  const { url, line } = place;
  const lastSpace = url.lastIndexOf(' ');
  for (let at = url.indexOf(separator); at >= 0; at = url.indexOf(separator, at + 1)) {
    const start = at + separator.length;
    const location = url.slice(start);
    if (isLocation(location, line, start <= lastSpace)) {
      return frame(url.slice(0, at), { ...place, url: location });
    }
  }
  return undefined;
}

function frame(name: string, place: Place): Frame {
  const { url, line = 0, column = 0 } = v8Origin(place.url) ?? geckoOrigin(place.url) ?? place;
  return {
    function: name || ANONYMOUS,
    url: url || ANONYMOUS,
    line,
    column: line && column,
  };
}

const ANONYMOUS = '<anonymous>';

/** `url[:line[:column]]` */
interface Place {
  url: string;
  line?: number | undefined;
  column?: number | undefined;
}

function placeOf(text: string): Place {
  const [rest, last] = splitNumber(text);
  const [url, line] = splitNumber(rest);
  return line === undefined ? { url: rest, line: last } : { url, line, column: last };
}

/** What is before and after the last colon, if that is a number of 32 bits. */
function splitNumber(text: string): [rest: string, number?: number] {
  const at = text.lastIndexOf(':');
  const digits = text.slice(at + 1);
  const isNumber = at >= 0 && /^\d+$/.test(digits) && Number(digits) < 2 ** 32;
  return isNumber ? [text.slice(0, at), Number(digits)] : [text];
}

/** Whether an engine may mean a location by this. */
type IsLocation = (url: string, line: number | undefined, hasSpace: boolean) => boolean;

/** What is a location in any engine, even without a line. */
const URL_LIKE = /^(?:[a-zA-Z\d+.-]+:\/\/|blob:|\[(?:native|wasm) code\]$)/;

/** Likewise in V8. */
const V8_ONLY = /^(?:<anonymous>$|native$|eval )/;

const PATH = /^(?:\/|.:\\)/;

/** `node:` modules are not the page's. */
const isInV8: IsLocation = (url, line, hasSpace) =>
  URL_LIKE.test(url) ||
  V8_ONLY.test(url) ||
  (line !== undefined && (PATH.test(url) || !(hasSpace || url.startsWith('node:'))));

/** React Native has bundles. */
const isInGecko: IsLocation = (url) => URL_LIKE.test(url) || url.endsWith('bundle');

/**
 * Where V8's eval was called, of nested ones the outermost:
 * `eval at f (url:line:column), <anonymous>:line:column`.
 */
function v8Origin(location: string): Place | undefined {
  const outermost = /^eval at .* \((.*)/s.exec(location)?.[1] ?? '';
  const [, url, line, column] = /^(.*?):(\d{1,9}):(\d{1,9})\)/s.exec(outermost) ?? [];
  return url === undefined ? undefined : { url, line: Number(line), column: Number(column) };
}

/**
 * Where Gecko's eval was called, of nested ones the outermost: `url line 7 > eval`. It does not tell
 * the column. Of a module compiled there (`> WebAssembly.Module`) only the location tells the function.
 */
function geckoOrigin(location: string): Place | undefined {
  const [, url, line] = /^(.*?) line (\d{1,9}) > (?!W)/s.exec(location) ?? [];
  return url === undefined ? undefined : { url, line: Number(line) };
}
