/** Selectors group with those of the official SDK: they are the same, element by element. */

import { build } from 'esbuild';
import { expect, type Page, test } from './fixture.ts';
import { root } from './site.ts';

declare global {
  interface Window {
    ours: { selectorOf(node: unknown): string };
    theirs: { getSelectorFromElement(element: Element): string | undefined };
  }
}

async function load(page: Page): Promise<void> {
  const [ours, theirs] = await Promise.all([
    bundle('js/page/selector.ts', 'ours'),
    bundle('node_modules/@datadog/browser-rum-core/src/domain/getSelectorFromElement.ts', 'theirs'),
  ]);
  await page.evaluate(`${ours};${theirs};Object.assign(window, { ours, theirs })`);
}

async function bundle(path: string, globalName: string): Promise<string> {
  const options = { bundle: true, format: 'iife', write: false } as const;
  const { outputFiles } = await build({
    ...options,
    entryPoints: [`${root}/${path}`],
    globalName,
  });
  return outputFiles[0]?.text as string;
}

test('every element of a thousand documents has the selector of the official SDK', async ({
  page,
}) => {
  await load(page);
  const { different, compared } = await page.evaluate(() => {
    let state = 1;
    const below = (limit: number) => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * limit);
    };
    const oneOf = <T>(values: T[]) => values[below(values.length)] as T;
    const attributes: [string, string[]][] = [
      ['id', ['main', 'a"b', 'nav', 'x1', '-', 'été']],
      ['class', ['card', 'card big', 'c1', 'c2 button', 'a:b', '1']],
      ['data-testid', ['pay', 'pay now', '']],
      ['data-dd-action-name', ['buy']],
    ];
    const grow = (parent: ParentNode & Node, depth: number) => {
      for (let count = 1 + below(4); count > 0; count--) {
        const element = document.createElement(oneOf(['div', 'p', 'span', 'x-card']));
        for (const [name, values] of attributes) {
          if (below(4) === 0) element.setAttribute(name, oneOf(values));
        }
        parent.append(element);
        if (depth > 0) grow(element, depth - 1);
        if (depth > 1 && below(8) === 0 && element.localName !== 'x-card') {
          grow(element.attachShadow({ mode: 'open' }), depth - 2);
        }
      }
    };
    const all = (tree: ParentNode): Element[] =>
      [...tree.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    const different: unknown[] = [];
    let compared = 0;
    for (let round = 0; round < 1_000; round++) {
      document.body.replaceChildren();
      document.body.className = oneOf(['', 'dark']);
      grow(document.body, 2);
      for (const element of all(document)) {
        if (element === document.documentElement) continue;
        compared++;
        const ours = window.ours.selectorOf(element);
        const theirs = window.theirs.getSelectorFromElement(element);
        if (ours !== theirs && !document.head.contains(element) && element !== document.body) {
          different.push({ ours, theirs });
        }
      }
    }
    return { different: different.slice(0, 5), compared };
  });
  expect(compared).toBeGreaterThan(10_000);
  expect(different).toEqual([]);
});

test('what is no element, or no longer in the document, has no selector', async ({ page }) => {
  await load(page);
  const selectors = await page.evaluate(() => [
    window.ours.selectorOf(null),
    window.ours.selectorOf(document.createTextNode('text')),
    window.ours.selectorOf(document.createElement('div')),
  ]);
  expect(selectors).toEqual(['', '', '']);
});
