import { el, type Kept, setAttribute, setStyle, setText } from './dom.ts';
import { duration } from './format.ts';
import type { Json } from './read.ts';
import type { Panel, State } from './state.ts';
import { gaugePosition, limitTexts, type Rating, readVital, VITALS, type Vital } from './vitals.ts';

type Rule = (typeof VITALS)[number];

const WORDS: Readonly<Record<Rating, string>> = {
  good: 'good',
  fair: 'needs work',
  poor: 'poor',
};

/** A tile with a gauge for every vital of the selected view. */
export function createVitalsPanel(state: State, place: HTMLElement): Panel {
  const tiles = VITALS.map((rule) => ({ rule, tile: createTile(rule) }));
  place.append(...tiles.map(({ tile }) => tile.element));
  let seen: Json | undefined;
  return {
    update() {
      const event = state.view?.state;
      if (!event || event === seen) return;
      seen = event;
      for (const { rule, tile } of tiles) tile.update(readVital(rule, event));
    },
  };
}

function createTile(rule: Rule): Kept<Vital | undefined> {
  const word = el('span', { class: 'vital-word' });
  const value = el('div', { class: 'vital-value' });
  const needle = el('span', { class: 'gauge-needle' });
  const gauge = createGauge(rule, needle);
  const parts = el('div', { class: 'vital-parts' });
  const selector = el('div', { class: 'vital-selector' });
  const name = el('abbr', { class: 'vital-name', title: rule.title }, rule.name);
  const head = el('div', { class: 'vital-head' }, name, word);
  const element = el(
    'section',
    { class: 'vital', 'aria-label': rule.title },
    head,
    value,
    gauge,
    parts,
    selector,
  );
  const update = (vital: Vital | undefined) => {
    setAttribute(element, 'data-rating', vital?.rating ?? 'none');
    setText(value, vital?.text ?? '–');
    setText(word, vital ? WORDS[vital.rating] : 'not measured');
    setText(selector, vital?.selector ?? '');
    setAttribute(selector, 'title', vital?.selector);
    setAttribute(
      gauge,
      'aria-valuetext',
      vital ? `${vital.text}, ${WORDS[vital.rating]}` : 'not measured',
    );
    const position = vital ? gaugePosition(rule, vital.value) : 0;
    setAttribute(gauge, 'aria-valuenow', position.toFixed(3));
    setStyle(needle, { left: `${position * 100}%` });
    parts.replaceChildren(...partBars(vital));
  };
  update(undefined);
  return { element, update };
}

function createGauge(rule: Rule, needle: HTMLElement): HTMLElement {
  const [good, fair] = limitTexts(rule);
  return el(
    'div',
    {
      class: 'gauge',
      role: 'meter',
      'aria-label': rule.name,
      'aria-valuemin': 0,
      'aria-valuemax': 1,
    },
    el('span', { class: 'gauge-zone', 'data-rating': 'good' }),
    el('span', { class: 'gauge-zone', 'data-rating': 'fair' }),
    el('span', { class: 'gauge-zone', 'data-rating': 'poor' }),
    needle,
    el('span', { class: 'gauge-limit is-good' }, good),
    el('span', { class: 'gauge-limit is-fair' }, fair),
  );
}

/** A bar that is split like the time, and what each piece is. */
function partBars(vital: Vital | undefined): HTMLElement[] {
  const shown = vital?.parts ?? [];
  if (shown.length === 0) return [];
  const split = el('span', { class: 'vital-split' });
  const texts = shown.map(({ label, short, ns }, index) => {
    const bar = el('span', { class: 'vital-part-bar', 'data-part': index });
    setStyle(bar, { 'flex-grow': String(Math.max(ns, 1)) });
    split.append(bar);
    const text = duration(ns);
    const attributes = { class: 'vital-part', 'data-part': index, title: `${label}: ${text}` };
    return el('span', attributes, `${short} `, el('b', {}, text));
  });
  return [split, ...texts];
}
