/** What is said about the target of a click equals what the official SDK says, element by element. */

import { expect, test } from './fixture.ts';
import { loadTargets, type NameOptions } from './target-page.ts';

for (const attribute of [undefined, 'data-name', 'title']) {
  test(`every element of 200 documents is described like the official SDK does, with ${attribute ?? 'no attribute'} for names`, async ({
    page,
  }) => {
    test.slow();
    await loadTargets(page);
    const result = await page.evaluate(compareDocuments, {
      attribute,
      seed: (attribute ?? '').length,
    });
    expect(result.different).toEqual([]);
    expect(result.compared).toBeGreaterThan(30_000);
    // Or the documents would not show anything.
    for (const [what, count] of Object.entries(result.seen)) {
      expect(count, what).toBeGreaterThan(50);
    }
  });
}

/** In the page. */
function compareDocuments({ attribute, seed }: { attribute: string | undefined; seed: number }) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const oneOf = <T>(values: readonly T[]) => values[below(values.length)] as T;
  const levels = ['allow', 'mask', 'mask-user-input', 'mask-unless-allowlisted'] as const;
  const marks = [...levels, 'hidden', 'unknown'];
  const texts = ['Buy', 'Buy now', ' Cart\n ', '', ' ', 'été 😀', 'x'.repeat(60), '😀'.repeat(51)];
  const tags = 'div div span span p button a label form ul li br table img canvas output x-card h1';
  const fields = 'input input input textarea select fieldset';
  const inputs = 'text button submit reset password email tel hidden color checkbox SUBMIT'.split(
    ' ',
  );
  const attributes: [name: string, values: readonly string[], of: number][] = [
    ['data-dd-privacy', marks, 14],
    [
      'class',
      marks.flatMap((one) => marks.map((two) => `dd-privacy-${one} dd-privacy-${two}`)),
      10,
    ],
    ['class', ['card', 'b c1 a:b', 'z !z -z a:b aB é'], 8],
    ['data-dd-action-name', ['named', ' ', `n${'😀'.repeat(60)}`], 40],
    ['data-name', ['called', '', 'c  \n d'], 30],
    ['id', ['l1', 'l2', 'main', 'a"b'], 6],
    ['aria-labelledby', ['l1', 'l2 main', ' none  l1', 'main'], 12],
    ['aria-label', texts, 14],
    ['alt', texts, 20],
    ['name', ['field', 'Buy'], 20],
    ['title', texts, attribute === 'title' ? 3 : 16],
    ['placeholder', ['Buy', 'Card number'], 16],
    ['role', ['button', 'link', 'Button', 'x link'], 14],
    ['autocomplete', ['cc-number', 'new-password', 'name', 'x cc-csc'], 8],
    ['contenteditable', ['true', 'false'], 30],
    ['for', ['main', 'l1'], 10],
    ['hidden', [''], 40],
    ['data-dd-ignore-frustration', ['', ' all', 'rage-click', 'dead-click  error-click', 'x'], 20],
    ['data-testid', ['pay', 'p"y'], 20],
    ['data-other', ['o'], 20],
    ['tabindex', ['0'], 20],
  ];
  const styles = [
    ...['none', 'contents', 'block', 'inline-block', 'flex', 'inline', 'table', 'list-item'].map(
      (display) => `display:${display}`,
    ),
    ...['hidden', 'visible', 'collapse'].map((visibility) => `visibility:${visibility}`),
    ...['auto', 'hidden'].map((visibility) => `content-visibility:${visibility}`),
  ];
  const leaves = /^(INPUT|BR|IMG|TEXTAREA|SELECT)$/;
  const grow = (parent: ParentNode & Node, depth: number) => {
    for (let count = 1 + below(4); count > 0; count--) {
      if (below(3) === 0) parent.append(oneOf(texts));
      if (below(30) === 0) parent.append(document.createComment('no text'));
      const element = make(oneOf(`${tags} ${fields} ${below(4) ? 'b' : 'script'}`.split(' ')));
      parent.append(element);
      if (leaves.test(element.tagName)) continue;
      if (depth > 0) grow(element, depth - 1);
      else if (below(3)) element.append(oneOf(texts));
      if (/^(DIV|SPAN|X-CARD)$/.test(element.tagName) && below(6) === 0) {
        const shadow = element.attachShadow({ mode: 'open' });
        grow(shadow, depth - 1);
        if (below(2)) shadow.append(document.createElement('slot'));
      }
    }
  };
  const make = (tag: string) => {
    const element = document.createElement(tag);
    for (const [name, values, of] of attributes) {
      if (below(of) === 0) element.setAttribute(name, oneOf(values));
    }
    if (below(6) === 0) element.setAttribute('style', oneOf(styles));
    if (tag === 'script') element.setAttribute('type', 'text/plain');
    if (tag === 'a') element.setAttribute('href', '#');
    if (tag === 'select') {
      for (const text of ['Buy', 'Other']) element.append(new Option(text));
    }
    if (tag === 'textarea') element.append('typed text');
    if (tag === 'input') {
      element.setAttribute('type', oneOf(inputs));
      (element as HTMLInputElement).value = element.matches('[type=color]')
        ? '#ffffff'
        : oneOf(texts);
    }
    return element;
  };
  const all = (tree: ParentNode): Element[] =>
    [...tree.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
  const { our, their } = window;
  const theirTarget = (element: Element, path: EventTarget[], options: NameOptions) => {
    const level = options.enablePrivacyForActionName
      ? their.getNodePrivacyLevel(element, options.defaultPrivacyLevel)
      : 'allow';
    if (level === 'hidden') return undefined;
    return {
      ...their.getActionNameFromElement(element, options, level),
      selector: their.getSelectorFromElement(element, attribute) ?? '',
      composedPathSelector: their.getComposedPathSelector(path, attribute),
    };
  };
  // Two readings of a size differ where `content-visibility` postpones layout.
  const ourTarget = (element: Element, path: EventTarget[], options: NameOptions) => {
    const target = our.describeTarget(element, path, options);
    if (!target) return undefined;
    const { name, nameSource, selector, composedPathSelector } = target;
    return { name, nameSource, selector, composedPathSelector };
  };
  const different: unknown[] = [];
  const seen: Record<string, number> = {};
  const count = (what: string) => {
    seen[what] = (seen[what] ?? 0) + 1;
  };
  let compared = 0;
  const compare = (ours: unknown, theirs: unknown, about: unknown) => {
    compared++;
    if (JSON.stringify(ours) !== JSON.stringify(theirs)) {
      different.push({ ours, theirs, about, html: document.body.innerHTML });
    }
  };
  our.addNameAttribute(attribute);
  // Scripts are of level `ignore`: their text would show if it was not.
  document.head.append(
    Object.assign(document.createElement('style'), { textContent: 'script{display:block}' }),
  );
  for (let round = 0; round < 200; round++) {
    document.body.replaceChildren();
    window.$DD_ALLOW = oneOf([undefined, new Set(['buy', 'été 😀', ' cart\n ', 'card number'])]);
    grow(document.body, 2);
    for (const element of all(document.body)) {
      const path = window.pathOf(element);
      compare(
        our.ignoredFrustrations(element, path),
        their.getFrustrationIgnore(element),
        'frustrations',
      );
      for (const defaultPrivacyLevel of levels) {
        const level = their.getNodePrivacyLevel(element, defaultPrivacyLevel);
        compare(
          our.privacyLevel(our.inclusiveAncestors(element), defaultPrivacyLevel),
          level,
          'level',
        );
        count(level);
        const enablePrivacyForActionName = below(3) > 0;
        const options = {
          actionNameAttribute: attribute,
          defaultPrivacyLevel,
          enablePrivacyForActionName,
        };
        const theirs = theirTarget(element, path, options);
        compare(ourTarget(element, path, options), theirs, options);
        count(theirs?.nameSource ?? 'no target');
        if (theirs?.name.includes('[...]')) count('cut name');
      }
    }
  }
  return { different: different.slice(0, 2), compared, seen };
}
