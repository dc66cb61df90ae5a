/**
 * Checked by tsc alone: what is written for `@datadog/browser-rum` 7.16 fits the drop-in. A method or
 * an option that is missing, or of another type, is an error here.
 */

import type * as official from '@datadog/browser-rum';
import type {
  RumBeforeSend as DatadogBeforeSend,
  DatadogRum as DatadogDatadogRum,
  RumInitConfiguration as DatadogInitConfiguration,
} from '@datadog/browser-rum';
import type * as ours from '../../js/datadog.ts';

declare const drop: typeof ours;

/** The API, under each of its names. */
export const api: DatadogDatadogRum = drop.datadogRum;
export const legacy: official.RumGlobal = drop.datadogRum as ours.RumGlobal;

/** Every option of theirs, also for those that set `exactOptionalPropertyTypes`. */
declare const configuration: Required<DatadogInitConfiguration>;
export const init = () => drop.datadogRum.init(configuration);
type Missing = Exclude<keyof DatadogInitConfiguration, keyof ours.RumInitConfiguration>;
export const noneIsMissing: Missing extends never ? true : Missing = true;

/** Callbacks written with their types. */
declare const beforeSend: DatadogBeforeSend;
export const theirBeforeSend: ours.RumBeforeSend = beforeSend;
declare const plugin: official.RumPlugin;
export const theirPlugin: ours.RumPlugin = plugin;

/** Every value that their package exports is exported by ours. */
type Value = Exclude<keyof typeof official, keyof typeof ours>;
export const noValueIsMissing: Value extends never ? true : Value = true;

/** The types that pages import by name. */
export type Types = [
  ours.DatadogRum,
  ours.RumGlobal,
  ours.RumInitConfiguration,
  ours.RumInternalContext,
  ours.RumBeforeSend,
  ours.ViewOptions,
  ours.User,
  ours.Account,
  ours.Context,
  ours.MatchOption,
  ours.MatchHeader,
  ours.TracingOption,
  ours.PropagatorType,
  ours.TraceContextInjection,
  ours.SessionPersistence,
  ours.TrackingConsent,
  ours.FeatureFlagsForEvents,
  ours.ProxyFn,
  ours.Site,
  ours.StartRecordingOptions,
  ours.ActionOptions,
  ours.ResourceOptions,
  ours.ResourceStopOptions,
  ours.AddDurationVitalOptions,
  ours.DurationVitalOptions,
  ours.OperationOptions,
  ours.FeatureOperationOptions,
  ours.FailureReason,
  ours.RumPlugin,
  ours.RumPluginOnInitOptions,
  ours.OnRumStartOptions,
  ours.RumEvent,
  ours.RumViewEvent,
  ours.RumViewUpdateEvent,
  ours.RumActionEvent,
  ours.RumErrorEvent,
  ours.RumResourceEvent,
  ours.RumLongTaskEvent,
  ours.RumVitalEvent,
  ours.RumEventDomainContext,
  ours.RumViewEventDomainContext,
  ours.RumActionEventDomainContext,
  ours.RumErrorEventDomainContext,
  ours.RumResourceEventDomainContext,
  ours.RumLongTaskEventDomainContext,
  ours.RumVitalEventDomainContext,
  ours.RumWebSocketVitalEventDomainContext,
];
