/** Every deliberate difference from the official SDK, with its reason. What is not listed fails the test. */

import { LEFT } from './truth.ts';

type Reason = `ours is better because ${string}` | 'out of scope: replay/profiler';

/** A value of theirs that ours has not, or has otherwise; or an event that only one of them has. */
export interface Listed {
  /** Name of the journey. */
  journey: string;
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; `(missing)` or `(extra)` for a whole event. */
  path: string;
  /** Only such values of ours. */
  ours?: RegExp;
  /** It does not show in every visit. */
  isRare?: true;
  reason: Reason;
}

/** What events of ours have beside all that theirs have. */
export interface Extra {
  /** What the event's type and key begin with. */
  event: string;
  /** With `[]` for any index; and all below it. */
  path: string;
  /** Only these values. */
  value?: RegExp;
  reason: Reason;
}

/** Several of one journey, for one reason. */
const several = (
  journey: string,
  reason: Reason,
  ...of: [event: string, path: string][]
): Listed[] => of.map(([event, path]) => ({ journey, event, path, reason }));

/** Journeys that are made with the npm package too. */
const alsoByNpm = (entry: Listed): Listed[] => [
  entry,
  { ...entry, journey: `${entry.journey}, by npm` },
];

const KEYBOARD = 'ours is better because a control that is used by the keyboard is used, too';
const EARLY = 'ours is better because requests made before the engine is ready are traced, too';
const EARLY_LOAD =
  'ours is better because a load ends with what the page did, not when the SDK hears of a request made before its start';
const REPLAY = 'out of scope: replay/profiler';
const EVALUATED = 'ours is better because an evaluation without a value is one, too';
const OWN_REQUEST =
  'ours is better because it does not take what it requests for itself for a request of the page';
const GIVEN = 'ours is better because it says which value it was given';
const ONCE = 'ours is better because it says so once, not for every event';
const CUT =
  'ours is better because what is too large is shortened and marked, where theirs leaves out all of it';
const CUT_LIST =
  'ours is better because it says, within the same limit, that items are left out: in the room of some of them';
const OWN_OPTIONS =
  'ours is better because a page whose options cannot be had is observed with its own';
const NAMED = 'ours is better because an error in a context keeps its name and message';
const UNENCRYPTED =
  'ours is better because the session goes on where a site is not encrypted, as theirs documents it for useSecureSessionCookie: false';

/** `getCurrentSite` of browser-core 7.16: its cookie is to live for 1 s, said in whole seconds. */
const WIDEST_DOMAIN =
  'ours is better because it finds the widest domain at any time: near the end of a second theirs takes a narrower one';

const FID =
  'ours is better because dashboards that show first input delay, which the schema has, go on showing it';
const ENDED =
  'ours is better because it says how the loading time ended, which is bounded, or why there is none';
const ROUTES = 'ours is better because it says when visitors saw something of a route';
const EXPLAINED = 'ours is better because it says why the vitals of a view are what they are';
const HIDDEN =
  'ours is better because the last version of a view is sent when its page is hidden, not before';

/**
 * INP of an interaction too fast for any entry, theirs and ours: which interactions are that fast is left to chance, so
 * `truth-view.ts` takes the one for the other.
 */
export const unseenInteraction = {
  ns: [0, 8_000_000],
  reason: 'ours is better because it says what web-vitals says' satisfies Reason,
};

export const listed: Listed[] = [
  ...['Uncaught "a string"', 'Uncaught {"code":7,"message":"no Error"}'].flatMap((message) =>
    alsoByNpm({
      journey: 'uncaught errors',
      event: `error source ${message}`,
      path: 'error.stack',
      reason: 'ours is better because a frame without a function is no function called undefined',
    }),
  ),
  {
    journey: 'GraphQL requests',
    event: 'resource fetch http://site/graphql',
    path: 'resource.graphql.operationType',
    reason: 'ours is better because a query in short form is a query',
  },
  ...alsoByNpm({
    journey: 'calls before init',
    event: 'vital operation_step early operation start',
    path: 'date',
    reason: 'ours is better because an operation begins when the page says so, not after init',
  }),
  ...[
    ['view initial_load', 'view.loading_time'],
    ['resource fetch http://site/remote.json', 'resource.method'],
  ].map(
    ([event, path]): Listed => ({
      journey: 'options from afar',
      event: event as string,
      path: path as string,
      reason: OWN_REQUEST,
    }),
  ),
  {
    journey: 'a second init, and bad arguments',
    event: 'console Datadog Browser SDK: Missing configuration',
    path: '(extra)',
    reason: 'ours is better because an init without configuration is always answered',
  },
  ...several(
    'a second init, and bad arguments',
    EVALUATED,
    ['view initial_load', 'feature_flags'],
    ['view initial_load', 'feature_flags.key'],
  ),
  {
    journey: 'bad options that stop it',
    event: 'console Datadog Browser SDK: "sessionSampleRate" was given as many',
    path: '(extra)',
    reason: GIVEN,
  },
  ...[
    '"defaultPrivacyLevel" was given as secret',
    '"traceContextInjection" was given as sometimes',
    '"trackFeatureFlagsForEvents" was given as [array Array]',
  ].map(
    (message): Listed => ({
      journey: 'bad options that do not',
      event: `console Datadog Browser SDK: ${message}`,
      path: '(extra)',
      reason: GIVEN,
    }),
  ),
  {
    journey: 'bad options that do not',
    event:
      "console Datadog Browser SDK: Tag env:Bad Env, with commas doesn't meet tag requirements",
    path: '(missing)',
    reason: ONCE,
  },
  ...['context.error', 'context.error.name', 'context.error.message'].flatMap((path) =>
    alsoByNpm({
      journey: 'contexts of any kind',
      event: 'action custom of any kind',
      path,
      reason: NAMED,
    }),
  ),
  ...several(
    'contexts of more than 256 KiB',
    CUT,
    ['action custom too large', 'context.text'],
    ['action custom too large', 'context._truncated'],
  ),
  ...several(
    'contexts of more than 256 KiB',
    CUT_LIST,
    ['action custom many', 'context.list[]'],
    ['action custom many', 'context._truncated'],
  ),
  {
    journey: 'options from afar that are not there',
    event: 'console Datadog Browser SDK: Error: Error fetching the remote configuration.',
    path: '(missing)',
    reason: OWN_OPTIONS,
  },
  ...[
    'console Datadog Browser SDK: Error fetching the remote configuration.',
    'view initial_load http://site/',
    'resource document http://site/',
    'resource js http://site/cdn/datadog-rum.js',
    'action custom without remote options',
  ].map(
    (event): Listed => ({
      journey: 'options from afar that are not there',
      event,
      path: '(extra)',
      reason: OWN_OPTIONS,
    }),
  ),
  ...['the session cookie', 'a session of all subdomains'].map(
    (journey): Listed => ({
      journey,
      event: 'note cookies of the browser',
      path: 'value[].secure',
      reason: UNENCRYPTED,
    }),
  ),
  {
    journey: 'a session of all subdomains',
    event: 'note cookies of the browser',
    path: 'value[].domain',
    ours: /^\.example\.localhost$/,
    isRare: true,
    reason: WIDEST_DOMAIN,
  },
  ...several(
    'a control that is used by the keyboard',
    KEYBOARD,
    ['action click Add to cart', '(extra)'],
    ['view initial_load', 'view.action.count'],
  ),
  ...['early-fetch', 'early-xhr'].map(
    (name): Listed => ({
      journey: 'traced requests before the SDK is ready',
      event: `request GET /api?${name}`,
      path: '(extra)',
      reason: EARLY,
    }),
  ),
  ...['fetch http://site/api?early-fetch', 'xhr http://site/api?early-xhr'].flatMap((name) =>
    ['_dd.trace_id', '_dd.span_id'].map(
      (path): Listed => ({
        journey: 'traced requests before the SDK is ready',
        event: `resource ${name}`,
        path,
        reason: EARLY,
      }),
    ),
  ),
  ...[
    'errors before init',
    'errors before init, by npm',
    'traced requests before the SDK is ready',
  ].map(
    (journey): Listed => ({
      journey,
      event: 'view initial_load',
      path: 'view.loading_time',
      ours: /^(until the load event|with something on the page in step \d+)$/,
      isRare: true,
      reason: EARLY_LOAD,
    }),
  ),
  ...several(
    'frontends that are marked late',
    'ours is better because a view keeps the service that it began with',
    ['view route_change of a frontend unmarked', 'service'],
    ['view route_change of a frontend unmarked', 'version'],
  ),
  {
    journey: 'the API without events',
    event: 'console Datadog Browser SDK: Session replay is not recorded by Ferrum.',
    path: '(extra)',
    reason: REPLAY,
  },
  {
    journey: 'the API without events',
    event: 'note replay link',
    path: 'value',
    reason: REPLAY,
  },
];

export const extras: Extra[] = [
  {
    event: 'view',
    path: 'context.ferrum.loading_time_end',
    value: /^(idle|bounded|manual|no_activity|hidden|view_ended)$/,
    reason: ENDED,
  },
  ...['view', 'version view'].flatMap((event) =>
    ['cls', 'fcp', 'inp', 'lcp', 'navigation', 'over_budget', 'ratings', 'ttfb'].map(
      (name): Extra => ({ event, path: `context.ferrum.${name}`, reason: EXPLAINED }),
    ),
  ),
  ...['view route_change', 'version view route_change'].flatMap((event) =>
    [
      'view.first_contentful_paint',
      'view.largest_contentful_paint',
      'view.largest_contentful_paint_target_selector',
      'view.performance.fcp',
      'view.performance.lcp',
    ].map((path): Extra => ({ event, path, reason: ROUTES })),
  ),
  { event: 'view', path: 'view.first_input_delay', reason: FID },
  { event: 'view', path: 'view.first_input_time', reason: FID },
  { event: 'view', path: 'view.first_input_target_selector', reason: FID },
  { event: 'view', path: 'view.performance.fid', reason: FID },
  {
    event: 'view',
    path: '_dd.page_states[].state',
    value: /^(hidden|frozen|terminated)$/,
    reason: HIDDEN,
  },
  {
    event: 'view',
    path: '_dd.page_states[].start',
    value: new RegExp(`^${LEFT}$`),
    reason: HIDDEN,
  },
  {
    event: 'version view',
    path: 'context.ferrum.loading_time_end',
    reason: ENDED,
  },
  {
    event: 'note methods',
    path: 'value._setDebug',
    reason: 'ours is better because each method that there is shows when they are listed',
  },
  ...['stop', 'removeViewContextProperty', 'clearViewContext'].map(
    (name): Extra => ({
      event: 'note methods',
      path: `value.${name}`,
      reason: 'ours is better because it has the methods of `ferrum`, too',
    }),
  ),
];
