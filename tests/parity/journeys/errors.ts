/** Errors of every source. */

import type { Journey } from '../journey.ts';

export const journeys: Journey[] = [
  {
    name: 'uncaught errors',
    run: async (driver) => {
      await driver.run(() => {
        class BasketError extends Error {
          override name = 'BasketError';
        }
        function inner() {
          throw new BasketError('thrown in two functions');
        }
        const thrown = [
          inner,
          () => (undefined as unknown as { lines: [] }).lines.length,
          () => {
            throw new Error('outer', { cause: new RangeError('inner', { cause: 'text' }) });
          },
          () => {
            throw 'a string';
          },
          () => {
            throw { code: 7, message: 'no Error' };
          },
          () => {
            throw Object.assign(new Error('fingerprinted'), {
              dd_fingerprint: 'group-1',
              dd_context: { order: 1 },
            });
          },
          () => {
            throw new Error('');
          },
        ];
        for (const work of thrown) setTimeout(work);
      });
      await driver.activity();
    },
  },
  {
    name: 'rejections that nobody handles',
    run: async (driver) => {
      await driver.run(() => {
        Promise.reject(new TypeError('rejected with an Error'));
        Promise.reject('rejected with a string');
        Promise.reject({ code: 7 });
        Promise.reject();
        (async () => {
          await null;
          throw new DOMException('a DOM exception', 'AbortError');
        })();
      });
    },
  },
  {
    name: 'errors in the console',
    run: async (driver) => {
      await driver.run(() => {
        console.error('text', 7, { a: [1, 2] }, null, undefined);
        console.error(new SyntaxError('an Error'), 'and text');
        console.error(
          'with its own context',
          Object.assign(new Error('second'), { dd_context: { a: 1 }, dd_fingerprint: 'printed' }),
        );
        console.error();
        console.warn('no error');
      });
    },
  },
  {
    name: 'errors by hand',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.addError(new SyntaxError('handled', { cause: new Error('the cause') }), {
          order: 7,
        });
        DD_RUM.addError(
          Object.assign(new Error('with context'), {
            dd_context: { from: 'error', both: 'error' },
            dd_fingerprint: 'handled-group',
          }),
          { both: 'call' },
        );
        DD_RUM.addError('a string');
        DD_RUM.addError({ an: 'object' });
        DD_RUM.addError(undefined);
        DD_RUM.addError(null, { with: 'context' });
        DD_RUM.addError(new DOMException('a DOM exception', 'NotFoundError'));
        const frozen = new Error('without stack');
        delete frozen.stack;
        DD_RUM.addError(frozen);
      });
    },
  },
  {
    name: 'a report of the content security policy',
    headers: { 'content-security-policy': "img-src 'self' data:" },
    run: async (driver) => {
      await driver.run(() => {
        const violated = new Promise((resolve) => {
          document.addEventListener('securitypolicyviolation', resolve, { once: true });
        });
        new Image().src = 'http://forbidden.example/picture.png';
        return violated.then(() => {});
      });
    },
  },
  {
    name: 'errors of micro-frontends',
    early: () => {
      const context = { service: 'checkout', version: '3.1.0' };
      const key = `Error: x\n    at module (${location.origin}/journey.js:1:1)`;
      (window as { DD_SOURCE_CODE_CONTEXT?: unknown }).DD_SOURCE_CODE_CONTEXT = {
        [key]: { ...context, ddDebugId: 'b8b47727-07ee-4f8f-b494-01e8fd66e6aa' },
      };
    },
    run: async (driver) => {
      await driver.run(() => {
        window.DD_RUM.addError(new Error('of another service'));
        window.DD_RUM.addAction('of another service');
        setTimeout(() => {
          throw new Error('thrown by another service');
        });
      });
      await driver.activity();
    },
  },
];
