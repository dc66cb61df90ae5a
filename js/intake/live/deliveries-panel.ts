import type { Delivery } from './delivery.ts';
import { el, type Kept, setAttribute, setText } from './dom.ts';
import { bytes, clock, duration, plural } from './format.ts';
import { VirtualList } from './list.ts';
import type { Panel, State } from './state.ts';

const ROW_HEIGHT = 44;
const NS_PER_MS = 1e6;

/** How the events came: one row per request, newest first. */
export function createDeliveriesPanel(state: State, place: HTMLElement): Panel {
  const total = el('p', { class: 'deliveries-total' });
  const list = new VirtualList<Delivery>({
    id: 'deliveries',
    label: 'Requests; press Enter to inspect the first event of one',
    role: 'listbox',
    rowHeight: ROW_HEIGHT,
    key: (delivery) => delivery.key,
    create: createRow,
    onActivate: (delivery) => state.inspect(state.model.find(delivery.firstSeq)),
  });
  place.append(total, list.element);
  let seen: unknown;
  let seenRevision = -1;
  return {
    update() {
      const { deliveries } = state.model;
      if (seen === deliveries && seenRevision === deliveries.revision) return;
      seen = deliveries;
      seenRevision = deliveries.revision;
      const { requests, retried } = deliveries;
      const facts = [plural(requests, 'request'), bytes(deliveries.bytes), `${retried} retried`];
      setText(total, facts.join(' · '));
      list.setItems(deliveries.list().reverse());
    },
  };
}

function createRow(): Kept<Delivery> {
  const time = el('span', { class: 'delivery-time' });
  const api = el('span', { class: 'tag' });
  const lines = el('span', { class: 'delivery-lines' });
  const size = el('span', { class: 'delivery-size' });
  const facts = el('span', { class: 'delivery-facts' });
  const marks = el('span', { class: 'delivery-marks' });
  const element = el('div', { class: 'delivery-row' }, time, api, lines, size, facts, marks);
  const update = (delivery: Delivery) => {
    setText(time, clock(delivery.receivedAt));
    setText(api, delivery.api ?? 'unknown');
    setAttribute(api, 'data-tag', delivery.api);
    setText(lines, plural(delivery.lines, 'line'));
    setText(size, bytes(delivery.bytes));
    setText(facts, factsOf(delivery));
    setText(marks, marksOf(delivery));
  };
  return { element, update };
}

function factsOf({ tracks, encoding, underway, sdkVersion }: Delivery): string {
  const way = underway === undefined ? '' : `${duration(underway * NS_PER_MS)} underway`;
  return [[...tracks].join(', '), encoding ?? 'plain', way, sdkVersion && `SDK ${sdkVersion}`]
    .filter(Boolean)
    .join(' · ');
}

function marksOf({ retries, retryAfter, rejected, violations, repeated }: Delivery): string {
  return [
    retries > 0 ? `retry ${retries}${retryAfter ? ` after ${retryAfter}` : ''}` : '',
    repeated ? 'duplicate' : '',
    rejected > 0 ? `${rejected} rejected` : '',
    violations > 0 ? `${violations} invalid` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}
