/** What `beforeSend` is told of an event besides. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { domainContextOf } from '../../js/extras/domain-context.ts';
import { createKept } from '../../js/extras/kept.ts';

/** The times of the events that are told of a rage click, of clicks at these times. */
function clicksOfRage(...times: number[]): number[] {
  const kept = createKept();
  const target = {};
  const [token] = times.map((timeStamp) => kept.keepContext({ events: [{ target, timeStamp }] }));
  const action = { type: 'click', frustration: { type: ['rage_click'] } };
  const event = { type: 'action', action, _dd: { action: { token } } };
  const { events } = domainContextOf(event, 0, kept) as { events: Event[] };
  return events.map(({ timeStamp }) => timeStamp);
}

/** browser-rum-core 7.16, `clickChain.ts`. */
test('clicks of a rage click are a second apart at most', () => {
  assert.deepEqual(clicksOfRage(0, 1000, 2000), [0, 1000, 2000]);
  assert.deepEqual(clicksOfRage(0, 1000, 2001), [0, 1000]);
});
