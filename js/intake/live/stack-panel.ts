import { el } from './dom.ts';
import { fileName } from './format.ts';
import { isObject, type Json, listAt, textAt } from './read.ts';
import { parseStack } from './stack.ts';

const MOST_CAUSES = 10;

/** Everything an error event says about where it came from. */
export function renderError(event: Json): HTMLElement {
  const parts = [
    ...labelled('', textAt(event, 'error.stack')),
    ...listAt(event, 'error.causes').slice(0, MOST_CAUSES).flatMap(renderCause),
    ...labelled('Handled at', textAt(event, 'error.handling_stack')),
    ...labelled('Component', textAt(event, 'error.component_stack')),
  ];
  return el('div', { class: 'stacks' }, ...parts);
}

function renderCause(cause: unknown): HTMLElement[] {
  if (!isObject(cause)) return [];
  const title = [textAt(cause, 'type'), textAt(cause, 'message')].filter(Boolean).join(': ');
  const head = el(
    'div',
    { class: 'cause' },
    el('span', { class: 'cause-label' }, 'Caused by'),
    title,
  );
  return [head, ...labelled('', textAt(cause, 'stack'))];
}

function labelled(label: string, stack: string | undefined): HTMLElement[] {
  if (!stack) return [];
  const frames = parseStack(stack).map((frame) =>
    frame.callee === undefined
      ? el('li', { class: 'frame is-raw' }, frame.raw)
      : el(
          'li',
          { class: 'frame', title: frame.raw },
          el('span', { class: 'frame-callee' }, frame.callee),
          el('span', { class: 'frame-file' }, fileName(frame.url)),
          frame.position && el('span', { class: 'frame-position' }, `:${frame.position}`),
        ),
  );
  const list = el('ol', { class: 'frames' }, ...frames);
  return label ? [el('div', { class: 'cause-label' }, label), list] : [list];
}
