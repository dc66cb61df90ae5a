/** Real pointers, keys and pages, and what the engine is told of them. */

import { build } from 'esbuild';
import type { Note, observeActivity } from '../../js/page/activity.ts';
import type { observeClicks } from '../../js/page/clicks.ts';
import { NEXT_PAINT } from '../../js/page/frames.ts';
import {
  PAGE_ACTIVITY as ACTIVITY,
  DESCRIBED,
  POINTER_DOWN as DOWN,
  USER_ACTIVITY as SEEN,
  POINTER_UP as UP,
} from '../../js/page/kinds.ts';
import type { createListen } from '../../js/page/listen.ts';
import { expect, type Page, pageIsIdle, test } from './fixture.ts';
import { root } from './site.ts';

type Told = [kind: number, numbers: number[], strings: string[]];

interface Observed {
  /** What waits to be told. */
  noted: Told[];
  told: Told[];
  errors: unknown[];
  observe(isOn: boolean): void;
  flush(): void;
  stop(): void;
}

declare global {
  interface Window {
    page: {
      observeActivity: typeof observeActivity;
      observeClicks: typeof observeClicks;
      createListen: typeof createListen;
    };
    observed: Observed;
  }
}

/** `html`, observed, with the text of an element for its name. */
async function open(page: Page, html: string, patchesOpen = false): Promise<void> {
  const options = { bundle: true, format: 'iife', globalName: 'page', write: false } as const;
  const files = ['activity', 'clicks', 'listen'];
  const contents = files.map((file) => `export * from './js/page/${file}.ts'`).join(';');
  const { outputFiles } = await build({ ...options, stdin: { contents, resolveDir: root } });
  await page.setContent(html);
  await page.evaluate(`${outputFiles[0]?.text};window.page = page`);
  await page.evaluate((patchesOpen) => {
    const noted: Told[] = [];
    const told: Told[] = [];
    const errors: unknown[] = [];
    const note: Note = (kind, _, numbers = [], strings = []) => {
      noted.push([kind, numbers as number[], strings as string[]]);
    };
    const tell = () => {
      told.push(...noted.splice(0));
    };
    const listening = window.page.createListen((error) => errors.push(error));
    const activity = window.page.observeActivity(listening, note, { patchesOpen });
    const describe = (target: Element) => {
      if (target.id === 'hidden') return undefined;
      const name = target.textContent?.trim() ?? '';
      const { width, height, left, top } = target.getBoundingClientRect();
      const selector = `#${target.id}`;
      return { name, nameSource: 'text_content', selector, width, height, left, top };
    };
    const ignored = (target: Element) => (target.id === 'calm' ? 5 : undefined);
    const targets = { describe, ignored };
    const flush = window.page.observeClicks(listening, activity, note, tell, targets);
    const stop = () => {
      activity.stop();
      listening.stop();
    };
    window.observed = { noted, told, errors, observe: activity.observe, flush, stop };
  }, patchesOpen);
}

/** What waits for the next input included. */
async function told(page: Page, ...kinds: number[]): Promise<Told[]> {
  await pageIsIdle(page);
  const { noted, told, errors } = await page.evaluate(() => window.observed);
  expect(errors).toEqual([]);
  return told.concat(noted).filter(([kind]) => kinds.length === 0 || kinds.includes(kind));
}

const kindsOf = (told: Told[]) => told.map(([kind]) => kind);
const namesOf = (told: Told[]) => told.map(([, , [name]]) => name);

const BUTTON =
  '<button id=buy style="position:absolute;left:40px;top:60px;width:80px;height:20px">';

test('a click is told in numbers, and described', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button><button id=other>Other</button>`);
  await page.mouse.click(50, 65);
  await page.mouse.click(60, 70);
  await page.click('#other');
  const ups = await told(page, UP);
  expect(ups.map(([, numbers]) => numbers).slice(0, 2)).toEqual([
    [1, 50, 65],
    [1, 60, 70],
  ]);
  expect(ups[2]?.[1][0]).toBe(2);
  const [described] = await told(page, DESCRIBED);
  expect(described?.[1]).toEqual([0]);
  expect(described?.[2][0]).toBe('Buy');
  expect(JSON.parse(described?.[2][1] as string)).toEqual({
    target: { selector: '#buy', width: 80, height: 20 },
    position: { x: 10, y: 5 },
    name_source: 'text_content',
  });
});

test('a target is described after the paint that follows, before the way up', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  await page.mouse.move(50, 65);
  await page.mouse.down();
  expect(kindsOf(await told(page))).toEqual([DOWN, DESCRIBED]);
  await page.mouse.up();
  expect(kindsOf(await told(page))).toEqual([DOWN, DESCRIBED, UP]);
});

test('the engine is told after the paint, of all that the page did meanwhile', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  const waiting = await page.evaluate(async (nextPaint) => {
    const button = document.querySelector('button') as HTMLElement;
    const waiting: number[][] = [];
    for (const type of ['pointerdown', 'pointerup']) {
      button.addEventListener(type, () => button.append('!'));
      const event = new PointerEvent(type, { bubbles: true, isPrimary: true });
      button.dispatchEvent(Object.assign(event, { __ddIsTrusted: true }));
      // Observers of the page's changes come in a microtask.
      await Promise.resolve();
      const { told, noted } = window.observed;
      waiting.push(
        [told.length],
        noted.map(([kind]) => kind),
      );
      // Timers of the same time run in the order in which they were set.
      await new Promise((resolve) => setTimeout(resolve, nextPaint));
    }
    return waiting;
  }, NEXT_PAINT);
  expect(waiting).toEqual([[0], [DOWN, ACTIVITY], [3], [UP, ACTIVITY]]);
  expect(await page.evaluate(() => window.observed.noted)).toEqual([]);
  expect(kindsOf(await told(page))).toEqual([DOWN, ACTIVITY, DESCRIBED, UP, ACTIVITY]);
});

test('no listener of a press reads the layout or looks at the page', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  await page.evaluate(() => {
    const looked: string[] = [];
    const watch = (owner: object, name: string) => {
      const native = Reflect.get(owner, name);
      Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
        looked.push(`${name} ${window.event?.type ?? 'later'}`);
        return native.apply(this, args);
      });
    };
    watch(window, 'getSelection');
    for (const name of ['getBoundingClientRect', 'matches', 'closest', 'getAttribute']) {
      watch(Element.prototype, name);
    }
    Object.assign(window, { looked });
  });
  await page.mouse.move(50, 65);
  await page.mouse.down();
  // The press is painted.
  await told(page);
  await page.mouse.up();
  await told(page);
  const looked = await page.evaluate(() => (window as Window & { looked?: string[] }).looked);
  expect(looked).toContain('getBoundingClientRect later');
  const isOfPress = (look: string) => /(pointer|mouse)(down|up)|click/.test(look);
  expect(looked?.filter(isOfPress)).toEqual([]);
});

test('a target is described before the page changes it, however fast the click', async ({
  page,
}) => {
  await open(page, `${BUTTON}Buy</button>`);
  await page.evaluate(() => {
    // No paint comes between.
    const setTimer = window.setTimeout;
    Reflect.set(window, 'setTimeout', () => 0);
    const button = document.querySelector('button') as HTMLElement;
    const change = () => {
      button.textContent = 'Bought';
      window.setTimeout = setTimer;
    };
    window.addEventListener('click', change, true);
  });
  await page.mouse.click(50, 65);
  expect(namesOf(await told(page, DESCRIBED))).toEqual(['Buy']);
});

test('what nobody may know of is told without a name', async ({ page }) => {
  await open(page, '<button id=hidden>Secret</button>');
  await page.click('#hidden');
  expect(await told(page, DESCRIBED)).toEqual([[DESCRIBED, [0], []]]);
});

test('a description that waits can be had at once', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  const kinds = await page.evaluate(() => {
    const init = { bubbles: true, isPrimary: true };
    const event = new PointerEvent('pointerdown', init);
    Object.assign(event, { __ddIsTrusted: true });
    document.querySelector('button')?.dispatchEvent(event);
    window.observed.flush();
    window.observed.flush();
    return window.observed.told.map(([kind]) => kind);
  });
  expect(kinds).toEqual([DOWN, DESCRIBED]);
});

test('a script cannot click, unless it is marked', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  await page.evaluate(() => {
    const button = document.querySelector('button') as HTMLElement;
    const init = { bubbles: true, isPrimary: true };
    for (const type of ['pointerdown', 'pointerup']) {
      button.dispatchEvent(new PointerEvent(type, init));
    }
    button.click();
  });
  expect(await told(page)).toEqual([]);
});

for (const key of ['Enter', 'Space']) {
  test(`${key} clicks too`, async ({ page }) => {
    await open(page, `${BUTTON}Buy</button>`);
    await page.focus('#buy');
    await page.keyboard.press(key);
    expect(kindsOf(await told(page))).toEqual([DOWN, UP, DESCRIBED]);
    const [, described] = await told(page, UP, DESCRIBED);
    expect(JSON.parse(described?.[2][1] as string).position).toBeUndefined();
  });
}

test('a key that is held down clicks once', async ({ page }) => {
  await open(page, `${BUTTON}Buy</button>`);
  await page.focus('#buy');
  for (const _ of [1, 2, 3]) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  expect(await told(page, UP)).toHaveLength(1);
  await page.keyboard.press('Enter');
  expect(await told(page, UP)).toHaveLength(2);
});

test('Enter in a form clicks its button', async ({ page }) => {
  await open(page, '<form onsubmit="return false"><input id=q><button id=go>Go</button></form>');
  await page.focus('#q');
  await page.keyboard.press('Enter');
  expect(namesOf(await told(page, DESCRIBED))).toEqual(['Go']);
});

test('a label that clicks its control makes one click', async ({ page }) => {
  await open(page, '<label id=label>Yes<input type=checkbox id=box></label>');
  await page.click('#label', { position: { x: 3, y: 5 } });
  expect(await page.isChecked('#box')).toBe(true);
  expect(await told(page, UP)).toHaveLength(1);
  expect(await told(page, SEEN)).toEqual([[SEEN, [2], []]]);
});

test('selecting, typing and scrolling are told once a gesture', async ({ page }) => {
  await open(page, '<p id=text>words to select</p><input id=q><div style="height:9999px">');
  await page.dblclick('#text');
  // Browsers tell of a selection in a task of its own, which may come after the next input.
  await told(page);
  await page.click('#q');
  await told(page);
  await page.keyboard.type('abc');
  const scrolled = page.evaluate(
    () => new Promise((resolve) => addEventListener('scrollend', resolve)),
  );
  await page.mouse.wheel(0, 300);
  await scrolled;
  const seen = (await told(page, DOWN, SEEN)).map(([kind, [bit]]) =>
    kind === DOWN ? 'down' : bit,
  );
  // The third gesture takes the selection away.
  expect(seen).toEqual(['down', 'down', 1, 'down', 1, 2, 4]);
});

test('what never answers visibly cannot be dead', async ({ page }) => {
  const elements: [html: string, expected: number][] = [
    ['<button id=x>', 0],
    ['<input id=x>', 2],
    ['<input id=x type=submit>', 0],
    ['<textarea id=x></textarea>', 2],
    ['<canvas id=x></canvas>', 2],
    ['<a href=#><span id=x>x</span></a>', 2],
    ['<a id=x>x</a>', 0],
    ['<div contenteditable><b id=x>x</b></div>', 2],
    ['<label id=x for=y>x</label><input id=y>', 2],
    ['<label id=x for=y>x</label><button id=y></button>', 0],
  ];
  await open(page, '');
  for (const [html, expected] of elements) {
    await page.evaluate((html) => {
      document.body.innerHTML = html;
      window.observed.told.length = 0;
    }, html);
    await page.click('#x', { position: { x: 2, y: 2 } });
    const [described] = await told(page, DESCRIBED);
    expect(described?.[1], html).toEqual([expected]);
  }
});

test('a form whose field hides what it has is a target like any other', async ({ page }) => {
  await open(page, '<form style="height:99px"><input name=closest></form>');
  await page.mouse.click(50, 90);
  expect((await told(page, DESCRIBED)).map(([, [bits]]) => bits)).toEqual([0]);
});

test('the frustrations that the page wants ignored are told', async ({ page }) => {
  await open(page, '<button id=calm>x</button><a href=# id=calm>x</a>');
  await page.click('button');
  await page.click('a');
  expect((await told(page, DESCRIBED)).map(([, [bits]]) => bits)).toEqual([5, 7]);
});

test('only while it is wanted, activity is told', async ({ page }) => {
  await open(page, '<div id=box><i data-dd-excluded-activity-mutations><b>x</b></i></div>');
  const change = (code: string) => page.evaluate(code);
  await change('box.append("1")');
  expect(await told(page)).toEqual([]);
  await page.evaluate(() => window.observed.observe(true));
  for (const excluded of [
    'box.querySelector("b").append("1")',
    'box.querySelector("b").firstChild.data = "2"',
    'box.querySelector("i").title = "3"',
  ]) {
    await change(excluded);
  }
  expect(await told(page)).toEqual([]);
  await change('box.title = "1"');
  await change('box.append("2")');
  await change('box.lastChild.data = "3"');
  expect(await told(page)).toHaveLength(3);
  await page.evaluate(() => window.observed.observe(false));
  await change('box.append("4")');
  expect(await told(page)).toHaveLength(3);
});

test('a change within the shadow tree of the target is activity', async ({ page }) => {
  await open(page, '<div id=host></div>');
  await page.evaluate(() => {
    const shadow = document.getElementById('host')?.attachShadow({ mode: 'open' }) as ShadowRoot;
    shadow.innerHTML = '<button>Buy</button>';
    shadow.firstElementChild?.addEventListener('click', () => shadow.append('bought'));
  });
  await page.click('#host button');
  expect(namesOf(await told(page, DESCRIBED))).toEqual(['Buy']);
  expect(await told(page, ACTIVITY)).toHaveLength(1);
});

test('opening a window is activity, and the patch can be undone', async ({ page }) => {
  await open(page, `${BUTTON}Open</button>`, true);
  const native = await page.evaluate(() => {
    window.observed.observe(true);
    const opened = window.open('about:blank', '_blank', 'width=1');
    opened?.close();
    const { length } = window.observed.noted;
    window.observed.stop();
    return [length > 0, !!opened, /native code/.test(String(window.open))];
  });
  expect(native).toEqual([true, true, true]);
});

test('window.open is left alone unless asked', async ({ page }) => {
  await open(page, '');
  expect(await page.evaluate(() => String(window.open))).toContain('native code');
});

test('a resource is activity, a request to the intake is not', async ({ page }) => {
  await page.route('**/*', (route) => route.fulfill({ body: 'x', contentType: 'text/html' }));
  await page.goto('http://127.0.0.1/');
  await open(page, '');
  await page.evaluate(() => window.observed.observe(true));
  const load = (path: string) =>
    page.evaluate(async (path) => {
      const seen = new Promise((resolve) => {
        new PerformanceObserver(resolve).observe({ type: 'resource' });
      });
      await fetch(path);
      await seen;
    }, path);
  await load('/x?ddsource=browser&dd-api-key=1&dd-request-id=2');
  expect(await told(page)).toEqual([]);
  await load('/x');
  expect(await told(page)).toHaveLength(1);
});
