/** How a page begins. */

import type { Journey } from '../journey.ts';

export const journeys: Journey[] = [
  {
    name: 'a page with its files',
    measures: ['scroll'],
    head: '<link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script>',
    body: '<img src="/picture.svg" width="60" height="40" alt="A picture">',
  },
  {
    name: 'calls before init',
    early: () => {
      const { DD_RUM } = window;
      DD_RUM.setUser({ id: 'u1', name: 'Jane', plan: 'paid' });
      DD_RUM.setAccount({ id: 'a1', name: 'Acme' });
      DD_RUM.setGlobalContextProperty('tenant', 'acme');
      DD_RUM.addAction('early action', { step: 1 });
      DD_RUM.addError(new Error('early error'), { step: 2 });
      DD_RUM.addTiming('early_timing');
      DD_RUM.setViewName('early name');
      DD_RUM.setViewContextProperty('early', true);
      DD_RUM.addFeatureFlagEvaluation('early-flag', 'on');
      DD_RUM.addDurationVital('early vital', {
        startTime: window.__given('early vital', Date.now() - 50),
        duration: 50,
      });
      DD_RUM.startOperation('early operation');
      DD_RUM.startView({ name: 'second early view', context: { second: true } });
      DD_RUM.addAction('action of the second early view');
    },
    run: (driver) => driver.lateUpdates(),
  },
  {
    name: 'errors before init',
    early: () => {
      setTimeout(() => {
        throw new TypeError('thrown early');
      });
      Promise.reject(new RangeError('rejected early'));
      console.error('printed early', { detail: 1 });
      fetch('/data?early').then((response) => response.text());
    },
  },
  {
    name: 'the async snippet',
    script: 'async',
    head: `<script>
      DD_RUM.onReady(function () { DD_RUM.addAction('queued action') });
      DD_RUM.onReady(function () { throw new Error('queued failure') });
      DD_RUM.onReady(function () { DD_RUM.setGlobalContextProperty('queued', true) });
    </script>`,
  },
  {
    name: 'few options',
    options: { service: undefined },
    run: async (driver) => {
      await driver.run(() => window.DD_RUM.addAction('an action'));
    },
  },
  {
    name: 'all tags and rates',
    options: {
      service: 'shop',
      env: 'prod',
      version: '1.4.2',
      sessionSampleRate: 100,
      sessionReplaySampleRate: 0,
      profilingSampleRate: 0,
      traceSampleRate: 33.33333,
      defaultPrivacyLevel: 'mask',
      startSessionReplayRecordingManually: true,
      trackAnonymousUser: false,
      subdomain: 'acme',
    },
    run: async (driver) => {
      await driver.run(() => window.DD_RUM.addAction('an action'));
      await driver.note('init configuration', () => {
        const { proxy: _, ...configuration } = window.DD_RUM.getInitConfiguration() ?? {};
        return configuration;
      });
    },
  },
  {
    name: 'a second init, and bad arguments',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        const any = DD_RUM as unknown as Record<string, (...args: unknown[]) => void>;
        DD_RUM.init({ applicationId: 'x', clientToken: 'y' });
        any.init?.();
        any.setUser?.('jane');
        any.setUser?.({ id: 7, name: true });
        any.setAccount?.({ name: 'no id' });
        any.setGlobalContext?.(3);
        any.setViewName?.({});
        any.addTiming?.('not a name!');
        any.addFeatureFlagEvaluation?.('key', undefined);
        any.addAction?.('after all that');
      });
    },
  },
  {
    name: 'bad options that stop it',
    options: { sessionSampleRate: 'many' },
    silent: true,
  },
  {
    name: 'bad options that do not',
    options: {
      defaultPrivacyLevel: 'secret',
      allowedTracingUrls: 'not a list',
      trackFeatureFlagsForEvents: ['nothing'],
      traceContextInjection: 'sometimes',
      env: 'Bad Env, with commas',
      allowedGraphQlUrls: 7,
      trackResourceHeaders: 'all',
    },
  },
  {
    name: 'a plugin',
    code: () => ({
      plugins: [
        {
          name: 'a plugin',
          onInit: ({ publicApi }: { publicApi: Window['DD_RUM'] }) =>
            publicApi.setGlobalContextProperty('plugin', 'on'),
          onRumStart: ({ addEvent }: { addEvent?: unknown }) =>
            window.DD_RUM.addAction('rum started', { addEvent: typeof addEvent }),
          getConfigurationTelemetry: () => ({ some: 'thing' }),
        },
      ],
    }),
  },
  {
    name: 'one page after another',
    run: async (driver) => {
      await driver.run(() => window.DD_RUM.addAction('on the first page'));
      await driver.leaving();
      await driver.run(() => {
        location.href = '/second?from=first#part';
      });
      await driver.wait('second page', () => location.pathname === '/second');
      await driver.ready();
      await driver.run(() => window.DD_RUM.addAction('on the second page'));
    },
  },
];
