import { copy } from './copy.ts';
import { byId, el, icon, setAttribute, setText } from './dom.ts';
import { bytes, clock, duration, plural } from './format.ts';
import { toTree } from './json.ts';
import { renderTree } from './json-tree.ts';
import { renderError } from './stack-panel.ts';
import type { Panel, State } from './state.ts';
import { type Entry, errorTitle, summarise } from './summary.ts';

/** Everything about one entry: what broke, how it was delivered, its JSON. */
export function createInspector(state: State, place: HTMLElement): Panel {
  const kind = el('span', { class: 'kind' });
  const title = el('h2', { class: 'inspector-title' });
  const copyButton = el('button', { type: 'button', class: 'button' }, icon('copy'), 'Copy');
  const close = el(
    'button',
    { type: 'button', class: 'button is-icon', 'aria-label': 'Close details' },
    icon('close'),
  );
  const facts = el('div', { class: 'inspector-facts' });
  const body = el('div', { class: 'inspector-body' });
  place.append(el('div', { class: 'inspector-head' }, kind, title, copyButton, close), facts, body);
  close.addEventListener('click', () => closeInspector(state));
  copyButton.addEventListener(
    'click',
    () => state.inspected && copy(textOf(state.inspected), copyButton),
  );
  let seen: Entry | undefined;
  return {
    update() {
      const entry = state.inspected;
      if (entry === seen) return;
      seen = entry;
      place.hidden = !entry;
      if (!entry) return;
      const summary = summarise(entry);
      setAttribute(place, 'data-kind', summary.kind);
      setText(kind, summary.kind.replace('_', ' '));
      setText(title, summary.title);
      facts.replaceChildren(...factsOf(entry).map((fact) => el('span', {}, fact)));
      body.replaceChildren(...renderBody(entry));
      body.scrollTop = 0;
    },
  };
}

/** Gives the focus back to the list the entry came from. */
export function closeInspector(state: State): void {
  const wasInside = byId('inspector').contains(document.activeElement);
  state.inspect(undefined);
  if (wasInside) byId('events').focus();
}

function factsOf(entry: Entry): string[] {
  const { request } = entry;
  return [
    `#${entry.seq}`,
    clock(entry.receivedAt),
    `/${entry.track}`,
    request.api ?? '',
    bytes(request.bytes),
    request.encoding ?? '',
    request.retryCount ? `retry ${request.retryCount}` : '',
    request.repeated ? 'duplicate request' : '',
    request.sdkVersion ? `SDK ${request.sdkVersion}` : '',
    request.batchTime ? `${duration((entry.receivedAt - request.batchTime) * 1e6)} underway` : '',
  ].filter((fact) => fact !== '');
}

function renderBody(entry: Entry): HTMLElement[] {
  if (entry.kind === 'rejected') {
    return [
      el(
        'div',
        { class: 'violations' },
        el(
          'div',
          { class: 'violation' },
          icon('alert'),
          `Line ${entry.line} of the body is no JSON object: `,
          entry.reason,
        ),
      ),
      el(
        'pre',
        { class: 'excerpt', tabindex: 0, 'aria-label': 'The rejected line' },
        entry.excerpt,
      ),
    ];
  }
  const parts: HTMLElement[] = [];
  if (entry.violations.length > 0) parts.push(renderViolations(entry));
  if (entry.event.type === 'error') {
    parts.push(
      el('div', { class: 'inspector-error' }, errorTitle(entry.event)),
      renderError(entry.event),
    );
  }
  parts.push(renderTree(toTree(entry.event, entry.violations)));
  return parts;
}

function renderViolations(entry: Extract<Entry, { kind: 'event' }>): HTMLElement {
  const rows = entry.violations.map(({ path, message }) =>
    el(
      'li',
      { class: 'violation' },
      icon('alert'),
      el('code', {}, path || '/'),
      el('span', {}, message),
    ),
  );
  const label = plural(rows.length, 'schema violation');
  return el('ul', { class: 'violations', 'aria-label': label }, ...rows);
}

function textOf(entry: Entry): string {
  return entry.kind === 'event' ? JSON.stringify(entry.event, null, 2) : entry.excerpt;
}
