/** Contexts that outlive the page. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { ACCOUNT, GLOBAL, USER } from '../../js/engine-contract.ts';
import { storeContexts } from '../../js/extras/contexts-storage.ts';
import { fakeStorage, replaceGlobals } from './extras-fixture.ts';

function open(stored: Record<string, string> = {}, given: string[] = []) {
  const storage = fakeStorage(stored);
  const target = new EventTarget();
  const restore = replaceGlobals({ localStorage: storage, window: target });
  const contexts = ['{}', '{}', '{}'].map((empty, kind) => given[kind] ?? empty);
  const contextsStorage = storeContexts(
    (kind) => contexts[kind] as string,
    (kind, json) => {
      contexts[kind] = json;
    },
  );
  const change = (key: string | null) =>
    target.dispatchEvent(Object.assign(new Event('storage'), { key }));
  return { ...contextsStorage, storage, contexts, change, restore };
}

test('contexts of former pages are merged under those of this page', () => {
  const page = open(
    { _dd_c_rum_1: '{"id":"old","name":"Jane"}', _dd_c_rum_2: '{"tenant":{"a":1}}' },
    ['{"tenant":{"b":2}}', '{"id":"new"}'],
  );
  assert.equal(page.contexts[USER], '{"id":"new","name":"Jane"}');
  assert.equal(page.contexts[GLOBAL], '{"tenant":{"a":1,"b":2}}');
  assert.equal(page.contexts[ACCOUNT], '{}');
  assert.equal(page.storage.stored._dd_c_rum_1, '{"id":"new","name":"Jane"}');
  assert.equal(page.storage.stored._dd_c_rum_4, undefined);
  page.restore();
});

test('each has the key of the official SDK', () => {
  const page = open();
  page.store(USER, '{"id":"1"}');
  page.store(GLOBAL, '{"g":2}');
  page.store(ACCOUNT, '{"id":"4"}');
  assert.deepEqual(page.storage.stored, {
    _dd_c_rum_1: '{"id":"1"}',
    _dd_c_rum_2: '{"g":2}',
    _dd_c_rum_4: '{"id":"4"}',
  });
  page.restore();
});

test('what another tab changes is changed here, until the end', () => {
  const page = open({}, ['{"own":1}', '{"id":"1"}']);
  page.storage.stored._dd_c_rum_1 = '{"id":"2"}';
  page.change('other');
  assert.equal(page.contexts[USER], '{"id":"1"}');
  page.change('_dd_c_rum_1');
  assert.equal(page.contexts[USER], '{"id":"2"}');
  assert.equal(page.contexts[GLOBAL], '{"own":1}');
  delete page.storage.stored._dd_c_rum_1;
  delete page.storage.stored._dd_c_rum_2;
  page.change(null);
  assert.equal(page.contexts[USER], '{}');
  assert.equal(page.contexts[GLOBAL], '{}');
  page.stop();
  page.storage.stored._dd_c_rum_1 = '{"id":"3"}';
  page.change('_dd_c_rum_1');
  assert.equal(page.contexts[USER], '{}');
  page.restore();
});

test('a storage that is full, forbidden or holds anything else does no harm', () => {
  const full = open();
  full.storage.isFull = true;
  full.store(USER, '{"id":"1"}');
  full.restore();
  for (const text of ['no JSON', '7', 'null', '[1]', '"text"']) {
    const page = open({ _dd_c_rum_1: text }, ['{}', '{"id":"1"}']);
    assert.equal(page.contexts[USER], '{"id":"1"}');
    page.restore();
  }
  const restore = replaceGlobals({ localStorage: undefined, window: new EventTarget() });
  storeContexts(
    () => '{"a":1}',
    () => {},
  ).store(USER, '{}');
  restore();
});
