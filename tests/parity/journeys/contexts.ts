/** What the page says about its visitor, and what it changes before sending. */

import type { Journey } from '../journey.ts';

interface Changeable {
  type: string;
  context?: Record<string, unknown>;
  service?: string;
  version?: string;
  view: { url: string; referrer?: string; name?: string };
  error?: { message: string; stack?: string; fingerprint?: string };
  resource?: { url: string };
  action?: { target?: { name: string } };
}

export const journeys: Journey[] = [
  {
    name: 'global context, user and account',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.setGlobalContext({ tenant: 'acme', nested: { a: 1, list: [1, 2] } });
        DD_RUM.setGlobalContextProperty('added', { later: true });
        DD_RUM.setUser({ id: 'u1', name: 'Jane', email: 'jane@example.com', plan: 'paid' });
        DD_RUM.setUserProperty('age', 7);
        DD_RUM.setAccount({ id: 'a1', name: 'Acme', size: 3 });
        DD_RUM.setAccountProperty('region', 'eu');
        DD_RUM.addAction('with everything', { nested: { b: 2 } });
        DD_RUM.addError(new Error('with everything'));
      });
      await driver.note('contexts', () => {
        const { DD_RUM } = window;
        return [DD_RUM.getGlobalContext(), DD_RUM.getUser(), DD_RUM.getAccount()];
      });
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.removeGlobalContextProperty('added');
        DD_RUM.removeUserProperty('plan');
        DD_RUM.removeAccountProperty('size');
        DD_RUM.addAction('with less');
        DD_RUM.clearGlobalContext();
        DD_RUM.clearUser();
        DD_RUM.clearAccount();
        DD_RUM.addAction('with nothing');
      });
    },
  },
  {
    name: 'contexts of any kind',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        const cyclic: Record<string, unknown> = { name: 'cyclic' };
        cyclic.self = cyclic;
        const hostile = { cyclic, big: 10n, symbol: Symbol('s'), fn: function named() {} };
        DD_RUM.setGlobalContext(hostile as never);
        DD_RUM.addAction('of any kind', {
          date: new Date(0),
          regexp: /x/g,
          map: new Map([[1, 2]]),
          node: document.body,
          error: new Error('in a context'),
          empty: {},
          list: [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, -0],
          custom: { toJSON: () => 'by toJSON' },
          event: new Event('some'),
          undefined,
        });
        DD_RUM.addAction('with an empty context', {});
        DD_RUM.addAction('');
      });
    },
  },
  {
    name: 'contexts of more than 256 KiB',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.addAction('too large', { text: 'x'.repeat(300 * 1024) });
        DD_RUM.addAction('many', { list: Array.from({ length: 20_000 }, (_, i) => `item ${i}`) });
        DD_RUM.addAction('just small enough', { text: 'x'.repeat(200 * 1024) });
        DD_RUM.setGlobalContextProperty('large', 'y'.repeat(100 * 1024));
        DD_RUM.addError(new Error('with a large context'), { text: 'z'.repeat(150 * 1024) });
        DD_RUM.removeGlobalContextProperty('large');
        DD_RUM.addAction('small again');
      });
    },
  },
  {
    name: 'contexts across pages',
    options: { storeContextsAcrossPages: true },
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.setUser({ id: 'u1' });
        DD_RUM.setGlobalContextProperty('kept', 1);
        DD_RUM.setAccount({ id: 'a1' });
      });
      await driver.note('storage keys', () => Object.keys(localStorage).sort());
      await driver.open('/second');
      await driver.run(() => window.DD_RUM.addAction('on the second page'));
      await driver.note('user', () => window.DD_RUM.getUser());
    },
  },
  {
    name: 'beforeSend changes events',
    code: () => ({
      beforeSend: (event: Changeable, domainContext: Record<string, unknown>) => {
        event.context = { ...event.context, seen: Object.keys(domainContext ?? {}).sort() };
        event.service = 'changed-service';
        event.version = 'changed-version';
        event.view.url = event.view.url.replace(/\?.*/, '');
        if (event.type === 'view') event.view.name = 'changed name';
        if (event.error) {
          event.error.message = 'changed message';
          event.error.fingerprint = 'changed';
        }
        if (event.resource) event.resource.url = event.resource.url.replace('secret', 'x');
        if (event.action?.target) event.action.target.name = 'changed target';
        // What may not be changed.
        Object.assign(event, { date: 7, added: true });
        return true;
      },
    }),
    run: async (driver) => {
      await driver.run(async () => {
        window.DD_RUM.addAction('an action', { own: 1 });
        window.DD_RUM.addError(new Error('an error'));
        window.DD_RUM.addDurationVital('a vital', {
          startTime: window.__given('a vital', Date.now() - 5),
          duration: 5,
        });
        await fetch('/data?secret').then((response) => response.text());
      });
      await driver.click('#plain');
    },
  },
  {
    name: 'beforeSend drops events',
    code: () => ({
      beforeSend: ({ type, error, resource }: Changeable) => {
        if (error?.message === 'throws') throw new Error('thrown by beforeSend');
        const isDropped =
          type === 'view' || error?.message === 'dropped' || resource?.url.includes('dropped');
        return !isDropped;
      },
    }),
    run: async (driver) => {
      await driver.run(async () => {
        window.DD_RUM.addError(new Error('dropped'));
        window.DD_RUM.addError(new Error('kept'));
        window.DD_RUM.addError(new Error('throws'));
        await fetch('/data?dropped').then((response) => response.text());
        await fetch('/data?kept').then((response) => response.text());
        // Ours shows a view when it is sent: before the page is left, whose last words nobody hears.
        for (let i = 0; i < 60; i++) window.DD_RUM.addAction('one of many');
      });
    },
  },
  {
    name: 'feature flags',
    options: { trackFeatureFlagsForEvents: ['vital', 'action', 'long_task', 'resource'] },
    run: async (driver) => {
      await driver.run(async () => {
        const { DD_RUM } = window;
        DD_RUM.addAction('before the flags');
        DD_RUM.addFeatureFlagEvaluation('colour', 'red');
        DD_RUM.addFeatureFlagEvaluation('colour', 'green');
        DD_RUM.addFeatureFlagEvaluation('layout', { columns: 2 });
        DD_RUM.addFeatureFlagEvaluation('enabled', true);
        DD_RUM.addAction('after the flags');
        DD_RUM.addError(new Error('after the flags'));
        DD_RUM.addDurationVital('after the flags', {
          startTime: window.__given('a vital', Date.now() - 5),
          duration: 5,
        });
        await fetch('/data').then((response) => response.text());
      });
      await driver.run(() => window.DD_RUM.startView('without flags'));
    },
  },
  {
    name: 'the API without events',
    run: async (driver) => {
      await driver.note('methods', () =>
        Object.fromEntries(
          Object.entries(window.DD_RUM).map(([name, value]) => [name, typeof value]),
        ),
      );
      await driver.note('internal context', () => {
        const context = window.DD_RUM.getInternalContext() as unknown as Record<string, unknown>;
        return context;
      });
      await driver.note('earlier internal context', () => window.DD_RUM.getInternalContext(1));
      await driver.note('replay link', () =>
        window.DD_RUM.getSessionReplayLink()
          ?.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '<uuid>')
          .replace(/from=\d+/, 'from=<ms>'),
      );
      await driver.run(() => {
        window.DD_RUM.startSessionReplayRecording();
        window.DD_RUM.stopSessionReplayRecording();
      });
    },
  },
];
