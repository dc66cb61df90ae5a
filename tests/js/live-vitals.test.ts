import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  bytes,
  count,
  duration,
  fileName,
  path,
  plural,
  score,
} from '../../js/intake/live/format.ts';
import {
  gaugePosition,
  limitTexts,
  rate,
  readVital,
  VITALS,
  type VitalName,
} from '../../js/intake/live/vitals.ts';

const NS_PER_MS = 1e6;

const LIMITS: readonly [VitalName, number, number][] = [
  ['LCP', 2500 * NS_PER_MS, 4000 * NS_PER_MS],
  ['FCP', 1800 * NS_PER_MS, 3000 * NS_PER_MS],
  ['INP', 200 * NS_PER_MS, 500 * NS_PER_MS],
  ['CLS', 0.1, 0.25],
  ['TTFB', 800 * NS_PER_MS, 1800 * NS_PER_MS],
  ['FID', 100 * NS_PER_MS, 300 * NS_PER_MS],
];

for (const [name, good, fair] of LIMITS) {
  test(`${name}: what is exactly at a limit belongs to the better side`, () => {
    const step = name === 'CLS' ? 0.0001 : 1;
    assert.equal(rate(name, 0), 'good');
    assert.equal(rate(name, good), 'good');
    assert.equal(rate(name, good + step), 'fair');
    assert.equal(rate(name, fair), 'fair');
    assert.equal(rate(name, fair + step), 'poor');
  });
}

test('a gauge gives each rating a third', () => {
  for (const rule of VITALS) {
    const unit = rule.name === 'CLS' ? 1 : NS_PER_MS;
    const at = (value: number) => gaugePosition(rule, value * unit);
    assert.equal(at(-5), 0);
    assert.equal(at(0), 0);
    assert.equal(at(rule.limits[0]).toFixed(6), (1 / 3).toFixed(6));
    assert.equal(at(rule.limits[1]).toFixed(6), (2 / 3).toFixed(6));
    assert.equal(at(rule.limits[1] * 50), 1);
  }
});

test('a vital is read from its newest place first, then from the legacy one', () => {
  const lcp = VITALS.find((rule) => rule.name === 'LCP');
  assert.ok(lcp);
  const legacy = { largest_contentful_paint: 3e9, largest_contentful_paint_target_selector: 'IMG' };
  assert.equal(readVital(lcp, { view: legacy })?.text, '3 s');
  assert.equal(readVital(lcp, { view: legacy })?.selector, 'IMG');
  const both = { ...legacy, performance: { lcp: { timestamp: 1104e6 } } };
  assert.equal(readVital(lcp, { view: both })?.text, '1.1 s');
  assert.equal(readVital(lcp, { view: {} }), undefined);
  assert.equal(readVital(lcp, { view: { largest_contentful_paint: '3' } }), undefined);
  assert.deepEqual(limitTexts(lcp), ['2.5 s', '4 s']);
});

test('durations of the wire are nanoseconds', () => {
  assert.equal(duration(0), '0 ms');
  assert.equal(duration(1), '1 µs');
  assert.equal(duration(840_000), '840 µs');
  assert.equal(duration(3_100_000), '3.1 ms');
  assert.equal(duration(96_000_000), '96 ms');
  assert.equal(duration(999_400_000), '999 ms');
  assert.equal(duration(999_600_000), '1 s');
  assert.equal(duration(1_104_000_000), '1.1 s');
  assert.equal(duration(9_120_000_000), '9.12 s');
  assert.equal(duration(59_996_000_000), '1 min');
  assert.equal(duration(125_000_000_000), '2 min 5 s');
  assert.equal(duration(3_600_000_000_000), '1 h');
  assert.equal(duration(-2_000_000), '−2 ms');
});

test('numbers and addresses are short', () => {
  assert.equal(bytes(0), '0 B');
  assert.equal(bytes(999), '999 B');
  assert.equal(bytes(14_213), '14.2 kB');
  assert.equal(bytes(3_140_000), '3.1 MB');
  assert.equal(count(1_234_567), '1,234,567');
  assert.equal(plural(1, 'view'), '1 view');
  assert.equal(plural(2, 'view'), '2 views');
  assert.equal(score(0), '0');
  assert.equal(score(0.0432), '0.043');
  assert.equal(path('https://shop.example.com/a?b=1#c'), '/a?b=1#c');
  assert.equal(path('no address'), 'no address');
  assert.equal(fileName('https://cdn.example.com/assets/app.js?v=1'), 'app.js?v=1');
  assert.equal(fileName('https://cdn.example.com/'), 'cdn.example.com');
});
