/**
 * Folds the versions of a view that were sent into the view, as Datadog does: the full view with the highest
 * `_dd.document_version`, and the `view_update` diffs that come after it. Versions may arrive late, twice or in any
 * order. Pure: the live page folds too.
 */
import { at, isObject, type Json } from './json.ts';

/** A view as it is after all versions that arrived. */
export interface FoldedView {
  /** `view.id` */
  id: string;
  /** The highest `_dd.document_version` that arrived. */
  version: number;
  /** False until a full view arrives: until then `event` has only what diffs said. */
  isComplete: boolean;
  /** The view at that version, in the form of a `view` event. */
  event: Json;
  /** The last full view. */
  base?: Json;
  /** The diffs after `base`, in the order of their versions: what a late version is folded with. */
  updates: readonly Json[];
}

/** What the diffs of browser-rum-core 7.16 (`startRumBatch.ts`) send whole, and not leaf by leaf. */
const wholesale = new Set([
  'view.custom_timings',
  'context',
  'connectivity',
  'usr',
  'device',
  'privacy',
]);

/** Of which they send the new tail. */
const appended = '_dd.page_states';

/** The folded views of the events, in the order in which each was first seen. Ignores whatever is no view. */
export function foldViews(events: Iterable<Json>): FoldedView[] {
  const versionsOf = new Map<string, Json[]>();
  for (const event of events) {
    const id = viewId(event);
    if (id === undefined) continue;
    const versions = versionsOf.get(id);
    if (versions) versions.push(event);
    else versionsOf.set(id, [event]);
  }
  return [...versionsOf.values()].map(foldVersions);
}

function foldVersions(versions: Json[]): FoldedView {
  const inOrder = versions.sort((a, b) => versionOf(a) - versionOf(b));
  return inOrder.reduce<FoldedView | undefined>(foldView, undefined) as FoldedView;
}

/** The id of the view that `event` is a version of; absent if it is none. */
export function viewId(event: Json): string | undefined {
  const id = at(event, 'view', 'id');
  const isVersion = event.type === 'view' || event.type === 'view_update';
  return isVersion && typeof id === 'string' && Number.isFinite(versionOf(event)) ? id : undefined;
}

/**
 * Folds one more version in.
 *
 * @param previous - the same view so far; absent before its first version
 * @param event - a version of this view: {@link viewId} is its id
 */
export function foldView(previous: FoldedView | undefined, event: Json): FoldedView {
  const base = event.type === 'view' ? newer(previous?.base, event) : previous?.base;
  const updates = updatesAfter(base, previous?.updates ?? [], event);
  const isNext = updates.at(-1) === event && updates.length - 1 === previous?.updates.length;
  const folded = isNext ? mergeRoot(previous.event, event) : updates.reduce(mergeRoot, base ?? {});
  return {
    id: viewId(event) as string,
    version: versionOf(updates.at(-1) ?? (base as Json)),
    isComplete: base !== undefined,
    event: { ...folded, type: 'view' },
    ...(base && { base }),
    updates,
  };
}

const mergeRoot = (view: Json, update: Json): Json => merge(view, update, '') as Json;

function versionOf(event: Json): number {
  const version = at(event, '_dd', 'document_version');
  return typeof version === 'number' ? version : Number.NaN;
}

/** Two different events of one version are a fault of the sender; which one counts must not depend on the order. */
function newer(a: Json | undefined, b: Json): Json {
  if (!a) return b;
  const difference = versionOf(a) - versionOf(b);
  if (difference !== 0) return difference > 0 ? a : b;
  return JSON.stringify(a) >= JSON.stringify(b) ? a : b;
}

function updatesAfter(base: Json | undefined, known: readonly Json[], event: Json): Json[] {
  const floor = base ? versionOf(base) : Number.NEGATIVE_INFINITY;
  const updates = known.filter((update) => versionOf(update) > floor);
  const version = versionOf(event);
  if (event.type === 'view' || version <= floor) return updates;
  const earlier = updates.filter((update) => versionOf(update) < version);
  const later = updates.filter((update) => versionOf(update) > version);
  const rival = updates.find((update) => versionOf(update) === version);
  return [...earlier, newer(rival, event), ...later];
}

function merge(base: unknown, change: unknown, path: string): unknown {
  if (path === appended && Array.isArray(base) && Array.isArray(change))
    return [...base, ...change];
  if (wholesale.has(path) || !isObject(base) || !isObject(change)) return change;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(change)) {
    if (value === null) merged.delete(key);
    else merged.set(key, merge(merged.get(key), value, path ? `${path}.${key}` : key));
  }
  return Object.fromEntries(merged);
}
