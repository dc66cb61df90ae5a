/** Everything that observes the page for the engine. */

import type { Configuration } from '../configuration.ts';
import type { EngineStart } from '../engine-contract.ts';
import { type ActivityObserver, observeActivity } from './activity.ts';
import { observeClicks } from './clicks.ts';
import { observeContexts } from './contexts.ts';
import { observeEntries } from './entries.ts';
import { note, tell } from './input.ts';
import { observeLifecycle } from './lifecycle.ts';
import type { Listening } from './listen.ts';
import { mayBeOwnChunk } from './own-chunks.ts';
import type { Requests } from './requests.ts';
import { type Look, observeRoutes } from './routes.ts';
import { addNameAttribute } from './selector.ts';
import type { SessionStore } from './session-store.ts';
import { describeTarget, ignoredFrustrations } from './target.ts';

export interface PageObserver {
  /** Tells the engine at once what is of the view that is about to end. */
  settle(): void;
  /** The same for resources, which know their time; whether there were any. */
  deliverResources(): boolean;
  /** Looks whether the address has changed, where nothing tells: before what belongs to a view. */
  lookAtAddress: Look | undefined;
  /** Delivers for the last time. */
  stop(): void;
}

/** Page activity is observed when the engine asks for it, which may be at its start. */
export function watchActivity(
  listening: Listening,
  { excludedActivityUrls: excludedUrls }: Configuration,
  { isDropIn }: EngineStart,
): ActivityObserver {
  const activity = observeActivity(listening, note, {
    excludedUrls: [mayBeOwnChunk, ...excludedUrls],
    patchesOpen: isDropIn,
  });
  listening.undo(activity.stop);
  return activity;
}

/** `leave` runs what may be the page's last work. */
export function observePage(
  listening: Listening,
  start: EngineStart,
  configuration: Configuration,
  activity: ActivityObserver,
  requests: Requests,
  store: SessionStore,
  leave: (work: () => void, isOver?: boolean) => void,
): PageObserver {
  if (configuration.actionNameAttribute) addNameAttribute(configuration.actionNameAttribute);
  observeContexts(listening);
  const { deliverVitals, deliverResources, stop } = observeEntries(
    listening,
    start,
    configuration,
    requests,
  );
  const describe = configuration.trackUserInteractions
    ? observeTargets(listening, activity, configuration)
    : () => {};
  const settle = () => {
    describe();
    deliverVitals();
  };
  const patchesHistory = start.isDropIn || configuration.trackHistory;
  const lookAtAddress = observeRoutes(listening, { settle }, patchesHistory);
  const observer = { settle, deliverResources, lookAtAddress, stop };
  observeLifecycle(listening, observer, store, leave, configuration.allowUntrustedEvents);
  return observer;
}

function observeTargets(
  listening: Listening,
  activity: ActivityObserver,
  configuration: Configuration,
): () => void {
  const targets = {
    describe: (target: Element, path: EventTarget[]) => describeTarget(target, path, configuration),
    ignored: ignoredFrustrations,
  };
  const { allowUntrustedEvents } = configuration;
  return observeClicks(listening, activity, note, tell, targets, allowUntrustedEvents);
}
