/** Datadog's own React plugin, from npm, with ours. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { addReactError, reactPlugin } from '@datadog/browser-rum-react';
import { type AssembleHook, pluginTelemetry, startPlugins } from '../../js/extras/plugins.ts';
import { initPlugins } from '../../js/plugin-init.ts';
import { json, recordDisplay } from './extras-fixture.ts';

test('the React plugin sets its options and hands over its errors', () => {
  const plugin = reactPlugin({ router: true });
  const configuration: Record<string, unknown> = { plugins: [plugin] };
  const hooks = new Set<AssembleHook>();
  assert.deepEqual(initPlugins(configuration, {}, hooks), [undefined]);
  assert.equal(configuration.trackViewsManually, true);

  const display = recordDisplay();
  const errors: unknown[][] = [];
  const early = new Error('early');
  addReactError(early, { componentStack: '\n    at Cart' });
  startPlugins(
    [plugin as never],
    () => assert.fail(),
    (...args) => void errors.push(args),
    json,
    display,
  );
  const late = Object.assign(new Error('late'), { dd_context: { cart: 7 } });
  addReactError(late, {});

  assert.deepEqual(display.messages, []);
  const [first, second] = errors;
  assert.equal(first?.[1], early);
  assert.equal(first?.[2], '{"framework":"react"}');
  assert.match(`${first?.[3]}`, /^HandlingStack: react error\n {2}at /);
  assert.equal(first?.[4], '\n    at Cart');
  assert.ok((first?.[0] as number) > 0);
  assert.equal(second?.[2], '{"cart":7,"framework":"react"}');
  assert.equal(second?.[4], '');
});

test('the React plugin tells what it integrates', () => {
  const [telemetry] = pluginTelemetry([reactPlugin() as never], recordDisplay());
  assert.equal(telemetry?.name, 'react');
  assert.equal(telemetry?.router, false);
  assert.match(`${telemetry?.integrations}`, /^react-v\d+$/);
});
