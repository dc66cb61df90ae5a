/** The page's `beforeSend`: it sees an event before it is sent and may change a few fields of it. */

import type { Context } from '../types.ts';
import type { Display, ToJson } from './display.ts';
import { atPath, isObject } from './object.ts';

/**
 * `event` is an event as it would be sent, a copy: only some fields of it are read back. `false`
 * dismisses it.
 */
export type BeforeSend = (event: never, domainContext: never) => unknown;

const COMMON = 'view.name view.url view.referrer context:object service version ';

/**
 * What may be changed, and its type if it is no string (browser-rum-core 7.16, `assembly.ts`:
 * `MODIFIABLE_FIELD_PATHS_BY_EVENT`).
 */
const MODIFIABLE: Record<string, string> = {
  view: 'view.performance.lcp.resource_url',
  error:
    'error.message error.stack error.handling_stack error.resource.url error.fingerprint _dd.debug_ids:array',
  resource:
    'resource.url resource.graphql.variables resource.request.headers:object resource.response.headers:object',
  action: 'action.target.name',
  long_task: 'long_task.scripts.*.source_url long_task.scripts.*.invoker _dd.debug_ids:array',
  vital:
    'vital.websocket.url vital.websocket.requested_protocols:array vital.websocket.selected_protocol vital.websocket.close_reason',
};

/**
 * Changes `event`, which is parsed JSON, as `beforeSend` wants; false when it dismissed the event.
 * When `beforeSend` throws, the event is sent with the changes made so far.
 */
export function applyBeforeSend(
  event: Context,
  beforeSend: BeforeSend,
  domainContext: object,
  toJson: ToJson,
  { warn, error }: Display,
): boolean {
  const copy = JSON.parse(JSON.stringify(event)) as Context;
  let isKept = true;
  try {
    isKept = beforeSend(copy as never, domainContext as never) !== false;
  } catch (thrown) {
    error('beforeSend threw an error:', thrown);
  }
  const { type } = event as { type: string };
  for (const entry of (COMMON + (MODIFIABLE[type] ?? '')).split(' ')) {
    const [path, kind = 'string'] = entry.split(':') as [string, string?];
    try {
      atPath(
        path,
        (holder, key, changed) => take(holder, key, changed[key], kind, toJson),
        event,
        copy,
      );
    } catch {
      // A getter that the page put there. The field stays as it was.
    }
  }
  const what = undismissable(event);
  if (isKept || !what) return isKept;
  warn(`Can't dismiss ${what} events using beforeSend!`);
  return true;
}

/** Views and the vitals of sockets depend on one another. */
function undismissable({ type, vital }: Context): string | undefined {
  if (type === 'view') return 'view';
  return isObject(vital) && vital.type === 'websocket' ? 'WebSocket vital' : undefined;
}

function take(holder: Context, key: string, value: unknown, kind: string, toJson: ToJson): void {
  if (holder[key] === value) return;
  if ((Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value) === kind) {
    holder[key] = JSON.parse(toJson(value) as string);
  } else if (value == null && kind !== 'string') {
    holder[key] = kind === 'array' ? [] : {};
  }
}
