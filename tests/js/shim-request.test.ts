import assert from 'node:assert/strict';
import test from 'node:test';
import type { RequestRecord } from '../../js/engine-contract.ts';
import type { InitConfiguration } from '../../js/types.ts';
import { FakeXhr, fakeEngine, OPTIONS, type Page, settle, withFerrum } from './shim-page.ts';

const TRACED: InitConfiguration = {
  ...OPTIONS,
  service: 'shop',
  allowedTracingUrls: ['https://api.example.com'],
};
const API = 'https://api.example.com/users';
const DROP_IN = true;

const fetchOf = () => window.fetch as typeof fetch;
const headersOf = (page: Page, index = 0) => {
  const [input, init] = page.fetched[index] ?? [''];
  return new Headers(init?.headers ?? (input as Request).headers);
};
/** What the engine is told; each is a copy of how it was then. */
const observe = (engine: ReturnType<typeof fakeEngine>) => {
  const seen: RequestRecord[] = [];
  engine.start?.observeRequests((record) => seen.push({ ...record }));
  return seen;
};
const newXhr = () => new XMLHttpRequest() as unknown as FakeXhr;

test('requests are patched only for what asks for it', async () => {
  const asking = [
    TRACED,
    { ...OPTIONS, trackNetworkErrors: true },
    { ...OPTIONS, trackResourceHeaders: true },
    { ...OPTIONS, allowedGraphQlUrls: [API] },
  ];
  for (const options of [{ ...OPTIONS, trackResources: true }, ...asking]) {
    await withFerrum(({ ferrum }) => {
      const before = [window.fetch, FakeXhr.prototype.send];
      const { error } = console;
      ferrum.init(options);
      const isPatched = before.map(
        (native, index) => native !== [window.fetch, FakeXhr.prototype.send][index],
      );
      const expected = asking.includes(options as never);
      assert.deepEqual(isPatched, [expected, expected], JSON.stringify(options));
      assert.equal(console.error, error);
    });
  }
});

test('the drop-in sees requests and console errors from its script on, and traces none before init', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      await fetchOf()(API);
      console.error('early');
      ferrum.init(TRACED);
      await fetchOf()(API);
      assert.equal(page.fetched[0]?.[1], undefined);
      assert.ok(headersOf(page, 1).get('traceparent'));
      await page.goIdle();
      assert.deepEqual(
        observe(engine).flatMap(({ url, end }) => (end === undefined ? [] : url)),
        [API, API],
      );
      assert.equal(engine.args('addError').length, 1);
      const { fetch } = window;
      ferrum.stop();
      assert.notEqual(window.fetch, fetch);
    },
    {},
    fakeEngine(),
    DROP_IN,
  ));

test('a request is traced before the engine is there, in one session', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    ferrum.setUser({ id: 'someone' });
    await fetchOf()(API);
    await fetchOf()(API);
    await fetchOf()('https://other.example.com/');
    assert.ok(headersOf(page).get('traceparent'));
    const [first, second] = [0, 1].map((index) => headersOf(page, index).get('baggage'));
    assert.equal(first, second);
    assert.match(first as string, /^session\.id=[0-9a-f-]{36},user\.id=someone$/);
    assert.equal(page.cookies.length, 1);
    assert.equal(page.fetched[2]?.[1], undefined);
  }));

test('with the engine, the session is the one it knows', async () => {
  let session = '{"session_id":"cacbf45c-3a05-48ce-b066-d76349460599"}';
  const engine = fakeEngine((method) => (method === 'internalContext' ? session : undefined));
  await withFerrum(
    async ({ page, ferrum }) => {
      ferrum.init(TRACED);
      await page.goIdle();
      await fetchOf()(API);
      assert.match(headersOf(page).get('baggage') as string, /^session\.id=cacbf45c-/);
      session = '';
      await fetchOf()(API);
      assert.equal(page.fetched[1]?.[1], undefined);
    },
    {},
    engine,
  );
});

test('without consent nothing is traced or stored', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init({ ...TRACED, trackingConsent: 'not-granted' });
    await fetchOf()(API);
    assert.equal(page.fetched[0]?.[1], undefined);
    assert.deepEqual(page.cookies, []);
  }));

test('an id that no header can hold costs the headers, not the request', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(TRACED);
    ferrum.setUser({ id: '\ud800' });
    await fetchOf()(API);
    await page.goIdle();
    assert.equal(page.fetched[0]?.[1], undefined);
    const [request] = observe(engine);
    assert.equal(request?.url, API);
    assert.equal(request?.traceId, undefined);
  }));

test("requests to Datadog's own intake are left alone, through a proxy too", () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init({ ...TRACED, allowedTracingUrls: [() => true] });
    const target = '/api/v2/rum?ddsource=browser&dd-api-key=k&dd-request-id=1';
    await fetchOf()(`https://i.example.com${target}`);
    await fetchOf()(`https://proxy.example.com/?ddforward=${encodeURIComponent(target)}`);
    assert.deepEqual(
      page.fetched.map(([, init]) => init),
      [undefined, undefined],
    );
  }));

test('headers of every kind are kept, and what was given is not changed', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    const own = { 'x-own': '1', traceparent: 'stale', baggage: 'a=1' };
    const kinds = [own, new Headers(own), Object.entries(own) as [string, string][]];
    for (const [index, headers] of kinds.entries()) {
      const init = { method: 'POST', body: 'b', headers };
      await fetchOf()(API, init);
      const sent = headersOf(page, index);
      assert.equal(sent.get('x-own'), '1');
      assert.match(sent.get('traceparent') as string, /^00-/);
      assert.match(sent.get('baggage') as string, /^a=1, session\.id=/);
      assert.equal(page.fetched[index]?.[1]?.method, 'POST');
      assert.equal(init.headers, headers);
    }
    assert.deepEqual(own, { 'x-own': '1', traceparent: 'stale', baggage: 'a=1' });
    assert.equal((kinds[1] as Headers).get('traceparent'), 'stale');
  }));

test('a Request is copied with all it has', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    const request = new Request(API, {
      method: 'PUT',
      body: 'b',
      headers: { 'x-own': '1' },
      referrerPolicy: 'no-referrer',
    });
    await fetchOf()(request, { signal: new AbortController().signal });
    const [sent, init] = page.fetched[0] as [Request, RequestInit];
    assert.notEqual(sent, request);
    assert.equal(sent.headers.get('x-own'), '1');
    assert.ok(sent.headers.get('traceparent'));
    assert.equal(request.headers.get('traceparent'), null);
    assert.deepEqual(
      [sent.method, sent.referrerPolicy, await sent.text()],
      ['PUT', 'no-referrer', 'b'],
    );
    assert.ok(init.signal);
    // The headers of `init` stand for those of the Request.
    await fetchOf()(new Request(API, { headers: { 'x-own': '1' } }), {
      headers: { 'x-init': '2' },
    });
    assert.equal(headersOf(page, 1).get('x-own'), null);
    assert.equal(headersOf(page, 1).get('x-init'), '2');
  }));

test('the promise, its result and its failure are those of the browser', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    const failure = Promise.reject(new TypeError('Failed to fetch'));
    page.respond = () => failure;
    assert.equal(fetchOf()(API), failure);
    await assert.rejects(failure, /Failed to fetch/);
    page.respond = () => {
      throw new Error('another patch');
    };
    assert.throws(() => fetchOf()(API), /another patch/);
  }));

test('what no request can be made of reaches the browser as it is', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    const used = new Request(API, { method: 'POST', body: 'b' });
    await used.text();
    const odd = [[used], ['https://'], [API, { headers: { 'bad name': '1' } }], [], [Symbol()]];
    for (const args of odd) await (fetchOf() as (...args: unknown[]) => unknown)(...args);
    assert.deepEqual(page.fetched, odd);
  }));

test('the patches look like what they stand for, and go with stop', () =>
  withFerrum(({ ferrum }) => {
    const before = [window.fetch, FakeXhr.prototype.open];
    ferrum.init(TRACED);
    assert.notEqual(window.fetch, before[0]);
    assert.equal(window.fetch.name, 'fetch');
    assert.equal(FakeXhr.prototype.open.length, 2);
    assert.match(`${window.fetch}`, /native code/);
    ferrum.stop();
    assert.deepEqual([window.fetch, FakeXhr.prototype.open], before);
  }));

test('a patch on top of ours stays, and ours does nothing any more', () =>
  withFerrum(async ({ page, ferrum }) => {
    ferrum.init(TRACED);
    const ours = fetchOf();
    const theirs = (...args: Parameters<typeof fetch>) => ours(...args);
    window.fetch = theirs;
    ferrum.stop();
    assert.equal(window.fetch, theirs);
    await window.fetch(API);
    assert.deepEqual(page.fetched, [[API]]);
  }));

test('an XMLHttpRequest is traced and recorded', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(TRACED);
    const xhr = newXhr();
    xhr.open('post', API);
    xhr.setRequestHeader('x-own', '1');
    page.now = 200;
    xhr.send();
    const names = xhr.headers.map(([name]) => name);
    assert.deepEqual(names.slice(0, 3), ['x-own', 'traceparent', 'tracestate']);
    await page.goIdle();
    const seen = observe(engine);
    page.now = 300;
    // As libraries do that tidy up.
    xhr.onreadystatechange = () => xhr.abort();
    xhr.finish(503);
    const [begun, ended] = seen as [RequestRecord, RequestRecord];
    const { call, ...known } = begun;
    assert.deepEqual(known, {
      kind: 'xhr',
      method: 'POST',
      url: API,
      start: 200,
      status: 0,
      isAborted: false,
      traceId: `${call.trace?.[0]}`,
      spanId: `${call.trace?.[1]}`,
      isTraceSampled: true,
    });
    assert.deepEqual([ended.status, ended.end, ended.isAborted], [503, 300, false]);
    assert.equal(call.xhr as unknown, xhr);
  }));

test('an XMLHttpRequest that the page aborts is aborted, and may be used again', () =>
  withFerrum(async ({ page, ferrum, engine }) => {
    ferrum.init(TRACED);
    await page.goIdle();
    const seen = observe(engine);
    const xhr = newXhr();
    xhr.open('GET', '/a');
    xhr.send();
    xhr.abort();
    xhr.open('GET', '/b');
    xhr.send();
    xhr.finish(200);
    assert.deepEqual(
      seen.map(({ url, status, isAborted, end }) => [
        new URL(url).pathname,
        status,
        isAborted,
        !!end,
      ]),
      [
        ['/a', 0, false, false],
        ['/a', 0, true, true],
        ['/b', 0, false, false],
        ['/b', 200, false, true],
      ],
    );
  }));

test('send without open throws what the browser throws, nothing else', () =>
  withFerrum(({ ferrum }) => {
    ferrum.init(TRACED);
    const xhr = newXhr();
    assert.doesNotThrow(() => xhr.send());
    assert.doesNotThrow(() => xhr.abort());
  }));

test('requests of before the engine and of later reach it alike, at most 1,000 of before', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      page.respond = () => Promise.resolve(new Response('', { status: 404 }));
      await fetchOf()('/early', { method: 'delete' });
      for (let i = 0; i < 1200; i++) fetchOf()(`/${i}`).catch(() => {});
      await page.goIdle();
      const seen = observe(engine);
      assert.equal(new Set(seen.map(({ url }) => url)).size, 1000);
      const [begun, ended] = seen as [RequestRecord, RequestRecord];
      assert.equal(begun.url, 'https://shop.example.com/early');
      assert.deepEqual([begun.method, begun.traceId], ['DELETE', undefined]);
      assert.deepEqual([ended.status, ended.end], [404, 100]);
      seen.length = 0;
      page.now = 500;
      await fetchOf()(new URL('https://other.example.com/late'));
      await settle();
      assert.deepEqual(
        seen.map(({ url, start, end }) => [url, start, end]),
        [
          ['https://other.example.com/late', 500, undefined],
          ['https://other.example.com/late', 500, 500],
        ],
      );
    },
    {},
    fakeEngine(),
    DROP_IN,
  ));

test('a failed fetch is told from one that the page aborted', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      await page.goIdle();
      const seen = observe(engine);
      const error = new TypeError('Failed to fetch');
      page.respond = () => Promise.reject(error);
      const aborted = AbortSignal.abort();
      for (const init of [{}, { signal: aborted }]) await fetchOf()('/', init).catch(() => {});
      await fetchOf()(new Request(API, { signal: aborted })).catch(() => {});
      await settle();
      const ended = seen.filter(({ end }) => end !== undefined);
      assert.deepEqual(
        ended.map(({ status, isAborted }) => [status, isAborted]),
        [
          [0, false],
          [0, true],
          [0, true],
        ],
      );
      assert.equal(ended[0]?.call.error, error);
    },
    {},
    fakeEngine(),
    DROP_IN,
  ));

test('where a request was made is only kept where somebody could read it', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init({ ...OPTIONS, beforeSend: () => true });
      await page.goIdle();
      const seen = observe(engine);
      const checkout = () => fetchOf()('/');
      await checkout();
      const xhr = newXhr();
      const pay = () => xhr.send();
      xhr.open('GET', '/');
      pay();
      const pageFrames = seen
        .filter(({ end }) => end === undefined)
        .map(({ call }) => (call.stack as Error).stack?.split('\n')[4]);
      assert.match(pageFrames[0] as string, /checkout/);
      assert.match(pageFrames[1] as string, /pay/);
    },
    {},
    fakeEngine(),
    DROP_IN,
  ));

test('console.error is an error of the drop-in until it is stopped, and prints as before', () =>
  withFerrum(
    async ({ page, ferrum, engine }) => {
      ferrum.init(OPTIONS);
      const error = new Error('logged');
      const log = () => console.error('failed', error, { a: 1 });
      log();
      assert.deepEqual(page.messages, ['error: failed']);
      await page.goIdle();
      const [[kind, args, json, origin]] = engine.args('addError') as [unknown[]];
      assert.deepEqual([kind, args, json], [3, ['failed', error, { a: 1 }], '']);
      assert.match((origin as Error).stack?.split('\n')[4] as string, /log/);
      ferrum.stop();
      console.error('after');
      assert.equal(engine.args('addError').length, 1);
    },
    {},
    fakeEngine(),
    DROP_IN,
  ));
