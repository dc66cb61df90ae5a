/** Stacks group with those of the official SDK: they are the same, frame by frame. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { computeStackTrace, toStackTraceString } from '@datadog/browser-core';
import fc from 'fast-check';
import { canonicalStack } from '../../js/errors/stack.ts';
import { type Sample, samples } from './stacks.ts';

const ours = ({ name, message, stack }: Sample) => canonicalStack(name, message, stack);

function theirs({ name, message, stack }: Sample): string {
  const text = Error.prototype.toString.call({ name, message });
  const error = { name, message, stack, toString: () => text };
  return toStackTraceString(computeStackTrace(error));
}

const canonical = ({ name, message }: Sample, frames: string[]) =>
  [`${name}: ${message}`, ...frames].join('\n  at ');

test('the stacks of real browsers are read as the official SDK reads them', () => {
  assert.ok(samples.length >= 60);
  for (const sample of samples) {
    const text = ours(sample);
    assert.equal(text, sample.ours ? canonical(sample, sample.ours) : theirs(sample));
    // A difference that is none any more is to be taken off the list.
    if (sample.ours) assert.notEqual(text, theirs(sample));
  }
});

const name = fc.stringMatching(/^[A-Za-z_$][\w$.]{0,9}$/);
const position = fc.tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 99_999 }));
const url = fc
  .tuple(
    fc.constantFrom(
      'https://shop.example',
      'http://localhost:8080',
      'file:///C:',
      'blob:https://shop.example',
      'capacitor://localhost',
      'webpack:///.',
    ),
    fc.array(fc.stringMatching(/^[\w@~%+.-]{1,8}$/), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '?v=1:2', '#/a/b', '?at=@x'),
  )
  .map(([origin, path, rest]) => `${origin}/${path.join('/')}.js${rest}`);
const place = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(url, position).map(([url, at]) => [url, ...at].join(':')) },
  fc.tuple(url, fc.nat({ max: 999 }), fc.nat()).map(([base, index, offset]) => {
    return `${base}.wasm:wasm-function[${index}]:0x${offset.toString(16)}`;
  }),
);
const chromeLine = fc.oneof(
  place.map((place) => `    at ${place}`),
  fc
    .tuple(
      fc.constantFrom('', 'new ', 'async ', 'get ', 'Object.', 'async Module.'),
      name,
      fc.constantFrom('', ' [as handler]', '.<anonymous>', '.eval'),
      place,
    )
    .map(([before, name, after, place]) => `    at ${before}${name}${after} (${place})`),
  name.map((name) => `    at ${name} (<anonymous>)`),
  fc
    .tuple(name, name, url, position, position)
    .map(
      ([name, outer, url, at, within]) =>
        `    at ${name} (eval at ${outer} (${url}:${at.join(':')}), <anonymous>:${within.join(':')})`,
    ),
);
const geckoName = fc
  .tuple(
    fc.constantFrom('', 'async*', 'promise callback*', 'get '),
    name,
    fc.constantFrom('', '/<'),
  )
  .map((parts) => parts.join(''));
const firefoxLine = fc.oneof(
  fc.tuple(fc.oneof(geckoName, fc.constant('')), place).map((parts) => parts.join('@')),
  fc
    .tuple(geckoName, url, position, position)
    .map(([name, url, [line], at]) => `${name}@${url} line ${line} > eval:${at.join(':')}`),
);
const safariLine = fc.oneof(
  fc.tuple(name, place).map((parts) => parts.join('@')),
  fc.tuple(url, position).map(([url, at]) => [url, ...at].join(':')),
  fc.constantFrom('map@[native code]', '[native code]', '<?>.wasm-function[7]@[wasm code]'),
);
const lines = (line: fc.Arbitrary<string>) =>
  fc.array(line, { minLength: 1, maxLength: 8 }).map((lines) => lines.join('\n'));
const header = fc.record({
  name: fc.constantFrom('Error', 'TypeError', 'ChunkLoadError'),
  message: fc.oneof(fc.string(), fc.constantFrom('', 'two\nlines', 'at f (a.js:1:2)')),
});
const generated: fc.Arbitrary<Sample> = fc.oneof(
  fc.tuple(header, lines(chromeLine)).map(([header, lines]) => {
    const { name, message } = header;
    const stack = `${message ? `${name}: ${message}` : name}\n${lines}`;
    return { ...header, browser: 'chrome', stack };
  }),
  fc
    .tuple(header, lines(fc.oneof(firefoxLine, safariLine)))
    .map(([header, stack]) => ({ ...header, browser: 'firefox or safari', stack })),
);

test('so are five thousand stacks that they might write', () => {
  const stacks = fc.sample(generated, { seed: 1, numRuns: 5000 });
  for (const stack of stacks) {
    assert.equal(ours(stack), theirs(stack), JSON.stringify(stack, null, 2));
  }
});
