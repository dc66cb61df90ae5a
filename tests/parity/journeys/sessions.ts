/** Sessions: consent, renewal, tabs, storage, sampling. */

import type { Driver } from '../driver.ts';
import type { Journey } from '../journey.ts';

const act = (driver: Driver, name: string) =>
  driver.run((name) => window.DD_RUM.addAction(name), name);

export const journeys: Journey[] = [
  {
    name: 'consent given later',
    options: { trackingConsent: 'not-granted' },
    script: 'none',
    run: async (driver) => {
      await driver.run(() => {
        window.DD_RUM.init((window as unknown as { OPTIONS: never }).OPTIONS);
        window.DD_RUM.addAction('before consent');
        window.DD_RUM.addError(new Error('before consent'));
      });
      await driver.activity();
      await driver.note('cookies without consent', () => document.cookie);
      await driver.run(() => window.DD_RUM.setTrackingConsent('granted'));
      await driver.ready();
      await act(driver, 'with consent');
    },
  },
  {
    name: 'consent withdrawn and given again',
    run: async (driver) => {
      await act(driver, 'with consent');
      await driver.run(() => window.DD_RUM.setTrackingConsent('not-granted'));
      await driver.noSession();
      await act(driver, 'without consent');
      await driver.activity();
      await driver.run(() => window.DD_RUM.setTrackingConsent('granted'));
      await driver.session();
      await act(driver, 'with consent again');
    },
  },
  {
    name: 'a session that expires and is renewed',
    early: () => {
      window.DD_RUM.setViewName('named');
      window.DD_RUM.setViewContext({ kept: true });
    },
    run: async (driver) => {
      await act(driver, 'in the first session');
      await driver.run(() => {
        const aid = /aid=[^&;]+/.exec(document.cookie)?.[0];
        // biome-ignore lint/suspicious/noDocumentCookie: what another tab would do
        document.cookie = `_dd_s_v2=isExpired=1&${aid}; path=/`;
      });
      await driver.noSession();
      await act(driver, 'in no session');
      await driver.click('#plain');
      await driver.session();
      await act(driver, 'in the second session');
    },
  },
  {
    name: 'a session that the page stops',
    run: async (driver) => {
      await act(driver, 'in the first session');
      await driver.run(() => window.DD_RUM.stopSession());
      await driver.noSession();
      await act(driver, 'in no session');
      await driver.click('#plain');
      await driver.session();
      await act(driver, 'in the second session');
    },
  },
  {
    name: 'a visitor who is not sampled',
    options: { sessionSampleRate: 0 },
    silent: true,
    run: async (driver) => {
      await driver.wait('cookie', () => document.cookie.includes('_dd_s_v2='));
      await act(driver, 'not sent');
      await driver.click('#plain');
    },
  },
  {
    name: 'a session in local storage',
    options: { sessionPersistence: 'local-storage' },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.note('cookies', () => document.cookie);
      await driver.note('storage keys', () => Object.keys(localStorage).sort());
    },
  },
  {
    name: 'a session in memory',
    options: { sessionPersistence: 'memory' },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.note('cookies', () => document.cookie);
    },
  },
  {
    name: 'a session in the first place that there is',
    options: { sessionPersistence: ['cookie', 'local-storage'] },
    first: () => {
      Object.defineProperty(document, 'cookie', { get: () => '', set: () => {} });
      Object.defineProperty(window, 'cookieStore', { value: undefined });
    },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.note('storage keys', () => Object.keys(localStorage).sort());
    },
  },
  {
    name: 'a session in the first of several places',
    options: { sessionPersistence: ['local-storage', 'memory'] },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.note('storage keys', () => Object.keys(localStorage).sort());
      await driver.noteCookies();
    },
  },
  {
    name: 'a session of all subdomains',
    host: 'shop.example.localhost',
    options: { trackSessionAcrossSubdomains: true },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.noteCookies();
    },
  },
  {
    name: 'a secure session cookie',
    host: 'shop.example.localhost',
    options: { useSecureSessionCookie: true },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.noteCookies();
    },
  },
  {
    name: 'a session cookie for pages within others',
    host: 'shop.example.localhost',
    options: { usePartitionedCrossSiteSessionCookie: true },
    run: async (driver) => {
      await act(driver, 'an action');
      await driver.noteCookies();
    },
  },
  {
    name: 'the session cookie',
    run: async (driver) => {
      await driver.note('cookie', () =>
        document.cookie
          .split('; ')
          .map((cookie) =>
            cookie
              .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uuid>')
              .replace(/\d{13}/g, '<epoch ms>')
              .replace(/=(.*)/, (_, pairs) => `=${pairs.split('&').sort().join('&')}`),
          )
          .sort(),
      );
      await driver.noteCookies();
      await driver.note('tab', () => Object.keys(sessionStorage).sort());
    },
  },
  {
    name: 'a visit by synthetics',
    early: () => {
      Object.assign(window, {
        _DATADOG_SYNTHETICS_PUBLIC_ID: 'synthetics-test',
        _DATADOG_SYNTHETICS_RESULT_ID: 'synthetics-result',
        _DATADOG_SYNTHETICS_RUM_CONTEXT: { test_id: 'test-1', result_id: 'result-1' },
      });
    },
  },
  {
    name: 'a visit by a test run',
    early: () => {
      // biome-ignore lint/suspicious/noDocumentCookie: what a test runner does
      document.cookie = 'datadog-ci-visibility-test-execution-id=execution-1';
    },
    run: (driver) => act(driver, 'in a test run'),
  },
  {
    name: 'two tabs',
    alone: true,
    run: async (driver) => {
      await act(driver, 'in the first tab');
      const second = await driver.openTab('/second');
      await act(second, 'in the second tab');
      await second.run(() => window.DD_RUM.stopSession());
      await second.noSession();
      await driver.page.bringToFront();
      await driver.noSession();
      await driver.click('#plain');
      await driver.session();
      await act(driver, 'in the second session');
    },
  },
];
