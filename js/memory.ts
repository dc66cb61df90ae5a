/**
 * The engine's memory: numbers and texts on their way to the engine and back, so that nothing but
 * numbers crosses the boundary. Memory that grows is another buffer (and what was there stays, where
 * the engine is JavaScript): nothing keeps one.
 */

import { __wbg_set_wasm, input, memoryOf, reserve } from 'virtual:glue';
import { connect } from 'virtual:host';

let memory: WebAssembly.Memory;

const encoder = new TextEncoder();

/** Of the module or of the script: what `instantiate` gave. */
export function setEngine(exports: WebAssembly.Exports): void {
  memory = memoryOf(exports);
  __wbg_set_wasm(exports);
}

/** Gives the engine an input; `src/browser/inputs.rs` says of which kinds. */
export function give(kind: number, numbers: readonly number[], text: string): void {
  // Most texts are ASCII and short: a loop takes half the time of `TextEncoder`.
  const bytes = /[^\0-\x7f]/.test(text) && encoder.encode(text);
  const { length } = bytes || text;
  const at = reserve(numbers.length, length);
  new Float64Array(memory.buffer, at).set(numbers);
  const place = new Uint8Array(memory.buffer, at + numbers.length * 8, length);
  if (bytes) place.set(bytes);
  else for (let i = 0; i < length; i++) place[i] = text.charCodeAt(i);
  input(kind);
}

/** `output` takes what the engine asks for; `src/browser/host.rs` says what there is. */
export function onOutput(
  output: (kind: number, number: number, other: number, text: string) => void,
): void {
  connect((kind, number, other, at, size) => {
    // A decoder of its own each time: that of Safari fails after 2 GB.
    const bytes = new Uint8Array(memory.buffer, at, size);
    output(kind, number, other, size ? new TextDecoder().decode(bytes) : '');
  });
}
