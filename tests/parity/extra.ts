/** All paths that events of ours have beside those of the official SDK. What is not listed fails the test. */

import { LEFT } from './truth-view.ts';

export interface Extra {
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; and all below it. */
  path: string;
  /** Only these values. */
  value?: RegExp;
  reason: string;
}

const FID = 'first input delay is in the schema, and there are dashboards that show it';

export const extras: Extra[] = [
  {
    event: 'view',
    path: 'context.ferrum.loading_time_end',
    value: /^(idle|bounded|manual|no_activity|hidden|view_ended)$/,
    reason: 'says how the loading time ended, which is bounded, or why there is none',
  },
  { event: 'view', path: 'view.first_input_delay', reason: FID },
  { event: 'view', path: 'view.first_input_time', reason: FID },
  { event: 'view', path: 'view.first_input_target_selector', reason: FID },
  { event: 'view', path: 'view.performance.fid', reason: FID },
  {
    event: 'view',
    path: '_dd.page_states[].state',
    value: /^(hidden|frozen|terminated)$/,
    reason: 'the last version is sent when the page is hidden, not before',
  },
  {
    event: 'view',
    path: '_dd.page_states[].start',
    value: new RegExp(`^${LEFT}$`),
    reason: 'the last version is sent when the page is hidden, not before',
  },
  {
    event: 'version view',
    path: 'context.ferrum.loading_time_end',
    reason: 'says how the loading time ended, which is bounded',
  },
  {
    event: 'note methods',
    path: 'value._setDebug',
    reason: 'is there in the official SDK too, where it is not enumerable',
  },
  ...['stop', 'removeViewContextProperty', 'clearViewContext'].map((name) => ({
    event: 'note methods',
    path: `value.${name}`,
    reason: 'methods of `ferrum`, which are there in the drop-in too',
  })),
];

export function isExtra(entry: string, path: string, value: unknown): boolean {
  return extras.some(
    (extra) =>
      entry.startsWith(extra.event) &&
      isWithin(path, extra.path) &&
      (extra.value?.test(String(value)) ?? true),
  );
}

function isWithin(path: string, parent: string): boolean {
  return path === parent || path.startsWith(`${parent}.`) || path.startsWith(`${parent}[`);
}
