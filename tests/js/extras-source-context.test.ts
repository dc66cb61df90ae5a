/** Micro-frontends: whose code made an event. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { computeStackTrace } from '@datadog/browser-core/cjs/tools/stackTrace/computeStackTrace.js';
import { sourceContext } from '../../js/extras/source-context.ts';

const CART = 'https://cdn.example/cart.js';
const PAY = 'https://cdn.example/react@18/pay.js?v=1';

/** One frame, as the browsers and the official SDK write it. */
const STACKS = [
  (url: string) => `Error: no\n    at pay (${url}:10:15)\n    at https://other.example/a.js:1:1`,
  (url: string) => `Error\n    at ${url}:10:15`,
  (url: string) => `Error\n    at async Promise.all (index 0)\n    at new Cart (${url}:10:15)`,
  (url: string) => `Error\n    at eval (eval at run (${url}:10:15), <anonymous>:1:1)`,
  (url: string) => `pay@${url}:10:15\n@https://other.example/a.js:1:1`,
  (url: string) => `@${url}:10:15`,
  (url: string) => `global code@${url}:10:15`,
  (url: string) => `${url}:10:15`,
  (url: string) => `Error: no\n  at pay @ ${url}:10:15`,
  (url: string) => `Error: no\n  at <anonymous> @ ${url}:10`,
];

const page = () => ({
  DD_SOURCE_CODE_CONTEXT: {
    [`Error\n    at ${CART}:1:2`]: { service: 'cart', version: '1.2', ddDebugId: 'd-cart' },
    [`Error\n    at pay (${PAY}:1:2)`]: { service: 'pay', ddDebugId: 'd-pay' },
  } as Record<string, object>,
});

const error = (stack?: string, more: object = {}) => ({
  type: 'error',
  service: 'shell',
  version: '9',
  error: { stack, ...more },
  _dd: { drift: 0 },
});

test('service and version of an error are those of its first frame', () => {
  for (const write of STACKS) {
    const event: Record<string, unknown> = error(write(PAY));
    sourceContext(page()).apply(event, undefined);
    assert.equal(event.service, 'pay', write(PAY));
    assert.equal(event.version, '9');
  }
});

test('frames are found where the official SDK finds them', () => {
  for (const write of STACKS) {
    const own = { DD_SOURCE_CODE_CONTEXT: { [write(CART)]: { service: 'found' } } };
    const frames = computeStackTrace({ stack: write(CART) }).stack;
    const event: Record<string, unknown> = error(`Error\n    at f (${CART}:3:4)`);
    sourceContext(own).apply(event, undefined);
    assert.equal(event.service, 'found', write(CART));
    const urls = frames.map(({ url }) => url);
    // It takes `index 0` for a place in a file.
    assert.ok(urls.includes(CART), write(CART));
  }
});

test('an address in a message is no frame', () => {
  const event: Record<string, unknown> = error(`Error: failed ${CART}:1:1\n    at f (${PAY}:1:1)`);
  sourceContext(page()).apply(event, undefined);
  assert.equal(event.service, 'pay');
});

test('an event without a stack of its own goes by the call that made it', () => {
  const handlingStack = `HandlingStack: action\n  at pay @ ${CART}:1:2`;
  const action: Record<string, unknown> = { type: 'action', action: {} };
  const noStack: Record<string, unknown> = error();
  const own: Record<string, unknown> = error(`Error\n    at f (${PAY}:1:1)`);
  for (const event of [action, noStack, own]) sourceContext(page()).apply(event, handlingStack);
  assert.equal(action.service, 'cart');
  assert.equal(noStack.service, 'cart');
  assert.equal(own.service, 'pay');
  assert.equal(action._dd, undefined);
});

test('a long frame goes by its first script', () => {
  const scripts = [{ source_url: CART }, { source_url: PAY }, {}];
  const event: Record<string, unknown> = { type: 'long_task', long_task: { scripts } };
  sourceContext(page()).apply(event, undefined);
  assert.equal(event.service, 'cart');
  assert.deepEqual(event._dd, {
    debug_ids: [
      { url: CART, id: 'd-cart' },
      { url: PAY, id: 'd-pay' },
    ],
  });
});

test('the debug ids of all files of an error and its causes are sent, each once', () => {
  const causes = [{ stack: `Error\n    at ${CART}:1:2` }, {}];
  const event = error(`Error\n    at a (${PAY}:1:2)\n    at b (${PAY}:3:4)`, { causes });
  sourceContext(page()).apply(event, undefined);
  assert.deepEqual(event._dd, {
    drift: 0,
    debug_ids: [
      { url: PAY, id: 'd-pay' },
      { url: CART, id: 'd-cart' },
    ],
  });
});

test('files that are loaded later are known, and the first of two is kept', () => {
  const own = page();
  const source = sourceContext(own);
  const late = 'https://cdn.example/late.js';
  const event: Record<string, unknown> = error(`Error\n    at ${late}:1:2`);
  source.apply(event, undefined);
  assert.equal(event.service, 'shell');
  own.DD_SOURCE_CODE_CONTEXT[`at ${late}:1:1`] = { service: 'late' };
  own.DD_SOURCE_CODE_CONTEXT[`at ${late}:2:2`] = { service: 'second' };
  source.apply(event, undefined);
  assert.equal(event.service, 'late');
});

test('what is no context does no harm', () => {
  for (const given of [undefined, {}, { x: null, [`at ${CART}:1:1`]: 7 }]) {
    const event: Record<string, unknown> = error(`Error\n    at ${CART}:1:2`);
    sourceContext({ DD_SOURCE_CODE_CONTEXT: given } as never).apply(event, undefined);
    assert.deepEqual(event, error(`Error\n    at ${CART}:1:2`));
  }
});
