/** What is around a page: browsers without an API, applications, other bundles, servers that trace. */

import type { Driver } from '../driver.ts';
import type { Journey } from '../journey.ts';
import { socketPort } from '../socket.ts';

const act = (driver: Driver, name: string) =>
  driver.run((name) => window.DD_RUM.addAction(name), name);

/** Of a bundle that a build plugin marked; its code is in `/frontend.js`. */
const frontend = `window.markFrontend = function markFrontend() {
  window.DD_SOURCE_CODE_CONTEXT = {
    ['Error: x\\n    at module (' + location.origin + '/frontend.js:1:1)']: {
      service: 'checkout', version: '3.1.0', ddDebugId: 'b8b47727-07ee-4f8f-b494-01e8fd66e6aa',
    },
  };
};
window.useFrontend = async function useFrontend(step) {
  DD_RUM.addAction('of a frontend ' + step);
  DD_RUM.addError(new Error('of a frontend ' + step));
  console.error('printed by a frontend ' + step);
  console.error(new Error('printed error of a frontend ' + step));
  await fetch('/data?' + step).then((response) => response.text());
  DD_RUM.startView('of a frontend ' + step);
};`;

interface Frontend {
  markFrontend(): void;
  useFrontend(step: string): Promise<void>;
}

export const journeys: Journey[] = [
  {
    name: 'routes without the Navigation API',
    first: () => {
      Reflect.deleteProperty(window, 'navigation');
    },
    run: async (driver) => {
      await driver.note('navigation', () => 'navigation' in window);
      await driver.run(() => history.pushState({}, '', '/products?page=1'));
      await driver.activity();
      await driver.run(() => history.replaceState({}, '', '/products/42'));
      await driver.activity();
      await driver.run(() => {
        location.hash = '#/cart';
      });
      await driver.activity();
      await driver.run(() => history.go(-2));
      await driver.wait('going back', () => location.pathname === '/');
      await driver.activity();
      await act(driver, 'back at home');
    },
  },
  {
    name: 'a document that its server traced',
    head: `<meta name="dd-trace-id" content="1234567890123456">
      <script>document.write('<meta name="dd-trace-time" content="' + Date.now() + '">')</script>`,
    options: { traceSampleRate: 50 },
  },
  {
    name: 'a document that its server traced, in a comment',
    body: `<script>
      document.body.append(document.createComment(
        ' DATADOG;trace-id=1234567890123456;trace-time=' + Date.now() + ' '));
      document.currentScript.remove();
    </script>`,
  },
  {
    name: 'a document that was traced long ago',
    head: `<meta name="dd-trace-id" content="1234567890123456">
      <meta name="dd-trace-time" content="1500000000000">`,
  },
  {
    name: 'web sockets',
    options: { betaTrackWebSockets: true },
    site: async (site) => {
      const body = String(await socketPort());
      site.answer('/socket-port', { type: 'text/plain', body });
    },
    run: async (driver) => {
      await driver.run(async () => {
        const port = await fetch('/socket-port').then((response) => response.text());
        const socket = new WebSocket(`ws://127.0.0.1:${port}/news?secret=1`, ['chat', 'other']);
        Object.assign(window, { socket });
        const next = (type: string) =>
          new Promise((resolve) => socket.addEventListener(type, resolve, { once: true }));
        await next('open');
        for (const text of ['one', 'twelve bytes', 'three']) {
          socket.send(text);
          await next('message');
        }
      });
      await driver.run(() => {
        const { socket } = window as unknown as { socket: WebSocket };
        const closed = new Promise<void>((resolve) => {
          socket.addEventListener('close', () => resolve(), { once: true });
        });
        socket.close(4000, 'done');
        return closed;
      });
      await driver.settle();
    },
  },
  {
    name: 'a web socket that nobody answers',
    options: { betaTrackWebSockets: true },
    run: async (driver) => {
      await driver.run(
        () =>
          new Promise<void>((resolve) => {
            const socket = new WebSocket('ws://127.0.0.1:9/nobody-listens');
            socket.onclose = () => resolve();
          }),
      );
      await driver.settle();
    },
  },
  {
    name: 'a page within an application',
    silent: true,
    first: () => {
      Object.assign(window, {
        DatadogEventBridge: {
          getCapabilities: () => '[]',
          getPrivacyLevel: () => 'allow',
          getAllowedWebViewHosts: () => JSON.stringify([location.hostname]),
          send: (message: string) => window.__bridged(message),
        },
      });
    },
    run: async (driver) => {
      // There is no link to a replay.
      await driver.wait('session', () => window.DD_RUM?.getInternalContext?.()?.session_id);
      await driver.activity();
      await driver.run(() => {
        window.DD_RUM.setUser({ id: 'u1' });
        window.DD_RUM.addAction('an action');
        window.DD_RUM.addError(new Error('an error'));
        window.DD_RUM.addDurationVital('a vital', {
          startTime: window.__given('a vital', Date.now() - 5),
          duration: 5,
        });
        return fetch('/data').then((response) => response.text());
      });
      await driver.click('#plain');
      await driver.settle();
      await driver.run(() => history.pushState({}, '', '/next'));
      await driver.note('cookies', () => document.cookie);
      await driver.lateUpdates();
    },
  },
  {
    name: 'options from afar',
    options: { remoteConfigurationId: 'remote-1', service: 'own' },
    early: () => {
      Object.assign(window, { shop: { user: { id: 'u1', plan: 'paid' }, version: 'v1.2.3-beta' } });
    },
    code: () => ({ remoteConfigurationProxy: `${location.origin}/remote.json` }),
    site: (site) =>
      site.answer('/remote.json', {
        type: 'application/json',
        body: JSON.stringify({
          rum: {
            applicationId: '5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11',
            service: 'remote',
            env: 'staging',
            defaultPrivacyLevel: 'allow',
            traceSampleRate: 100,
            version: {
              rcSerializedType: 'dynamic',
              strategy: 'js',
              path: 'shop.version',
              extractor: { rcSerializedType: 'regex', value: 'v([0-9.]+)' },
            },
            allowedTracingUrls: [
              {
                match: { rcSerializedType: 'regex', value: '/api' },
                propagatorTypes: ['tracecontext'],
              },
            ],
            user: [
              {
                key: 'id',
                value: { rcSerializedType: 'dynamic', strategy: 'js', path: 'shop.user.id' },
              },
            ],
            context: [
              {
                key: 'heading',
                value: { rcSerializedType: 'dynamic', strategy: 'dom', selector: 'title' },
              },
            ],
          },
        }),
      }),
    run: async (driver) => {
      await act(driver, 'with remote options');
      await driver.run(() => fetch('/api?traced').then((response) => response.text()));
    },
  },
  {
    name: 'options from afar that are not there',
    options: { remoteConfigurationId: 'remote-1', service: 'own' },
    code: () => ({ remoteConfigurationProxy: `${location.origin}/missing` }),
    // The official SDK sends nothing then, ours says so when it is left.
    silent: true,
    run: async (driver) => {
      await driver.wait('the start of ours', () => {
        const { DD_RUM } = window;
        return !('stop' in DD_RUM) || DD_RUM.getSessionReplayLink();
      });
      await act(driver, 'without remote options');
      await driver.settle();
      await driver.leave();
    },
  },
  {
    name: 'an origin that may be tracked',
    code: () => ({ allowedTrackingOrigins: [/^http:\/\/127/, 'http://elsewhere.example'] }),
    run: (driver) => act(driver, 'an action'),
  },
  {
    name: 'an origin that may not be tracked',
    options: { allowedTrackingOrigins: ['http://elsewhere.example'] },
    silent: true,
    run: (driver) => act(driver, 'not sent'),
  },
  {
    name: 'frontends that are marked late',
    site: (site) => site.answer('/frontend.js', { type: 'text/javascript', body: frontend }),
    body: '<script src="/frontend.js"></script>',
    run: async (driver) => {
      await driver.run(() => (window as unknown as Frontend).useFrontend('unmarked'));
      // The official SDK looks for marks when it makes the event, some time after what it is about.
      await driver.settle();
      await driver.run(() => (window as unknown as Frontend).markFrontend());
      await driver.run(() => (window as unknown as Frontend).useFrontend('marked'));
      await driver.lateUpdates();
    },
  },
];
