/** Requests: as resources, traced, failed. */

import type { Journey } from '../journey.ts';

const tracedPage = () => {
  const request = (url: string, method = 'GET', headers: Record<string, string> = {}) =>
    new Promise((resolve) => {
      const xhr = new XMLHttpRequest();
      xhr.open(method, url);
      for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
      xhr.onloadend = resolve;
      xhr.send();
    });
  return (async () => {
    const get = (...request: Parameters<typeof fetch>) => fetch(...request).then((r) => r.text());
    await get('/api?1');
    await get(new Request('/api?2', { method: 'POST', headers: { 'x-custom': 'kept' } }));
    await get('/api?3', { headers: { authorization: 'token', baggage: 'own=1' } });
    await request('/api?4');
    await request('/api?5', 'PUT', { 'x-custom': 'kept' });
    await get('/data?untraced');
  })();
};

/** One after the other, so that all have connections alike. */
const requestAll = () =>
  (async () => {
    // Browsers time a response when it was read.
    const get = (...request: Parameters<typeof fetch>) => fetch(...request).then((r) => r.text());
    await get('/data');
    await get('/echo?post', { method: 'post', body: 'text' });
    await get(new URL('/echo?url', location.href), { method: 'DELETE' });
    await get(new Request('/echo?request', { method: 'PUT', body: '{}' }));
    await get('/missing');
    await get('/broken');
    await get('/empty');
    await get('/redirect?to=/data');
    for (const path of ['/data?xhr', '/missing?xhr', '/broken?xhr', '/redirect?to=/data&xhr']) {
      await new Promise((resolve) => {
        const xhr = new XMLHttpRequest();
        xhr.open('get', path);
        xhr.onloadend = resolve;
        xhr.send();
      });
    }
  })();

export const journeys: Journey[] = [
  { name: 'fetch and XHR', run: (driver) => driver.run(requestAll) },
  {
    name: 'a response that is never read',
    run: (driver) => driver.run(() => fetch('/data').then(() => {})),
  },
  {
    name: 'requests that fail',
    run: async (driver) => {
      await driver.run(() => fetch('http://127.0.0.1:1/refused').catch(() => {}));
      await driver.run(() =>
        fetch('/data?aborted&delay=5000', { signal: AbortSignal.abort() }).catch(() => {}),
      );
      await driver.run(() => {
        const controller = new AbortController();
        const pending = fetch('/data?aborted-late&delay=5000', { signal: controller.signal });
        setTimeout(() => controller.abort(), 100);
        return pending.catch(() => {}) as Promise<void>;
      });
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            const xhr = new XMLHttpRequest();
            xhr.open('GET', '/data?aborted-xhr&delay=5000');
            xhr.onloadend = () => resolve();
            xhr.send();
            setTimeout(() => xhr.abort(), 100);
          }),
      );
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            const xhr = new XMLHttpRequest();
            xhr.open('GET', '/data?timeout-xhr&delay=5000');
            xhr.timeout = 100;
            xhr.onloadend = () => resolve();
            xhr.send();
          }),
      );
    },
  },
  {
    name: 'files of every kind',
    site: (site) => {
      for (const [path, type] of [
        ['/font.woff2', 'font/woff2'],
        ['/sound.mp3', 'audio/mpeg'],
        ['/unknown', 'application/octet-stream'],
      ] as const)
        site.answer(path, { type, body: 'nothing of that kind' });
    },
    head: '<style>@font-face { font-family: late; src: url(/font.woff2) }</style>',
    run: async (driver) => {
      await driver.run(async () => {
        const loaded = (element: HTMLElement) =>
          new Promise<void>((resolve) => {
            element.onload = element.onerror = () => resolve();
            document.body.append(element);
          });
        await loaded(Object.assign(document.createElement('script'), { src: '/script.js?late' }));
        await loaded(
          Object.assign(document.createElement('link'), {
            rel: 'stylesheet',
            href: '/style.css?late',
          }),
        );
        await loaded(Object.assign(new Image(), { src: '/picture.svg?late' }));
        await loaded(Object.assign(new Image(), { src: '/missing' }));
        await document.fonts.load('16px late').catch(() => {});
        navigator.sendBeacon('/echo?beacon', 'text');
        await fetch('/unknown').then((response) => response.text());
        await fetch('data:text/plain,hello');
      });
    },
  },
  {
    name: 'traced requests',
    options: { traceSampleRate: 100, version: '1.0.0' },
    code: () => ({ allowedTracingUrls: [(url: string) => url.includes('/api')] }),
    early: () => {
      window.DD_RUM.setUser({ id: 'user 1' });
      window.DD_RUM.setAccount({ id: 'account,1' });
    },
    run: (driver) => driver.run(tracedPage),
  },
  {
    name: 'traced requests with all propagators',
    code: () => ({
      allowedTracingUrls: [
        {
          match: /\/api/,
          propagatorTypes: ['datadog', 'tracecontext', 'b3', 'b3multi'],
        },
      ],
      propagateTraceBaggage: false,
    }),
    run: (driver) => driver.run(tracedPage),
  },
  {
    name: 'traced requests with b3 only, to another origin',
    code: () => ({
      allowedTracingUrls: [
        {
          match: location.origin.replace('127.0.0.1', 'localhost'),
          propagatorTypes: ['b3'],
        },
      ],
    }),
    run: (driver) =>
      driver.run(async () => {
        const other = location.origin.replace('127.0.0.1', 'localhost');
        const get = (url: string) => fetch(url).then((response) => response.text());
        await get(`${other}/api?cross`);
        await get('/api?same');
      }),
  },
  {
    name: 'requests that are not sampled',
    options: { traceSampleRate: 0 },
    code: () => ({ allowedTracingUrls: [location.origin] }),
    run: (driver) => driver.run(tracedPage),
  },
  {
    name: 'requests that are not sampled and say so',
    options: { traceSampleRate: 0, traceContextInjection: 'all' },
    code: () => ({ allowedTracingUrls: [location.origin] }),
    run: (driver) => driver.run(tracedPage),
  },
  {
    name: 'traced requests without resources',
    options: { trackResources: false },
    code: () => ({ allowedTracingUrls: [/\/api/] }),
    run: (driver) => driver.run(tracedPage),
  },
  {
    name: 'traced requests before the SDK is ready',
    code: () => ({ allowedTracingUrls: [/\/api/] }),
    head: `<script>
      fetch('/api?early-fetch').then((response) => response.text());
      const xhr = new XMLHttpRequest(); xhr.open('GET', '/api?early-xhr'); xhr.send();
    </script>`,
  },
  {
    name: 'requests to the intake',
    options: { env: 'prod', version: '1.4.2' },
    measures: ['query'],
    // More than one request takes.
    run: (driver) =>
      driver.run(() => {
        for (let i = 0; i < 60; i++) window.DD_RUM.addAction('one of many');
      }),
  },
  {
    name: 'GraphQL requests',
    site: (site) => {
      const errors = [{ message: 'no such cart', path: ['cart', 0], extensions: { code: 'GONE' } }];
      site.answer('/graphql', async ({ body }) => ({
        type: 'application/json',
        body: JSON.stringify(body.includes('Broken') ? { errors } : { data: {} }),
      }));
    },
    code: () => ({
      allowedGraphQlUrls: [
        { match: /graphql(\?xhr=.*)?$/, trackPayload: true, trackResponseErrors: true },
        /graphql\?query/,
      ],
    }),
    run: (driver) =>
      driver.run(async () => {
        const post = (body: unknown) =>
          fetch('/graphql', { method: 'POST', body: JSON.stringify(body) }).then((r) => r.text());
        await post({
          query: 'query Cart($id: ID!) { cart(id: $id) { total } }',
          operationName: 'Cart',
          variables: { id: 7 },
        });
        await post({ query: 'mutation Pay { pay }', operationName: 'Pay' });
        await post({ query: 'query Broken { cart }', operationName: 'Broken' });
        await post({ query: '{ anonymous }' });
        await fetch(
          `/graphql?query=${encodeURIComponent('query ByGet { a }')}&operationName=ByGet`,
        );
        await new Promise((resolve) => {
          const xhr = new XMLHttpRequest();
          xhr.open('POST', '/graphql');
          xhr.onloadend = resolve;
          xhr.send(JSON.stringify({ query: 'subscription News { news }', operationName: 'News' }));
        });
        for (const responseType of ['', 'json'] as const) {
          await new Promise((resolve) => {
            const xhr = new XMLHttpRequest();
            xhr.open('POST', `/graphql?xhr=${responseType}`);
            xhr.responseType = responseType;
            xhr.onloadend = resolve;
            xhr.send(JSON.stringify({ query: 'query Broken { cart }', operationName: 'Broken' }));
          });
        }
      }),
  },
  {
    name: 'headers of requests',
    site: (site) =>
      site.answer('/headed', {
        type: 'application/json',
        headers: { 'x-cache': 'HIT', 'x-secret-token': 'no', 'x-order': 'order-7', etag: '"e"' },
        body: '{}',
      }),
    code: () => ({
      trackResourceHeaders: [
        { name: 'x-order', extractor: /order-(\d+)/, location: 'response' },
        { name: /^x-/, location: 'any' },
        { url: `${location.origin}/headed`, name: 'content-type' },
      ],
    }),
    run: (driver) =>
      driver.run(async () => {
        const headers = { 'x-page': 'cart', 'x-api-key': 'no' };
        await fetch('/headed', { headers }).then((response) => response.text());
        await new Promise((resolve) => {
          const xhr = new XMLHttpRequest();
          xhr.open('GET', '/headed?xhr');
          xhr.setRequestHeader('x-page', 'cart');
          xhr.onloadend = resolve;
          xhr.send();
        });
        await fetch('/data').then((response) => response.text());
      }),
  },
  {
    name: 'default headers of requests',
    options: { trackResourceHeaders: true },
    run: (driver) => driver.run(() => fetch('/data').then((response) => response.text())),
  },
  {
    name: 'resources by hand',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.startResource('https://shop.example/api', {
          type: 'xhr',
          method: 'POST',
          context: { a: 1 },
        });
        DD_RUM.startResource('/relative', { resourceKey: 'key' });
        DD_RUM.stopResource('https://shop.example/api', {
          type: 'fetch',
          statusCode: 201,
          size: 1234,
          context: { b: 2 },
        });
        DD_RUM.stopResource('/relative', { resourceKey: 'key', statusCode: 404 });
        DD_RUM.stopResource('never started');
      });
    },
  },
  {
    name: 'no resources',
    options: { trackResources: false },
    run: (driver) => driver.run(() => fetch('/data').then((response) => response.text())),
  },
  {
    name: 'activity that is excluded',
    // Whether the request belongs to the click depends on which of them is noticed first.
    options: { trackResources: false },
    code: () => ({ excludedActivityUrls: [/polling/] }),
    body: '<button type="button" id="poll" onclick="fetch(\'/data?polling\').then((r) => r.text())">Poll</button>',
    run: (driver) => driver.click('#poll'),
  },
  {
    name: 'traced activity that is excluded',
    options: { traceSampleRate: 100 },
    code: () => ({ excludedActivityUrls: [/polling/], allowedTracingUrls: [/\/api/] }),
    run: async (driver) => {
      await driver.run(() => {
        history.pushState({}, '', '/polls');
        return fetch('/api?polling').then((response) => response.text());
      });
      await driver.activity();
      await driver.lateUpdates();
    },
  },
];
