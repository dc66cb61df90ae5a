/** What `beforeSend` is given. The events have more than is named here; what may be changed is. */

import type { Context } from './types.ts';

interface CommonEvent {
  /** Epoch ms. */
  readonly date: number;
  readonly application: { readonly id: string };
  readonly session: { readonly id: string };
  service?: string;
  version?: string;
  /** The view that was current; of a view event, the view itself. */
  view: { readonly id: string; name?: string; url: string; referrer?: string };
  /** The page's own. */
  context?: Context;
}

/** Cannot be discarded. */
export interface RumViewEvent extends CommonEvent {
  readonly type: 'view';
  view: CommonEvent['view'] & {
    readonly is_active?: boolean;
    /** ns. */
    readonly time_spent: number;
    performance?: { lcp?: { resource_url?: string } };
  };
}

export interface RumViewUpdateEvent extends CommonEvent {
  readonly type: 'view_update';
}

export interface RumActionEvent extends CommonEvent {
  readonly type: 'action';
  action: { readonly id?: string; readonly type: string; target?: { name: string } };
}

export interface RumErrorEvent extends CommonEvent {
  readonly type: 'error';
  error: {
    readonly id?: string;
    message: string;
    /** The Error's name. */
    readonly type?: string;
    readonly source: string;
    stack?: string;
    handling_stack?: string;
    fingerprint?: string;
  };
}

export interface RumResourceEvent extends CommonEvent {
  readonly type: 'resource';
  resource: {
    readonly id?: string;
    readonly type: string;
    url: string;
    readonly method?: string;
    readonly status_code?: number;
    /** ns. */
    readonly duration?: number;
    graphql?: { variables?: string };
  };
}

export interface RumLongTaskEvent extends CommonEvent {
  readonly type: 'long_task';
  long_task: {
    readonly id?: string;
    /** ns. */
    readonly duration: number;
    readonly scripts?: { source_url?: string; invoker?: string }[];
  };
}

export interface RumVitalEvent extends CommonEvent {
  readonly type: 'vital';
  vital: { readonly id: string; readonly type: string; readonly name?: string };
}

/** Of Datadog's mobile SDKs only. */
export interface RumTransitionEvent extends CommonEvent {
  readonly type: 'transition';
}

export type RumEvent =
  | RumViewEvent
  | RumViewUpdateEvent
  | RumActionEvent
  | RumErrorEvent
  | RumResourceEvent
  | RumLongTaskEvent
  | RumVitalEvent
  | RumTransitionEvent;

export interface RumViewEventDomainContext {
  location: Readonly<Location>;
  handlingStack?: string;
}

/** Of clicks, `events`; of the page's own actions, `handlingStack`. */
export interface RumActionEventDomainContext {
  events?: Event[];
  handlingStack?: string;
}

export interface RumErrorEventDomainContext {
  error: unknown;
  handlingStack?: string;
}

export interface RumResourceEventDomainContext {
  isManual: false;
  isWebSocket: false;
  performanceEntry: PerformanceResourceTiming | PerformanceNavigationTiming;
  xhr: XMLHttpRequest | undefined;
  isAborted: boolean;
  handlingStack: string | undefined;
  requestInit: RequestInit | undefined;
  requestInput: RequestInfo | undefined;
  response: Response | undefined;
  error: Error | undefined;
}

/** Of `startResource`. */
export interface RumManualResourceEventDomainContext {
  isManual: true;
}

export interface RumLongTaskEventDomainContext {
  performanceEntry: PerformanceEntry;
}

export interface RumVitalEventDomainContext {
  handlingStack?: string;
}

export interface RumWebSocketVitalEventDomainContext {
  webSocket: WebSocket;
}

/** What of the browser an event came from. */
export type RumEventDomainContext =
  | RumViewEventDomainContext
  | RumActionEventDomainContext
  | RumErrorEventDomainContext
  | RumResourceEventDomainContext
  | RumManualResourceEventDomainContext
  | RumLongTaskEventDomainContext
  | RumVitalEventDomainContext
  | RumWebSocketVitalEventDomainContext;
