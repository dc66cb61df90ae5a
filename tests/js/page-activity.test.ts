import assert from 'node:assert/strict';
import test from 'node:test';
import { type UrlMatch, urlTest } from '../../js/exceptions/excluded-urls.ts';
import { type ActivityObserver, observeActivity } from '../../js/page/activity.ts';
import { createListen } from '../../js/page/listen.ts';

/** What a page without anything to observe has. */
function withPage(run: (page: Record<string, unknown>) => void): void {
  const idle = () => ({ observe() {}, disconnect() {} });
  const page = { addEventListener() {}, removeEventListener() {}, open: () => 'opened' };
  const names = ['window', 'MutationObserver', 'PerformanceObserver'];
  const before = names.map((name) => Object.getOwnPropertyDescriptor(globalThis, name));
  const values = [page, function native() {}, function native() {}];
  names.forEach((name, index) => {
    Object.assign((values[index] as { prototype?: object }).prototype ?? {}, idle());
    Object.defineProperty(globalThis, name, { value: values[index], configurable: true });
  });
  try {
    run(page);
  } finally {
    names.forEach((name, index) => {
      delete (globalThis as Record<string, unknown>)[name];
      if (before[index]) Object.defineProperty(globalThis, name, before[index]);
    });
  }
}

function observed(
  excludedUrls: UrlMatch[],
  patchesOpen = false,
  error: (message: string, thrown: unknown) => void = () => {},
): ActivityObserver {
  const listening = createListen((error) => assert.fail(String(error)));
  const tests = excludedUrls.map((match) => urlTest(match, error as typeof console.error));
  return observeActivity(listening, () => {}, { excludedUrls: tests, patchesOpen });
}

test('addresses are excluded by text, expression or function', () => {
  withPage(() => {
    const excluded: [UrlMatch, string, boolean][] = [
      ['https://a/x', 'https://a/x', true],
      ['https://a/', 'https://a/x', false],
      [/x$/, 'https://a/x', true],
      [/y$/, 'https://a/x', false],
      [(url) => url.endsWith('x'), 'https://a/x', true],
      [() => false, 'https://a/x', false],
    ];
    for (const [match, url, expected] of excluded) {
      assert.equal(observed([match]).isExcluded(url), expected, String(match));
    }
  });
});

test('an expression that remembers where it was starts anew', () => {
  withPage(() => {
    const { isExcluded } = observed([/x/g]);
    assert.deepEqual([isExcluded('https://a/x'), isExcluded('https://a/x')], [true, true]);
  });
});

test('a function that throws excludes nothing, which is told, and the next one is asked', () => {
  withPage(() => {
    const told: string[] = [];
    const fail = () => {
      throw new Error('of the page');
    };
    assert.equal(observed([fail]).isExcluded('https://a/x'), false);
    assert.equal(observed([fail, 'https://a/x']).isExcluded('https://a/x'), true);
    const error = (message: string, thrown: unknown) => void told.push(`${message} ${thrown}`);
    observed([fail], false, error).isExcluded('https://a/x');
    assert.deepEqual(told, ['excludedActivityUrls threw an error: Error: of the page']);
  });
});

test('requests to an intake are no activity, behind a proxy neither', () => {
  withPage(() => {
    const query = '?ddsource=browser&dd-api-key=pub&dd-evp-origin=browser&dd-request-id=1';
    const { isExcluded } = observed([]);
    assert.equal(isExcluded(`https://browser-intake-datadoghq.com/api/v2/rum${query}`), true);
    const proxied = `https://shop/rum?ddforward=${encodeURIComponent(`/api/v2/rum${query}`)}`;
    assert.equal(isExcluded(proxied), true);
    assert.equal(isExcluded('https://shop/search?ddsource=browser'), false);
  });
});

test("a patch on top of ours is not taken away, and the page's window opens", () => {
  withPage((page) => {
    const { stop } = observed([], true);
    const ours = page.open as () => unknown;
    const later = () => ours();
    page.open = later;
    stop();
    assert.equal(page.open, later);
    assert.equal(later(), 'opened');
  });
});

test("Zone.js's observer of mutations, which runs Angular, is passed by", () => {
  withPage((page) => {
    let isNative = false;
    page.__zone_symbol__MutationObserver = class {
      observe() {
        isNative = true;
      }
      disconnect() {}
    };
    const global = globalThis as { document?: unknown };
    global.document = {};
    try {
      observed([]).observe(true);
    } finally {
      delete global.document;
    }
    assert.ok(isNative);
  });
});
