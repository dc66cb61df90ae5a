/** For whom the extras are loaded. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { needsExtras, needsRemoteConfiguration } from '../../js/needs-extras.ts';
import { replaceGlobals } from './extras-fixture.ts';

const PLAIN = { applicationId: 'a', clientToken: 'c', trackResources: true, scrubUrl: false };

test('pages that ask for nothing special load nothing more', () => {
  assert.equal(needsExtras(PLAIN, undefined), false);
  assert.equal(needsRemoteConfiguration(PLAIN), false);
});

test('each option that needs the extras loads them', () => {
  for (const option of [
    'beforeSend',
    'plugins',
    'allowedGraphQlUrls',
    'trackResourceHeaders',
    'betaTrackWebSockets',
    'storeContextsAcrossPages',
    'scrubUrl',
    'allowedTrackingOrigins',
    'replica',
  ]) {
    assert.equal(needsExtras({ ...PLAIN, [option]: true }, undefined), true, option);
  }
});

test('so do an app around the page and a build plugin', () => {
  for (const name of ['DatadogEventBridge', 'DD_SOURCE_CODE_CONTEXT']) {
    const restore = replaceGlobals({ [name]: {} });
    assert.equal(needsExtras(PLAIN, undefined), true, name);
    restore();
  }
});

test('either form of the remote configuration loads it', () => {
  assert.equal(needsRemoteConfiguration({ remoteConfigurationId: 'a' }), true);
  assert.equal(needsRemoteConfiguration({ remoteConfiguration: { id: 'a' } }), true);
});

test('so does a document whose server wrote its trace into it', () => {
  const page = (meta: unknown, texts: string[], bodyEnd: string[] = []) => {
    const [last, previousSibling] = bodyEnd.map((data) => ({ data }));
    const body = { lastChild: last && { ...last, previousSibling } };
    return {
      querySelector: () => meta,
      childNodes: texts.map((data) => ({ data })),
      body,
    } as never;
  };
  assert.equal(needsExtras(PLAIN, page(null, [], ['\n', 'hello'])), false);
  assert.equal(needsExtras(PLAIN, page({}, [])), true);
  assert.equal(needsExtras(PLAIN, page(null, [' DATADOG;trace-id=1;trace-time=2'])), true);
  assert.equal(needsExtras(PLAIN, page(null, [], ['\n', 'DATADOG;trace-id=1;trace-time=2'])), true);
});
