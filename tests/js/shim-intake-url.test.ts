import assert from 'node:assert/strict';
import test from 'node:test';
import { intakeUrl } from '../../js/intake-url.ts';
import { createSend, nativeFetch } from '../../js/transport.ts';
import type { InitConfiguration } from '../../js/types.ts';
import { VERSION } from '../../js/version.ts';
import { NOW, OPTIONS, openPage } from './shim-page.ts';

const ID = '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const QUERY = `ddsource=browser&dd-api-key=pub123&dd-evp-origin-version=${VERSION}&dd-evp-origin=browser&dd-request-id=ID&batch_time=${NOW}&_dd.api=fetch`;

const url = (options: Partial<InitConfiguration>, ...rest: [string?, string?]) => {
  const page = openPage();
  try {
    return intakeUrl({ ...OPTIONS, ...options }, 'fetch', ...rest).replace(new RegExp(ID), 'ID');
  } finally {
    page.restore();
  }
};

test('every site has its host', () => {
  const hosts: [string | undefined, string][] = [
    [undefined, 'browser-intake-datadoghq.com'],
    ['', 'browser-intake-datadoghq.com'],
    ['datadoghq.com', 'browser-intake-datadoghq.com'],
    ['us3.datadoghq.com', 'browser-intake-us3-datadoghq.com'],
    ['us5.datadoghq.com', 'browser-intake-us5-datadoghq.com'],
    ['datadoghq.eu', 'browser-intake-datadoghq.eu'],
    ['ap1.datadoghq.com', 'browser-intake-ap1-datadoghq.com'],
    ['ap2.datadoghq.com', 'browser-intake-ap2-datadoghq.com'],
    ['ddog-gov.com', 'browser-intake-ddog-gov.com'],
    ['us2.ddog-gov.com', 'browser-intake-us2-ddog-gov.com'],
    ['datad0g.com', 'browser-intake-datad0g.com'],
    ['a.b.datad0g.com', 'browser-intake-a-b-datad0g.com'],
  ];
  for (const [site, host] of hosts)
    assert.equal(url({ site }), `https://${host}/api/v2/rum?${QUERY}`);
});

test('encoding and retry have their places in the query', () => {
  assert.equal(
    url({}, '&dd-evp-encoding=deflate', '&_dd.retry_count=2&_dd.retry_after=503'),
    `https://browser-intake-datadoghq.com/api/v2/rum?${QUERY.replace('ID', 'ID&dd-evp-encoding=deflate')}&_dd.retry_count=2&_dd.retry_after=503`,
  );
});

test('a proxy is given path and query, whether absolute, relative or a function', () => {
  const forward = encodeURIComponent(`/api/v2/rum?${QUERY}`);
  assert.equal(
    url({ proxy: 'https://p.example.com' }),
    `https://p.example.com/?ddforward=${forward}`,
  );
  assert.equal(
    url({ proxy: 'https://p.example.com/dd' }),
    `https://p.example.com/dd?ddforward=${forward}`,
  );
  assert.equal(url({ proxy: '/rum' }), `https://shop.example.com/rum?ddforward=${forward}`);
  assert.equal(
    url({ proxy: ({ path, parameters }) => `custom:${path}|${parameters}` }),
    `custom:/api/v2/rum|${QUERY}`,
  );
});

test('every request has an id of its own', () => {
  const page = openPage();
  try {
    assert.notEqual(intakeUrl(OPTIONS, 'fetch'), intakeUrl(OPTIONS, 'fetch'));
  } finally {
    page.restore();
  }
});

test('a request is a plain POST by the fetch of the import, and resolves to its response', async () => {
  const page = openPage({ fetch: () => Promise.resolve({ status: 503 }) });
  try {
    const send = createSend({ options: OPTIONS, fetch: nativeFetch(), intakeUrl });
    globalThis.fetch = () => assert.fail('patched later');
    const response = await send('{"a":1}');
    assert.equal(response?.status, 503);
    assert.deepEqual(page.sent[0]?.init, {
      method: 'POST',
      body: '{"a":1}',
      mode: 'cors',
      priority: 'low',
      keepalive: false,
    });
  } finally {
    page.restore();
  }
});

test('what neither a beacon nor a keepalive request takes is sent by an ordinary one', async () => {
  let calls = 0;
  const answers = [() => Promise.reject(new TypeError('quota')), () => Promise.resolve('sent')];
  const page = openPage({ fetch: () => (answers[calls++] as () => Promise<unknown>)() });
  const { sendBeacon } = navigator;
  try {
    Object.defineProperty(navigator, 'sendBeacon', { value: () => false, configurable: true });
    const send = createSend({ options: OPTIONS, fetch: nativeFetch(), intakeUrl });
    assert.equal(await send('x', true), 'sent');
    assert.deepEqual(
      page.sent.map(({ init }) => init?.keepalive),
      [true, false],
    );
  } finally {
    Object.defineProperty(navigator, 'sendBeacon', { value: sendBeacon, configurable: true });
    page.restore();
  }
});

test('a compressed body outlives the page, whole ones leave it its quota', async () => {
  const page = openPage({ fetch: () => Promise.resolve({ status: 202 }) });
  try {
    const send = createSend({ options: OPTIONS, fetch: nativeFetch(), intakeUrl });
    await send('whole', false);
    await send('whole', false, undefined);
    await send('small', false, '&dd-evp-encoding=deflate');
    assert.deepEqual(
      page.sent.map(({ init }) => init?.keepalive),
      [false, false, true],
    );
  } finally {
    page.restore();
  }
});

test("Zone.js's fetch is passed by", async () => {
  const page = openPage();
  const zone = globalThis as { __zone_symbol__fetch?: unknown };
  let calls = 0;
  zone.__zone_symbol__fetch = async () => calls++;
  try {
    await createSend({ options: OPTIONS, fetch: nativeFetch(), intakeUrl })('x');
    assert.deepEqual([calls, page.sent], [1, []]);
  } finally {
    delete zone.__zone_symbol__fetch;
    page.restore();
  }
});

test('a request that fails, synchronously too, resolves to nothing', async () => {
  for (const fetch of [
    () => Promise.reject(new Error('offline')),
    () => {
      throw new Error('no fetch');
    },
  ]) {
    const page = openPage({ fetch });
    try {
      assert.equal(
        await createSend({ options: OPTIONS, fetch: nativeFetch(), intakeUrl })('x'),
        undefined,
      );
    } finally {
      page.restore();
    }
  }
});
