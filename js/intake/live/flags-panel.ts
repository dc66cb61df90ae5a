import { el, type Kept, Keyed, setAttribute, setStyle, setText } from './dom.ts';
import type { Flag, Variant } from './flags.ts';
import { count, plural } from './format.ts';
import type { Panel, State } from './state.ts';

/** Per flag: its variants, and how many views and sessions carry each. */
export function createFlagsPanel(state: State, place: HTMLElement, tabCount: HTMLElement): Panel {
  const empty = el(
    'p',
    { class: 'hint' },
    'No feature flags yet. Evaluations on views and errors and events of the exposures track show up here.',
  );
  const cards = el('div', { class: 'flag-cards' });
  place.append(empty, cards);
  // It scrolls and holds nothing to focus.
  place.tabIndex = 0;
  const keyed = new Keyed<Flag>(cards, (flag) => flag.key, createCard);
  let seen: unknown;
  let seenRevision = -1;
  return {
    update() {
      const { flags } = state.model;
      if (seen === flags && seenRevision === flags.revision) return;
      seen = flags;
      seenRevision = flags.revision;
      const list = flags.list();
      empty.hidden = list.length > 0;
      setText(tabCount, list.length > 0 ? String(list.length) : '');
      keyed.update(list);
    },
  };
}

function createCard(first: Flag): Kept<Flag> {
  const facts = el('span', { class: 'flag-facts' });
  const rows = el('div', { class: 'flag-variants' });
  const head = el('div', { class: 'flag-head' }, el('h3', { class: 'flag-key' }, first.key), facts);
  const element = el('section', { class: 'flag', 'aria-label': `Flag ${first.key}` }, head, rows);
  const keyed = new Keyed<Shown>(rows, (shown) => shown.variant.name, createVariant);
  const update = ({ variants }: Flag) => {
    const most = Math.max(1, ...variants.map((variant) => variant.views.size));
    setText(facts, plural(variants.length, 'variant'));
    keyed.update(variants.map((variant, index) => ({ variant, index, most })));
  };
  return { element, update };
}

interface Shown {
  variant: Variant;
  index: number;
  most: number;
}

const COLOURS = 6;

function createVariant(first: Shown): Kept<Shown> {
  const bar = el('span', { class: 'variant-bar' });
  const views = el('b', { class: 'variant-count' });
  const facts = el('span', { class: 'variant-facts' });
  const name = el('span', { class: 'variant-name', title: first.variant.name }, first.variant.name);
  const track = el('span', { class: 'variant-track' }, bar);
  const element = el('div', { class: 'variant' }, name, track, views, facts);
  const update = ({ variant, index, most }: Shown) => {
    setAttribute(element, 'data-colour', String(index % COLOURS));
    setStyle(bar, { width: `${(variant.views.size / most) * 100}%` });
    setText(views, plural(variant.views.size, 'view'));
    setText(facts, factsOf(variant));
  };
  return { element, update };
}

function factsOf(variant: Variant): string {
  const { sessions, subjects, errors } = variant;
  return [
    plural(sessions.size, 'session'),
    subjects.size > 0 ? `${count(subjects.size)} exposed` : '',
    errors > 0 ? plural(errors, 'error') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
