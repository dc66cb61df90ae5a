/**
 * The part of an event that tells an error. Texts and rules are those of browser-core 7.16
 * (`domain/error`). Deliberate differences: an error with a message but an empty name keeps its
 * message (Datadog: `Empty message`) and is an `Error`; failed requests and elements are errors where
 * asked for; code of WebAssembly is said to be such.
 */

import { CONSOLE, CUSTOM, NETWORK, OWN_FRAMES, REPORT } from '../engine-contract.ts';
import { cut, textOf } from '../error.ts';
import type { ErrorCall, Outline } from '../page/error-outline.ts';
import { tellFailure } from './failure.ts';
import { tellReport } from './report.ts';
import { canonicalStack, framesOf, handlingStack, wasmModule } from './stack.ts';
import { chainOf, type Reading, type Thrown } from './thrown.ts';
import { tellValue } from './value.ts';

/** With what the handling stacks begin that plugins for frameworks have made themselves. */
const HANDLING_STACK = 'HandlingStack: ';

/** What stands for the stack of a thrown value that has none. Only who throws can do better. */
const NO_STACK = 'No stack, consider using an instance of Error';

/** What is no Error. */
export interface Told extends Thrown {
  /** Fields of the event's part that only this kind has, or has in its own way. */
  own: object;
}

/** The event's own part; `outline` is what was read of it when the error happened. */
export function describeError(outline: Outline, call: ErrorCall, reading: Reading) {
  const [kind, given, , origin = ''] = call;
  const thrown = [given].flat().find(reading.isError);
  const chain = thrown ? chainOf(thrown, reading) : [tell(call)];
  const [outermost, ...causes] = chain as [Thrown & Partial<Told>, ...Thrown[]];
  const modules = wasmModules(chain);
  return {
    error: {
      ...outline,
      message: outline.message || (thrown ? 'Empty message' : ''),
      type: outermost.name || undefined,
      stack: stackOf(kind, outermost),
      handling_stack: handlingStackOf(kind, origin),
      causes: causes[0] && causes.map((cause) => causeOf(cause, outline.source)),
      fingerprint: textOf(thrown, 'dd_fingerprint') || undefined,
      source_type: modules[0] === undefined ? 'browser' : 'browser+wasm',
      ...outermost.own,
    },
    _dd: { wasm_modules: describeModules(modules) },
  };
}

function tell(call: ErrorCall): Told {
  if (call[0] === REPORT) return tellReport(call[1]);
  if (call[0] === NETWORK) return tellFailure(call[1]);
  return tellValue(call);
}

function stackOf(kind: number, { name, message, stack }: Thrown): string | undefined {
  // What the browser reports has a name, but only a stack if there is a source file.
  if (kind === REPORT && !stack) return undefined;
  return canonicalStack(name, message, stack) ?? (kind <= CUSTOM ? NO_STACK : undefined);
}

/** Without the shim's frames. */
function handlingStackOf(kind: number, origin: Error | string): string | undefined {
  if (kind !== CUSTOM && kind !== CONSOLE) return undefined;
  const stack = typeof origin === 'string' ? cut(origin) : textOf(origin, 'stack');
  if (!stack || stack.startsWith(HANDLING_STACK)) return stack || undefined;
  return handlingStack(kind === CONSOLE ? 'console error' : 'error', stack, OWN_FRAMES);
}

function causeOf({ name, message, stack }: Thrown, source: string): object {
  return {
    message: message || (name && 'Empty message'),
    source,
    type: name || undefined,
    stack: canonicalStack(name, message, stack),
  };
}

/** The URLs of the modules in the stacks, each once; empty for one that is not told. */
function wasmModules(chain: Thrown[]): string[] {
  // Most stacks have none, and are not read for it.
  const told = chain.filter(({ stack }) => stack?.includes('wasm'));
  const frames = told.flatMap(({ message, stack }) => framesOf(message, stack));
  return [...new Set(frames.flatMap((frame) => wasmModule(frame) ?? []))];
}

/**
 * What is missing for their symbols, the id of the build, is in a section of the module, which no stack
 * leads to.
 */
function describeModules(modules: string[]): object[] | undefined {
  const known = modules.filter(Boolean).map((url) => ({ url, debug_info_type: 'unknown' }));
  return known[0] && known;
}
