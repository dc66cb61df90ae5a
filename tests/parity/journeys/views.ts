/** Routes, and views that the page itself begins. */

import type { Journey } from '../journey.ts';

export const journeys: Journey[] = [
  {
    name: 'routes by the history API',
    run: async (driver) => {
      await driver.run(() => {
        history.pushState({}, '', '/products?page=1');
        document.querySelector('h1')?.append('!');
      });
      await driver.activity();
      await driver.run(() => window.DD_RUM.addAction('on products'));
      await driver.run(() => history.pushState({}, '', '/products?page=2'));
      await driver.run(() => window.DD_RUM.addAction('still on products'));
      await driver.run(() => history.replaceState({}, '', '/products/42'));
      await driver.activity();
      await driver.run(() => history.back());
      await driver.wait('going back', () => location.search === '?page=1');
      await driver.activity();
      await driver.run(() => window.DD_RUM.addAction('back on products'));
    },
  },
  {
    name: 'routes in the hash',
    body: '<p id="anchor" class="box">Anchor</p>',
    run: async (driver) => {
      for (const hash of ['#/cart', '#/cart?coupon=1', '#anchor', '#/checkout']) {
        await driver.run((hash) => {
          location.hash = hash;
        }, hash);
        await driver.activity();
        await driver.run(() => window.DD_RUM.addAction('after a hash'));
      }
    },
  },
  {
    name: 'a route that loads something',
    run: async (driver) => {
      await driver.run(async () => {
        history.pushState({}, '', '/slow');
        await fetch('/data?delay=300').then((response) => response.text());
        document.querySelector('h1')?.append('!');
      });
      await driver.activity();
    },
  },
  {
    name: 'what ends after its view belongs to it',
    run: async (driver) => {
      // As long as it takes the next view to have loaded, however busy the machine is.
      const release = driver.site.hold('/data');
      await driver.run(() => {
        (window as { pending?: Promise<unknown> }).pending = fetch('/data').then((response) =>
          response.text(),
        );
        history.pushState({}, '', '/next');
      });
      await driver.activity();
      release();
      await driver.run(() => (window as { pending?: Promise<unknown> }).pending?.then(() => {}));
      await driver.lateUpdates();
    },
  },
  {
    name: 'addresses that change while requests are under way',
    run: async (driver) => {
      const release = driver.site.hold('/data');
      await driver.run(() => {
        (window as { pending?: Promise<unknown> }).pending = fetch('/data').then((response) =>
          response.text(),
        );
        history.replaceState({}, '', '/?filter=red');
      });
      await driver.run(() => {
        history.replaceState({}, '', '/?filter=green#list');
        window.DD_RUM.addAction('with another address');
      });
      await driver.activity();
      release();
      await driver.run(() => (window as { pending?: Promise<unknown> }).pending?.then(() => {}));
    },
  },
  {
    name: 'views begun by the page',
    run: async (driver) => {
      await driver.run(() => window.DD_RUM.startView('named'));
      await driver.activity();
      await driver.run(() =>
        window.DD_RUM.startView({
          name: 'with all options',
          service: 'checkout',
          version: '2.0.0',
          context: { cart: { items: 3 } },
          url: '/virtual?step=1',
        }),
      );
      await driver.run(() => {
        window.DD_RUM.addAction('in a view of another service', { cart: { total: 9.5 } });
        window.DD_RUM.addError(new Error('in a view of another service'));
      });
      await driver.activity();
      await driver.run(() => window.DD_RUM.startView());
      await driver.run(() => window.DD_RUM.addAction('in a view without a name'));
    },
  },
  {
    name: 'views only by hand',
    options: { trackViewsManually: true },
    early: () => {
      window.DD_RUM.addAction('before the first view');
      window.DD_RUM.startView({ name: 'first', context: { first: true } });
    },
    run: async (driver) => {
      await driver.run(() => history.pushState({}, '', '/no-view'));
      await driver.run(() => window.DD_RUM.addAction('after a route'));
      await driver.run(() => window.DD_RUM.startView('second'));
      await driver.activity();
    },
  },
  {
    name: 'name, context, timings and loading time of a view',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.setViewName('renamed');
        DD_RUM.setViewContext({ a: 1, list: [1, { two: 2 }] });
        DD_RUM.setViewContextProperty('b', { c: null });
        DD_RUM.addTiming('now');
        DD_RUM.addTiming('at 100', 100);
        DD_RUM.addTiming('epoch', Date.now());
        DD_RUM.addTiming('odd name/äö\u{1f525}');
        window.__given('the loading time', Date.now());
        DD_RUM.setViewLoadingTime();
        DD_RUM.addAction('with the context of the view', { a: 2 });
      });
      await driver.note('view context', () => window.DD_RUM.getViewContext());
      await driver.run(() => window.DD_RUM.startView('next'));
      await driver.run(() => {
        window.DD_RUM.addTiming('of the next view');
        window.__given('the loading time', Date.now());
        window.DD_RUM.setViewLoadingTime();
      });
    },
  },
  {
    name: 'scrolling',
    measures: ['scroll'],
    body: '<div style="height: 3000px">Tall</div>',
    run: async (driver) => {
      await driver.page.mouse.move(400, 400);
      await driver.page.mouse.wheel({ deltaY: 1000 });
      await driver.wait('scroll', () => window.scrollY === 1000);
      await driver.settle();
      await driver.page.mouse.wheel({ deltaY: -400 });
      await driver.wait('scroll', () => window.scrollY === 600);
    },
  },
  {
    name: 'partial updates of views',
    options: { betaEnableViewUpdates: true },
    measures: ['versions'],
    run: async (driver) => {
      // Each throttled update (3 s) is in a batch of its own: 50 actions fill one.
      const fill = () => {
        for (let i = 0; i < 50; i++) window.DD_RUM.addAction('one of many');
      };
      await driver.pass(3100);
      await driver.run(fill);
      for (const step of [1, 2]) {
        await driver.run((step) => {
          window.DD_RUM.setViewContextProperty(`step${step}`, { done: true });
          window.DD_RUM.addTiming(`timing${step}`);
          window.DD_RUM.addFeatureFlagEvaluation(`flag${step}`, step);
          window.DD_RUM.setUserProperty('step', step);
        }, step);
        await driver.pass(3100);
        await driver.run(fill);
      }
    },
  },
];
