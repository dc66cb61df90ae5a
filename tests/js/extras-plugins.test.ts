/** Plugins: in `init`, when collection begins, and when events are assembled. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { createHooks } from '@datadog/browser-rum-core/cjs/domain/hooks.js';
import { combine } from '@datadog/js-core/util';
import fc from 'fast-check';
import { merge } from '../../js/extras/object.ts';
import {
  type AssembleHook,
  applyHooks,
  pluginsAgree,
  pluginTelemetry,
  startPlugins,
} from '../../js/extras/plugins.ts';
import { initPlugins } from '../../js/plugin-init.ts';
import { json, recordDisplay } from './extras-fixture.ts';

const hooks = () => new Set<AssembleHook>();

test('plugins change the options within init, and get the public API', () => {
  const configuration: Record<string, unknown> = {};
  const api = {};
  let given: Record<string, unknown> = {};
  configuration.plugins = [
    { name: 'none' },
    {
      name: 'router',
      onInit(options: { initConfiguration: Record<string, unknown>; publicApi: object }) {
        given = options;
        options.initConfiguration.trackViewsManually = true;
      },
    },
  ];
  assert.deepEqual(initPlugins(configuration, api, hooks()), [undefined, undefined]);
  assert.equal(configuration.trackViewsManually, true);
  assert.equal(given.publicApi, api);
});

test('what plugins answer is returned, of one as of many', () => {
  const plugin = (answer: unknown) => ({ name: 'p', onInit: () => answer });
  const init = (plugins?: unknown) => initPlugins({ plugins }, {}, hooks());
  assert.deepEqual(init([plugin(undefined), plugin(false)]), [undefined, false]);
  assert.deepEqual(init(plugin(false)), [false]);
  assert.deepEqual(init(), []);
});

test('a promise for false stops the start, and one that is rejected does not', async () => {
  const display = recordDisplay();
  const answers = (...all: unknown[]) =>
    initPlugins({ plugins: all.map((answer) => ({ onInit: () => answer })) }, {}, hooks());
  const no = Promise.resolve(false);
  assert.equal(await pluginsAgree(answers(no, undefined), display), false);
  assert.equal(await pluginsAgree(answers(Promise.resolve(), true, 0), display), true);
  assert.equal(await pluginsAgree(answers(Promise.reject(2), no), display), false);
  assert.equal(await pluginsAgree(answers(Promise.reject(2)), display), true);
  const message = 'error: Plugin threw an error:';
  assert.deepEqual(display.messages, [message, message]);
});

test('a plugin that fails in init is reported, and the others are called', async () => {
  const display = recordDisplay();
  const throwing = {
    onInit() {
      throw 1;
    },
  };
  const last = { onInit: () => false };
  const answers = initPlugins({ plugins: [throwing, null, last] }, {}, hooks());
  assert.equal(answers[2], false);
  assert.equal(await pluginsAgree(answers, display), false);
  const message = 'error: Plugin threw an error:';
  assert.deepEqual(display.messages, [message, message]);
});

test('a hook that a plugin has registered can be unregistered', () => {
  const registered = hooks();
  let unregister = () => {};
  const plugin = {
    onInit(options: { registerAssembleEventHook(hook: AssembleHook): { unregister(): void } }) {
      options.registerAssembleEventHook(() => 'SKIPPED');
      ({ unregister } = options.registerAssembleEventHook(() => 'DISCARDED'));
    },
  };
  initPlugins({ plugins: [plugin] }, {}, registered);
  assert.equal(registered.size, 2);
  unregister();
  assert.equal(registered.size, 1);
});

test('hooks override the event in their order, as in the official SDK', () => {
  const results = [
    { service: 'a', context: { list: [1, 2], kept: 1 } },
    'SKIPPED',
    undefined,
    { service: undefined, context: { list: [3], more: { x: null } }, ddtags: 'theirs' },
  ];
  const event = { type: 'action', date: 5, service: 'shop', context: { own: 1 }, ddtags: 'ours' };
  const { assembleEvent } = createHooks();
  for (const result of results) assembleEvent.register((() => result) as never);
  const expected = combine(event, assembleEvent.trigger({} as never) as object, { ddtags: 'ours' });

  const changed = structuredClone(event);
  const ours = new Set(results.map((result) => () => result));
  assert.equal(applyHooks(changed, ours, {}, json, recordDisplay()), true);
  assert.deepEqual(changed, expected);
});

test('a hook sees the event, its start and its duration', () => {
  const context = { error: 1 };
  const date = performance.timeOrigin + 250;
  const event = { type: 'resource', date, resource: { duration: 3_000_000 } };
  let given: Parameters<AssembleHook>[0] | undefined;
  const hook: AssembleHook = (params) => {
    given = params;
  };
  applyHooks(event, [hook], context, json, recordDisplay());
  assert.equal(given?.domainContext, context);
  assert.equal(given?.eventType, 'resource');
  assert.equal(given?.startTime, 250);
  assert.equal(given?.duration, 3);
  assert.equal(given?.rawRumEvent, event);
});

test('a hook drops an event; one that throws does not', () => {
  const display = recordDisplay();
  const throwing = () => {
    throw new Error('mine');
  };
  assert.equal(applyHooks({ type: 'view' }, [throwing], {}, json, display), true);
  assert.deepEqual(display.messages, ['error: Assemble hook threw an error:']);
  assert.equal(applyHooks({ type: 'view' }, [() => 'DISCARDED'], {}, json, display), false);
});

test('plugins add events of all types but views, and errors with their own stacks', () => {
  const added: unknown[] = [];
  const plugin = {
    name: 'react',
    onRumStart({ addEvent, addError }: Record<string, (...args: unknown[]) => void>) {
      addEvent?.(12, { type: 'vital', vital: { big: 1n } }, { from: 'react' }, 3);
      addEvent?.(12, { type: 'view' }, {});
      addEvent?.(12, null, {});
      addError?.({
        error: 'lost',
        handlingStack: 'stack',
        componentStack: 'component',
        startClocks: { relative: 7, timeStamp: 1e12 },
        context: { framework: 'react' },
      });
      throw new Error('mine');
    },
  };
  const display = recordDisplay();
  const last = { name: 'last', onRumStart: () => added.push('last') };
  const keep = (...args: unknown[]) => void added.push(args);
  startPlugins([plugin as never, last], keep, keep, json, display);
  assert.deepEqual(added, [
    [12, '{"type":"vital","vital":{"big":"[BigInt] 1"}}', { from: 'react' }, 3],
    [7, 'lost', '{"framework":"react"}', 'stack', 'component'],
    'last',
  ]);
  assert.deepEqual(display.messages, ['error: Plugin react threw an error:']);
});

test('what plugins say of themselves goes into telemetry', () => {
  const plugins = [
    { name: 'a', getConfigurationTelemetry: () => ({ router: true }) },
    {
      name: 'b',
      getConfigurationTelemetry() {
        throw new Error('mine');
      },
    },
  ];
  const telemetry = pluginTelemetry(plugins, recordDisplay());
  assert.deepEqual(telemetry, [{ name: 'a', router: true }, { name: 'b' }]);
});

test('merging is that of the official SDK', () => {
  const values = fc.object({ key: fc.constantFrom('a', 'b', 'c'), maxDepth: 3 });
  fc.assert(
    fc.property(values, values, (first, second) => {
      const plain = (value: unknown) => JSON.parse(JSON.stringify(value));
      assert.deepEqual(merge(plain(first), plain(second)), combine(plain(first), plain(second)));
    }),
  );
});

test('merging never reaches the prototype of all objects', () => {
  merge({}, JSON.parse('{"__proto__":{"polluted":1}}'));
  assert.equal(({} as Record<string, unknown>).polluted, undefined);
});
