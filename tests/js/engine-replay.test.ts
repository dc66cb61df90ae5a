/**
 * Where there is no WebAssembly, pages get the engine as JavaScript (`wasm2js`): given the same inputs, it asks for the
 * same outputs, byte for byte. `tests/browser/fallback.spec.ts` shows that such pages get it.
 */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { Given } from '../browser/engine-inputs.ts';
import { recording } from './engine-recording.ts';

const module = new WebAssembly.Module(
  readFileSync(new URL('../../dist/engine/engine.wasm', import.meta.url)),
);
const { default: script } = await import('../../dist/engine/engine.asm.js' as string);

interface Engine {
  memory: WebAssembly.Memory;
  reserve(numbers: number, textSize: number): number;
  input(kind: number): void;
}

type Imports = Record<string, Record<string, (...args: number[]) => void>>;

type Import = { module: string; name: string };

type Start = (imports: Imports) => WebAssembly.Exports;

const engines: Record<string, Start> = {
  wasm: (imports) => new WebAssembly.Instance(module, imports).exports,
  script,
};

/** The build has made the names short. */
function named(exports: WebAssembly.Exports): Engine {
  const all = Object.values(exports);
  const taking = (count: number) =>
    all.find((each) => typeof each === 'function' && each.length === count) as never;
  const memory = all.find((each) => 'buffer' in each) as WebAssembly.Memory;
  return { memory, reserve: taking(2), input: taking(1) };
}

interface Output {
  /** Of the input that led to it. */
  index: number;
  numbers: number[];
  /** Latin 1, so that each character is a byte. */
  bytes: string;
}

/** What an engine asks for, as `src/browser/host.rs` has it. */
function replay(start: Start, given: Given[]): Output[] {
  const outputs: Output[] = [];
  let index = 0;
  const output = (...args: number[]) => {
    const [kind, number, other, at, size] = args as [number, number, number, number, number];
    const bytes = Buffer.from(engine.memory.buffer, at >>> 0, size).toString('latin1');
    outputs.push({ index, numbers: [kind, number, other], bytes });
  };
  // There is one.
  const [{ module: from, name }] = WebAssembly.Module.imports(module) as never as [Import];
  const engine = named(start({ [from]: { [name]: output } }));
  for (const [kind, numbers, text] of given) {
    const bytes = Buffer.from(text);
    const at = engine.reserve(numbers.length, bytes.length) >>> 0;
    new Float64Array(engine.memory.buffer, at).set(numbers);
    new Uint8Array(engine.memory.buffer, at + numbers.length * 8).set(bytes);
    engine.input(kind);
    index += 1;
  }
  return outputs;
}

const SEND = 0;

/** The types of the events that were sent. */
function typesOf(outputs: Output[]): string[] {
  const bodies = outputs.filter(({ numbers }) => numbers[0] === SEND).map(({ bytes }) => bytes);
  const lines = bodies.flatMap((body) => body.split('\n'));
  return [...new Set(lines.map((line) => JSON.parse(line).type))].sort();
}

/**
 * What a float may be, and what translated code has to do by hand. What has no room in an integer, such as a time of
 * more than 584 years, is its largest value in the module and 0 in the script (`--llvm-nontrapping-fptoint-lowering` in
 * `js/tools/engine.mjs`): no page has that.
 */
const ODD = [
  0,
  -0,
  0.1,
  1e-7,
  123_456.789,
  2 ** 31 - 1,
  2 ** 31 + 0.5,
  4e9,
  -0.5,
  -1e9,
  Number.NaN,
];

/** The same visit with every `step`-th number, from `first` on, replaced by another one. */
function spoiled(given: Given[], first: number, step: number): Given[] {
  let count = first;
  return given.map(([kind, numbers, text], input) => {
    // What makes the engine, and the two clocks.
    if (input === 0) return [kind, numbers, text];
    const spoil = (number: number, at: number) => {
      if (at < 2 || count++ % step !== 0) return number;
      return ODD[Math.floor(count / step) % ODD.length] as number;
    };
    return [kind, numbers.map(spoil), text];
  });
}

describe('the engine as JavaScript', () => {
  it('asks for the same as the module, byte for byte', () => {
    const given = recording();
    const expected = replay(engines.wasm as Start, given);
    assert.deepEqual(typesOf(expected), [
      'action',
      'error',
      'long_task',
      'resource',
      'view',
      'vital',
    ]);
    assert.deepEqual(replay(engines.script as Start, given), expected);
  });

  it('does so with numbers of any kind', () => {
    for (let first = 0; first < 40; first++) {
      const given = spoiled(recording(), first, 7);
      const expected = replay(engines.wasm as Start, given);
      assert.deepEqual(
        replay(engines.script as Start, given),
        expected,
        `spoiled from ${first} on`,
      );
    }
  });
});
