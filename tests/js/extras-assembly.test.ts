/** The order of what happens to an event. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { createAssembly } from '../../js/extras/assembly.ts';
import type { AssembleHook } from '../../js/extras/plugins.ts';
import { json, recordDisplay, replaceGlobals } from './extras-fixture.ts';

const VIEW = { type: 'view', view: { url: 'https://a.example/?t=1' }, context: { a: 1 } };

function assemble(
  event: object,
  options: object = {},
  hooks: AssembleHook[] = [],
  context?: object,
) {
  const display = recordDisplay();
  const assembly = createAssembly(options, new Set(hooks), json, display, () => context ?? {});
  const text = assembly(JSON.stringify(event), 0);
  return text && JSON.parse(text);
}

test('an event that nobody wants to change stays as it is', () => {
  assert.deepEqual(assemble(VIEW), VIEW);
});

test('an empty context is left out', () => {
  const { context, ...rest } = VIEW;
  const beforeSend = (event: { context?: object }) => {
    delete event.context;
  };
  assert.deepEqual(assemble(VIEW, { beforeSend }), rest);
  assert.deepEqual(assemble({ ...rest, context: {} }), rest);
});

test('addresses are scrubbed after the hooks, and before beforeSend has the last word', () => {
  const seen: string[] = [];
  const hook: AssembleHook = ({ rawRumEvent }) => {
    seen.push((rawRumEvent as typeof VIEW).view.url);
    return { view: { referrer: 'https://b.example/?t=2' } };
  };
  const beforeSend = ({ view }: { view: Record<string, string> }) => {
    seen.push(view.url as string, view.referrer as string);
    view.url += '?kept';
  };
  const sent = assemble(VIEW, { scrubUrl: true, beforeSend }, [hook]);
  assert.deepEqual(seen, ['https://a.example/?t=1', 'https://a.example/', 'https://b.example/']);
  assert.equal(sent.view.url, 'https://a.example/?kept');
});

test('who made an event is known by its address before that is scrubbed', () => {
  const url = 'https://a.example/cart.js?v=1';
  const restore = replaceGlobals({
    DD_SOURCE_CODE_CONTEXT: { [`at ${url}:1:2`]: { service: 'cart' } },
  });
  const context = { handlingStack: `HandlingStack: action\n  at f @ ${url}:1:2` };
  const sent = assemble({ type: 'action', action: {} }, { scrubUrl: true }, [], context);
  restore();
  assert.equal(sent.service, 'cart');
});

test('an event is dropped by a hook or by beforeSend', () => {
  const action = { type: 'action', action: {} };
  assert.equal(assemble(action, {}, [() => 'DISCARDED']), undefined);
  assert.equal(assemble(action, { beforeSend: () => false }), undefined);
  assert.deepEqual(assemble(VIEW, { beforeSend: () => false }), VIEW);
});

test('an option that is no function is no beforeSend', () => {
  const display = recordDisplay();
  const assembly = createAssembly({ beforeSend: 7 }, new Set(), json, display, () => ({}));
  assert.deepEqual(JSON.parse(`${assembly(JSON.stringify(VIEW), 0)}`), VIEW);
  assert.deepEqual(display.messages, []);
});
