/** What is said about the target of a click, case by case; `target-parity.spec.ts` has the rest. */

import { expect, type Page, test } from './fixture.ts';
import { loadTargets, type NameOptions } from './target-page.ts';

const OPTIONS: NameOptions = {
  defaultPrivacyLevel: 'mask-user-input',
  enablePrivacyForActionName: true,
};

/** The names of `#target` in pages, also in shadow roots. */
async function names(page: Page, pages: Record<string, string>) {
  await loadTargets(page);
  return page.evaluate(
    ({ pages, options }) => {
      window.$DD_ALLOW = new Set(['pay', 'card']);
      class Labelled extends HTMLElement {
        labels = ['Monday', 'Tuesday'];
        options = [{ text: 'Wednesday' }];
      }
      class Throwing extends HTMLElement {
        get labels() {
          throw new Error('not yet');
        }
      }
      customElements.define('x-labelled', Labelled);
      customElements.define('x-throwing', Throwing);
      const find = (root: ParentNode): Element | undefined =>
        root.querySelector('#target') ??
        [...root.querySelectorAll('*')].flatMap(
          ({ shadowRoot }) => (shadowRoot && find(shadowRoot)) ?? [],
        )[0];
      const named = Object.entries(pages).map(([about, html]) => {
        document.body.setHTMLUnsafe(html);
        const element = find(document) as Element;
        const target = window.our.describeTarget(element, window.pathOf(element), options);
        return [about, target ? [target.name, target.nameSource] : 'nothing'];
      });
      return Object.fromEntries(named);
    },
    { pages, options: OPTIONS },
  );
}

test('a target is called what people call it', async ({ page }) => {
  const shadow = '<b id=a>Close</b><i id=target aria-labelledby=a></i>';
  const found = await names(page, {
    'its text': '<button id=target> Add <b>to</b>\n cart</button>',
    'the text around it': '<button>Add to cart <svg id=target></svg></button>',
    'its label': '<label for=target>Your size</label><select id=target><option>XL</select>',
    'the label of an icon': '<button id=target aria-label="Close"><svg></svg></button>',
    'several labels': '<i id=a>Open</i><i id=b>menu</i><div id=target aria-labelledby="a b"></div>',
    'a label of its own tree': `<i id=a>Open</i><x-a><template shadowrootmode=open>${shadow}</template></x-a>`,
    'the value of a button': '<input id=target type=submit value="Send">',
    'what an image shows': '<img id=target alt="A cat">',
    'what is on lines': '<div id=target>One<p>Two</p><ul><li>Three<li>Four</ul></div>',
    'what is seen': '<a id=target>Seen<i hidden>not</i><i style="visibility:hidden">nor</i></a>',
    'its own name': '<div data-dd-action-name="Buy"><button id=target>Text</button></div>',
    'nothing of another name': '<div id=target>All <i data-dd-action-name="Buy">one</i></div>',
    'at most 100 characters': `<p id=target>${'<b>long </b>'.repeat(30)}</p>`,
    'the tenth element around it': `<b title=Far>${'<i>'.repeat(9)}<i id=target></i>`,
    'not the one around that': `<b title=Far>${'<i>'.repeat(10)}<i id=target></i>`,
    'nothing, without a name': '<div id=target></div>',
  });
  expect(found).toEqual({
    'its text': ['Add to cart', 'text_content'],
    'the text around it': ['Add to cart', 'text_content'],
    'its label': ['Your size', 'text_content'],
    'the label of an icon': ['Close', 'standard_attribute'],
    'several labels': ['Open menu', 'text_content'],
    'a label of its own tree': ['Close', 'text_content'],
    'the value of a button': ['Send', 'text_content'],
    'what an image shows': ['A cat', 'standard_attribute'],
    'what is on lines': ['One Two Three Four', 'text_content'],
    'what is seen': ['Seen', 'text_content'],
    'its own name': ['Buy', 'custom_attribute'],
    'nothing of another name': ['All', 'text_content'],
    'at most 100 characters': [`${'long '.repeat(20)} [...]`, 'text_content'],
    'the tenth element around it': ['Far', 'standard_attribute'],
    'not the one around that': ['', 'blank'],
    'nothing, without a name': ['', 'blank'],
  });
});

test('what is private is not said', async ({ page }) => {
  const shadow = '<x-a><template shadowrootmode=open><b id=target>Pay</b></template></x-a>';
  const found = await names(page, {
    'nothing hidden': '<p data-dd-privacy=hidden><b data-dd-privacy=allow id=target>Pay</b></p>',
    'nothing in what is hidden': `<p data-dd-privacy=hidden>${shadow}</p>`,
    'nothing masked': '<div class=dd-privacy-mask><button id=target>Pay</button></div>',
    'names are not masked': '<p class=dd-privacy-mask data-dd-action-name=Pay id=target></p>',
    'no passwords': '<input id=target type=password placeholder=Card data-dd-privacy=allow>',
    'nothing typed': '<div id=target>Pay <textarea>typed</textarea></div>',
    'what is allowed': '<p id=target data-dd-privacy=allow>Pay <output>typed</output></p>',
    'only what is in the source':
      '<p id=target class=dd-privacy-mask-unless-allowlisted><b>Pay</b> <b>Joe</b> <b>Card</b></p>',
    'in attributes too': '<img id=target data-dd-privacy=mask-unless-allowlisted alt=Joe>',
  });
  expect(found).toEqual({
    'nothing hidden': 'nothing',
    'nothing in what is hidden': 'nothing',
    'nothing masked': ['Masked Element', 'mask_placeholder'],
    'names are not masked': ['Pay', 'custom_attribute'],
    'no passwords': ['Masked Element', 'mask_placeholder'],
    'nothing typed': ['Pay', 'text_content'],
    'what is allowed': ['Pay typed', 'text_content'],
    'only what is in the source': ['Pay Card', 'text_content'],
    'in attributes too': ['Masked Element', 'standard_attribute'],
  });
});

test('where the target is, and how large', async ({ page }) => {
  await loadTargets(page);
  const target = await page.evaluate((options) => {
    const place = 'position:fixed;left:10.25px;top:20px;width:30.6px;height:40px';
    document.body.innerHTML = `<div><i></i><b role=button class=big id=buy style="${place}"></b></div>`;
    const element = document.querySelector('b') as Element;
    return window.our.describeTarget(element, window.pathOf(element), options);
  }, OPTIONS);
  expect(target).toEqual({
    name: '',
    nameSource: 'blank',
    selector: '#buy',
    composedPathSelector: 'B#buy[role="button"].big:nth-child(2);DIV;',
    left: 10.25,
    top: 20,
    width: 31,
    height: 40,
  });
});

test('a path is cut between two characters', async ({ page }) => {
  await loadTargets(page);
  const cut = await page.evaluate(() =>
    ['', 'x'].map((odd) => {
      document.body.innerHTML = `<div data-testid="${odd}${'😀'.repeat(1_500)}"><i></i></div>`;
      const path = window.pathOf(document.querySelector('i') as Element);
      const ours = window.our.composedPathSelector(path);
      return [ours.length, ours === window.their.getComposedPathSelector(path, undefined)];
    }),
  );
  expect(cut).toEqual([
    [2_049, true],
    [2_048, true],
  ]);
});

/** The official SDK reads while the event is dispatched; here the page may have changed meanwhile. */
test('what the click took out of the document is described by what the event has seen', async ({
  page,
}) => {
  await loadTargets(page);
  const described = await page.evaluate(
    (options) =>
      ['data-dd-ignore-frustration=dead-click', 'data-dd-privacy=hidden'].map((attribute) => {
        document.body.innerHTML = `<div ${attribute}><button><i>Close</i></button></div>`;
        const button = document.querySelector('button') as Element;
        const path = window.pathOf(button);
        button.remove();
        const target = window.our.describeTarget(button, path, options);
        const { name, selector, composedPathSelector, width } = target ?? {};
        const ignored = window.our.ignoredFrustrations(button, path);
        return [name, selector, composedPathSelector, width, ignored];
      }),
    OPTIONS,
  );
  expect(described).toEqual([
    ['Close', '', 'BUTTON;DIV;', 0, 2],
    [undefined, undefined, undefined, undefined, 0],
  ]);
});

/** The official SDK fails at most of these, and then says nothing of the click. */
test('no page makes it throw or hang', async ({ page }) => {
  const found = await names(page, {
    'fields that hide what forms have':
      '<form><input name=parentElement><input name=parentNode><i id=target>Buy</i></form>',
    'a field for the number of children': '<form><input name=children><i id=target>Two</i></form>',
    'a field that hides all attributes': '<form><input name=attributes><i id=target>Two</i></form>',
    'a field that hides the text': '<form id=target>Two<input name=childNodes></form>',
    'a component with labels of its own': '<x-labelled id=target>Sales</x-labelled>',
    'a component that throws': '<x-throwing id=target>Sales</x-throwing>',
  });
  expect(found).toEqual({
    'fields that hide what forms have': ['Buy', 'text_content'],
    'a field for the number of children': ['Two', 'text_content'],
    'a field that hides all attributes': ['Two', 'text_content'],
    'a field that hides the text': ['', 'blank'],
    'a component with labels of its own': ['Sales', 'text_content'],
    'a component that throws': ['', 'blank'],
  });
});

test('selectors know a form and what is in it from its fields', async ({ page }) => {
  await loadTargets(page);
  const selectors = await page.evaluate((options) => {
    const fields = '<input name=id><input name=children><input name=parentElement><i></i>';
    document.body.innerHTML = `<div><form>${fields}</form><form></form></div>`;
    const target = document.querySelector('i') as Element;
    const described = window.our.describeTarget(target, window.pathOf(target), options);
    return [described?.selector, described?.composedPathSelector];
  }, OPTIONS);
  expect(selectors).toEqual([
    'BODY>DIV>FORM>I',
    'I:nth-child(4);FORM:nth-child(1):nth-of-type(1);DIV;',
  ]);
});

test('what is no element has no description', async ({ page }) => {
  await loadTargets(page);
  const described = await page.evaluate(
    (options) =>
      [null, undefined, document, window, document.createTextNode('text')].map(
        (target) =>
          window.our.describeTarget(target as unknown as Element, [], options) ?? 'nothing',
      ),
    OPTIONS,
  );
  expect(described).toEqual(Array(5).fill('nothing'));
});

test('a click on the background does not read the page', async ({ page }) => {
  await loadTargets(page);
  const read = await page.evaluate((options) => {
    let styles = 0;
    const { getComputedStyle } = window;
    window.getComputedStyle = (...of) => {
      styles++;
      return getComputedStyle(...of);
    };
    const stylesFor = (html: string) => {
      document.body.innerHTML = `<main>${html}</main>`;
      styles = 0;
      window.our.describeTarget(document.querySelector('main') as Element, [], options);
      return styles;
    };
    return {
      text: stylesFor('<p>Twenty characters. </p>'.repeat(1_000)),
      pictures: stylesFor('<svg><path></path></svg>'.repeat(1_000)),
    };
  }, OPTIONS);
  expect(read).toEqual({ text: 6, pictures: 0 });
});

test('frustration is ignored where the page says so, in shadow roots too', async ({ page }) => {
  await loadTargets(page);
  const ignored = await page.evaluate(() => {
    const inside = (outer: string, inner: string) => {
      const shadow = `<x-a><template shadowrootmode=open><b ${inner}></b></template></x-a>`;
      document.body.setHTMLUnsafe(`<div ${outer}>${shadow}</div>`);
      const target = document.querySelector('x-a')?.shadowRoot?.firstElementChild as Element;
      return window.our.ignoredFrustrations(target, []);
    };
    const ignore = 'data-dd-ignore-frustration';
    return {
      none: inside('', ''),
      rage: inside(`${ignore}=rage-click`, ''),
      'dead and error': inside(`${ignore}="error-click nonsense"`, `${ignore}=dead-click`),
      all: inside(`${ignore}=all`, `${ignore}=dead-click`),
      'all, without a word': inside(ignore, ''),
    };
  });
  expect(ignored).toEqual({
    none: 0,
    rage: 1,
    'dead and error': 6,
    all: 7,
    'all, without a word': 7,
  });
});
