/** `beforeSend`, compared with the official SDK's for random events and changes. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { startRumAssembly } from '@datadog/browser-rum-core/cjs/domain/assembly.js';
import { createHooks } from '@datadog/browser-rum-core/cjs/domain/hooks.js';
import { LifeCycle } from '@datadog/browser-rum-core/cjs/domain/lifeCycle.js';
import fc from 'fast-check';
import { applyBeforeSend } from '../../js/extras/before-send.ts';
import { json, recordDisplay, replaceGlobals } from './extras-fixture.ts';

type Event = Record<string, unknown>;

/** Of the official `LifeCycleEventType`, which is no value in TypeScript. */
const RAW_EVENT_COLLECTED = 12;
const EVENT_COLLECTED = 13;

/** What the official SDK would send; `undefined` when the event was dismissed. */
function official(event: Event, beforeSend: (event: never) => unknown): Event | undefined {
  const lifeCycle = new LifeCycle() as InstanceType<typeof LifeCycle>;
  let sent: Event | undefined;
  lifeCycle.subscribe(
    EVENT_COLLECTED as never,
    ((result: unknown) => {
      sent = plain(result);
    }) as never,
  );
  const configuration = { beforeSend } as never;
  // Its limit of events per minute waits for the minute.
  const restore = replaceGlobals({ setTimeout: () => 0 });
  startRumAssembly(configuration, lifeCycle as never, createHooks(), () => {});
  lifeCycle.notify(
    RAW_EVENT_COLLECTED as never,
    { startClocks: { relative: 0, timeStamp: 0 }, rawRumEvent: event, domainContext: {} } as never,
  );
  restore();
  delete sent?.ddtags;
  return sent;
}

function ours(event: Event, beforeSend: (event: never) => unknown): unknown {
  const changed = plain(event);
  const isKept = applyBeforeSend(changed, beforeSend, {}, json, recordDisplay());
  // As the assembly does after it.
  if (JSON.stringify(changed.context) === '{}') delete changed.context;
  return isKept ? changed : undefined;
}

const plain = (value: unknown): Event => JSON.parse(JSON.stringify(value));

const PATHS = [
  ...['view.name', 'view.url', 'view.referrer', 'view.id', 'context', 'context.a', 'service'],
  ...['version', 'view', 'usr.id', 'view.performance.lcp.resource_url', 'view.performance.lcp'],
  ...['error', 'error.message', 'error.stack', 'error.handling_stack', 'error.resource.url'],
  ...['error.fingerprint', 'error.type', '_dd.debug_ids', '_dd', 'resource', 'resource.url'],
  ...['resource.graphql.variables', 'resource.request.headers', 'resource.response.headers'],
  ...['resource.response.headers.etag', 'action.target.name', 'long_task.scripts', 'vital.type'],
  ...['long_task.scripts.0.source_url', 'long_task.scripts.1.invoker', 'long_task.scripts.1'],
  ...['vital.websocket.url', 'vital.websocket.requested_protocols', 'vital.websocket.close_reason'],
  'vital.websocket.selected_protocol',
];

const EVENTS: Event[] = [
  { type: 'view', view: { performance: { lcp: { resource_url: 'lcp' } } } },
  { type: 'error', error: { message: 'm', stack: 's', resource: { url: 'r' } } },
  { type: 'error', error: { message: 'm' }, _dd: { debug_ids: [{ id: '1', url: 'u' }] } },
  { type: 'resource', resource: { url: 'u', response: { headers: { etag: 'e' } } } },
  { type: 'resource', resource: { url: 'u', graphql: { variables: '{}' } } },
  { type: 'action', action: { target: { name: 'n' } } },
  {
    type: 'long_task',
    long_task: { scripts: [{ source_url: 'a', invoker: 'b' }, { invoker: 'c' }] },
  },
  { type: 'vital', vital: { type: 'duration' } },
  {
    type: 'vital',
    vital: { type: 'websocket', websocket: { url: 'u', requested_protocols: ['p'] } },
  },
].map((event) => ({
  service: 'shop',
  ...event,
  view: {
    id: 'v',
    url: 'https://shop.example/',
    referrer: '',
    ...((event as Event).view as object),
  },
  context: { a: 1 },
  _dd: { drift: 0, ...((event as Event)._dd as object) },
}));

/** `undefined` deletes. */
type Change = [path: string, value: unknown];

function change(event: never, changes: Change[]): void {
  for (const [path, value] of changes) {
    const keys = path.split('.');
    const last = keys.pop() as string;
    const holder = keys.reduce<Event | undefined>((at, key) => at?.[key] as Event, event);
    if (typeof holder !== 'object' || holder === null) continue;
    if (value === undefined) delete holder[last];
    else holder[last] = structuredClone(value);
  }
}

const value = fc.oneof(
  fc.string(),
  fc.constantFrom<unknown>(null, undefined, 7, true, {}, [], ['x'], { b: [1, null] }, [
    { id: '2' },
  ]),
);
const changes = fc.array(fc.tuple(fc.constantFrom(...PATHS), value), { maxLength: 8 });

test('beforeSend changes the fields that the official SDK lets it change, and no other', () => {
  fc.assert(
    fc.property(fc.constantFrom(...EVENTS), changes, fc.boolean(), (event, changes, isKept) => {
      const beforeSend = (seen: never) => {
        change(seen, changes);
        return isKept;
      };
      assert.deepEqual(ours(event, beforeSend), official(event, beforeSend));
    }),
    { numRuns: 3000 },
  );
});

test('views and socket vitals cannot be dismissed, and the page is told', () => {
  for (const [index, text] of [
    [0, "warn: Can't dismiss view events using beforeSend!"],
    [8, "warn: Can't dismiss WebSocket vital events using beforeSend!"],
  ] as const) {
    const display = recordDisplay();
    assert.equal(
      applyBeforeSend({ ...EVENTS[index] }, () => false, {}, json, display),
      true,
    );
    assert.deepEqual(display.messages, [text]);
  }
});

test('an event is sent with the changes that beforeSend made before it threw', () => {
  const display = recordDisplay();
  const event = { type: 'action', action: { target: { name: 'Pay 4111 1111' } }, view: {} };
  const beforeSend = (seen: never) => {
    change(seen, [['action.target.name', 'Pay']]);
    throw new Error('mine');
  };
  assert.equal(applyBeforeSend(event, beforeSend, {}, json, display), true);
  assert.equal(event.action.target.name, 'Pay');
  assert.deepEqual(display.messages, ['error: beforeSend threw an error:']);
});

test('a field that cannot be read keeps its value, and the others are taken', () => {
  const event: Event = { type: 'action', view: { name: 'a', url: 'u' }, context: { a: 1 } };
  const beforeSend = (seen: Event) => {
    Object.defineProperty(seen.view, 'name', {
      get() {
        throw new Error('no');
      },
    });
    const cycle: Event = { b: 2n };
    cycle.cycle = cycle;
    seen.context = cycle;
  };
  assert.equal(applyBeforeSend(event, beforeSend as never, {}, json, recordDisplay()), true);
  assert.deepEqual(event, {
    type: 'action',
    view: { name: 'a', url: 'u' },
    context: { b: '[BigInt] 2', cycle: '[Reference seen at $]' },
  });
});

test('beforeSend is given the domain context, and a copy of the event', () => {
  const event = { type: 'error', error: { type: 'TypeError' }, view: {} };
  const context = { error: new Error('original') };
  let given: unknown;
  applyBeforeSend(
    event,
    ((seen: typeof event, domainContext: unknown) => {
      given = domainContext;
      seen.error.type = 'changed';
      return true;
    }) as never,
    context,
    json,
    recordDisplay(),
  );
  assert.equal(given, context);
  assert.equal(event.error.type, 'TypeError');
});
