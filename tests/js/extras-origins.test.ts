/** On which pages Ferrum may be. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { isAllowedOrigin } from '../../js/extras/origins.ts';
import { recordDisplay } from './extras-fixture.ts';

test('origins are matched as a whole, and what is no option allows all', () => {
  const is = (option: unknown) => {
    const display = recordDisplay();
    const isAllowed = isAllowedOrigin(option, display, { origin: 'https://a.example' } as Location);
    const said = ['error: SDK initialized on a non-allowed domain.'];
    assert.deepEqual(display.messages, isAllowed ? [] : said);
    return isAllowed;
  };
  for (const option of [undefined, [7], 'https://a.example', [/a\./], [() => true]]) {
    assert.equal(is(option), true, String(option));
  }
  for (const option of [[], 'https://a.exam', ['https://b.example'], [/b\./], [() => false]]) {
    assert.equal(is(option), false, String(option));
  }
});

test('a script of a browser extension is only where its options say', () => {
  const start = (option: unknown, origin: string, file: string) => {
    const display = recordDisplay();
    const stack = `Error\n    at init (${file}/rum.js:1:2)`;
    const isAllowed = isAllowedOrigin(option, display, { origin } as Location, stack);
    return [isAllowed, display.messages.length];
  };
  const page = 'https://a.example';
  for (const extension of ['chrome-extension://abc', 'moz-extension://abc']) {
    assert.deepEqual(start(undefined, page, extension), [false, 1]);
    assert.deepEqual(start([page], page, extension), [true, 0]);
    assert.deepEqual(start(undefined, extension, extension), [true, 0]);
  }
  assert.deepEqual(start(undefined, page, page), [true, 0]);
});
