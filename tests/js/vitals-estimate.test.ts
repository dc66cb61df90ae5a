/** About when routes were painted, where the browser does not tell. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DELIVERY } from '../../js/page/kinds.ts';
import { vitals } from './vitals-fixture.ts';

type Made = ReturnType<typeof vitals>;

const browser = { lacks: ['soft-navigation'], hasNavigation: true };

/** A view that begins at 1000 and has been there for 20 s. */
const route = (given: object = {}) => ({
  type: 'view',
  view: { loading_type: 'route_change', url: 'http://shop/a', time_spent: 20e9, ...given },
});

const ferrumOf = (made: Made, event: object = route(), start = 1000) =>
  made.complete(event, start).context?.ferrum;

function change(made: Made, time: number, href = 'http://shop/a', event = 'currententrychange') {
  made.nowIs(time);
  Object.assign(location, { href });
  made.fire(event);
}

async function paintAt(made: Made, time: number) {
  made.nowIs(time);
  made.runWaiting();
}

/** A route that is painted in a frame, which has ended at `time`. */
async function painted(time: number, given: object = browser) {
  const made = vitals(given);
  change(made, 1001);
  await paintAt(made, 1010);
  await paintAt(made, time);
  return made;
}

test('a route is painted when the frame after the change of the address has ended', async () => {
  const made = await painted(1050);
  const { view, context } = made.complete(route(), 1000);
  assert.deepEqual(context, { ferrum: { fcp: { estimate: 50e6 } } });
  assert.deepEqual(view, route().view);
});

test('where the browser tells when it painted nothing is estimated', async () => {
  const made = await painted(1050, { hasNavigation: true });
  assert.equal(ferrumOf(made), undefined);
});

test('a page that goes back is on a route as well', async () => {
  for (const event of ['popstate', 'hashchange']) {
    const made = vitals(browser);
    change(made, 1001, undefined, event);
    await paintAt(made, 1010);
    await paintAt(made, 1030);
    assert.deepEqual(ferrumOf(made), { fcp: { estimate: 30e6 } }, event);
  }
});

test('where nothing tells of changes the input of the visitor is followed by a look', async () => {
  for (const hasNavigation of [true, false]) {
    const made = vitals({ ...browser, hasNavigation });
    change(made, 1001, undefined, 'click');
    made.runWaiting();
    await paintAt(made, 1010);
    await paintAt(made, 1040);
    assert.deepEqual(ferrumOf(made), hasNavigation ? undefined : { fcp: { estimate: 40e6 } });
  }
});

test('an estimate of more than three seconds is none', async () => {
  assert.deepEqual(ferrumOf(await painted(4000)), { fcp: { estimate: 3e9 } });
  assert.equal(ferrumOf(await painted(4000.001)), undefined);
});

test('a page that was hidden meanwhile has none', async () => {
  const made = vitals(browser);
  change(made, 1001);
  await paintAt(made, 1010);
  made.fire('visibilitychange');
  made.fire('visibilitychange');
  await paintAt(made, 1050);
  assert.equal(ferrumOf(made), undefined);
});

test('a route that was over before it could be painted has none, the next one has its own', async () => {
  const made = vitals(browser);
  change(made, 1001);
  change(made, 1005, 'http://shop/login');
  await paintAt(made, 1010);
  await paintAt(made, 1050);
  assert.equal(ferrumOf(made, route({ time_spent: 4e6 })), undefined);
  const login = route({ url: 'http://shop/login' });
  assert.deepEqual(ferrumOf(made, login, 1004), { fcp: { estimate: 46e6 } });
});

test('only a view that begins with a change of the address has one', async () => {
  const made = await painted(1050);
  assert.equal(ferrumOf(made, route({ loading_type: 'initial_load' })), undefined);
  assert.equal(ferrumOf(made, route({ url: 'http://shop/b' })), undefined);
  // It began later, at the same address.
  assert.equal(ferrumOf(made, route(), 1002), undefined);
});

test('events without a change of the address are nothing', async () => {
  const made = vitals(browser);
  change(made, 1001, 'http://shop/');
  await paintAt(made, 1010);
  await paintAt(made, 1050);
  assert.equal(ferrumOf(made, route({ url: 'http://shop/' })), undefined);
});

test('a view that is painted is sent again', async () => {
  const made = await painted(1050);
  made.runWaiting();
  assert.deepEqual(made.inputs, [DELIVERY, DELIVERY]);
});
