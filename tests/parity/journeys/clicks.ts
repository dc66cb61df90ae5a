/** What visitors do, and what pages report that they did. */

import type { Driver } from '../driver.ts';
import type { Journey } from '../journey.ts';

/** One after the other; each has its own chain. */
async function clickAll(driver: Driver, selectors: string[]) {
  for (const selector of selectors) {
    await driver.click(selector);
    await driver.activity();
  }
}

export const journeys: Journey[] = [
  {
    name: 'a click that does something',
    run: (driver) => driver.click('#plain'),
  },
  {
    name: 'a dead click',
    body: '<button type="button" id="dead">Nothing</button><div class="box" id="text">Plain text</div>',
    run: (driver) => clickAll(driver, ['#dead', '#text']),
  },
  {
    name: 'a click that fails',
    body: `<button type="button" id="failing" onclick="out.textContent++; failing()">Fail</button>
      <script>function failing() { throw new Error('failed by a click') }</script>`,
    run: (driver) => driver.click('#failing'),
  },
  {
    name: 'rage clicks',
    body: '<button type="button" id="dead">Nothing</button>',
    run: async (driver) => {
      await driver.click('#plain', 4);
      await driver.settle();
      await driver.click('#dead', 3);
    },
  },
  {
    name: 'two clicks are no rage',
    run: (driver) => driver.click('#plain', 2),
  },
  {
    name: 'frustrations that are ignored',
    body: `<div data-dd-ignore-frustration="dead-click"><button type="button" id="a">No dead</button></div>
      <button type="button" id="b" data-dd-ignore-frustration="rage-click">No rage</button>
      <button type="button" id="c" data-dd-ignore-frustration>None</button>`,
    run: async (driver) => {
      await driver.click('#a');
      await driver.click('#b', 3);
      await driver.click('#c');
    },
  },
  {
    name: 'clicks on what is not dead',
    body: `<input id="text" aria-label="Search" class="box">
      <input id="check" type="checkbox" title="Agree">
      <select id="select" name="colour"><option>Red</option><option>Green</option></select>
      <textarea id="area" placeholder="Your message" class="box"></textarea>
      <a id="link" href="#here" class="box">A link</a>
      <p id="editable" class="box" contenteditable>Edit me</p>
      <label id="label" for="text" class="box">Label of the search</label>`,
    run: async (driver) => {
      await clickAll(driver, ['#text', '#check', '#area', '#link', '#editable', '#label']);
      await driver.click('#text');
      await driver.page.keyboard.type('typed');
    },
  },
  {
    name: 'names of what is clicked',
    body: `<div data-dd-action-name="Custom name"><button type="button" id="n1">Other</button></div>
      <button type="button" id="n2" aria-label="From aria-label">Text</button>
      <span id="by">From elsewhere</span><button type="button" id="n3" aria-labelledby="by">X</button>
      <button type="button" id="n4"><img id="n4i" alt="From alt" width="20" height="20"></button>
      <input type="submit" id="n5" value="From value">
      <div role="button" id="n6" class="box">  Role
        <b>button</b> text </div>
      <div class="box" title="From title" id="n7"></div>
      <div class="box" id="n8">${'very long text '.repeat(20)}</div>
      <section class="box"><div id="n9" style="width:20px;height:20px"></div>Text of the parent</section>
      <a role="link" id="n10" class="box">A link without address</a>
      <div class="box" id="n11"><script></script><style></style><i hidden>hidden</i>shown</div>
      <button type="button" id="n12" onclick="this.remove(); out.textContent++">Goes away</button>`,
    run: (driver) =>
      clickAll(
        driver,
        Array.from({ length: 12 }, (_, index) => `#n${index + 1}`),
      ),
  },
  {
    name: 'selectors of what is clicked',
    body: `<ul><li class="box">One</li><li class="box item even active2">Two</li></ul>
      <div id="item-42"><button type="button" class="b" role="menuitem">By class</button></div>
      <div data-testid="tested"><button type="button" data-qa="buy">By attribute</button></div>
      <article><p><button type="button" tabindex="0" name="x" target="y">Deep</button></p></article>`,
    run: (driver) =>
      clickAll(driver, ['li:nth-child(2)', '#item-42 button', '[data-qa]', 'article button']),
  },
  {
    name: 'privacy of what is clicked',
    options: { defaultPrivacyLevel: 'mask', actionNameAttribute: 'data-name' },
    body: `<button type="button" id="masked">Secret name</button>
      <button type="button" id="attribute" data-name="Public name">Secret</button>
      <div data-dd-privacy="allow"><button type="button" id="allowed">Allowed name</button></div>
      <div data-dd-privacy="hidden"><button type="button" id="hidden">Hidden name</button></div>
      <div class="dd-privacy-mask-user-input"><input class="box" id="input" value="typed"></div>`,
    run: (driver) => clickAll(driver, ['#masked', '#attribute', '#allowed', '#hidden', '#input']),
  },
  {
    name: 'names of what is clicked, without privacy for them',
    options: { defaultPrivacyLevel: 'mask', enablePrivacyForActionName: false },
    body: '<button type="button" id="masked">Secret name</button>',
    run: (driver) => driver.click('#masked'),
  },
  {
    name: 'clicks in a shadow tree',
    body: `<shop-item id="host"></shop-item>
      <script>
        const root = host.attachShadow({ mode: 'open' });
        root.innerHTML = '<div class="card"><button id="inner" data-testid="buy">Buy in the shadow</button></div>';
        host.style.display = 'block';
        root.getElementById('inner').onclick = () => out.textContent++;
      </script>`,
    run: async (driver) => {
      const button = await driver.page.$('pierce/#inner');
      const point = await button?.clickablePoint();
      await driver.clickAt(point?.x ?? 0, point?.y ?? 0);
    },
  },
  {
    name: 'a click that requests something',
    body: `<button type="button" id="load" onclick="load()">Load</button>
      <script>
        async function load() {
          console.error('printed by a click');
          const response = await fetch('/data?delay=200');
          await response.text();
          out.textContent++;
        }
      </script>`,
    run: async (driver) => {
      await driver.click('#load');
      await driver.wait('the click', () => document.getElementById('out')?.textContent === '1');
    },
  },
  {
    name: 'a click that changes the route',
    body: `<button type="button" id="go" onclick="history.pushState({}, '', '/gone'); out.textContent++">Go</button>`,
    run: (driver) => driver.click('#go'),
  },
  {
    name: 'a control that is used by the keyboard',
    run: async (driver) => {
      await driver.page.focus('#plain');
      await driver.press('Enter');
      await driver.settle();
      await driver.press('Space');
    },
  },
  {
    name: 'a click that opens a window in a frame',
    body: `<iframe name="inner" style="position: absolute; top: 200px; left: 0"></iframe>
      <button type="button" id="open" onclick="window.open('about:blank', 'inner')">Open</button>`,
    run: (driver) => driver.click('#open'),
  },
  {
    name: 'a click just before leaving',
    run: async (driver) => {
      await driver.click('#plain');
      await driver.wait('the click', () => document.getElementById('out')?.textContent === '1');
      await driver.leave();
    },
  },
  {
    name: 'no user interactions',
    options: { trackUserInteractions: false },
    run: async (driver) => {
      await driver.click('#plain');
      await driver.run(() => window.DD_RUM.addAction('still sent'));
    },
  },
  {
    name: 'actions by hand',
    run: async (driver) => {
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.addAction('at once', { amount: 12.5, nested: { list: [1, 'two', null] } });
        DD_RUM.startAction('timed', { type: 'swipe', context: { from: 1 } });
        DD_RUM.startAction('keyed', { actionKey: 'one', context: { key: 1 } });
        DD_RUM.addError(new Error('during timed actions'));
      });
      // Two of one name are told apart by when they began.
      await driver.run(() => window.DD_RUM.startAction('keyed', { actionKey: 'two' }));
      await driver.run(() => fetch('/data').then((response) => response.text()));
      await driver.settle();
      await driver.run(() => {
        const { DD_RUM } = window;
        DD_RUM.stopAction('timed', { context: { to: 2 } });
        DD_RUM.stopAction('keyed', { actionKey: 'two' });
        DD_RUM.stopAction('keyed', { actionKey: 'one' });
        DD_RUM.stopAction('never started');
        DD_RUM.startAction('never stopped');
      });
    },
  },
];
