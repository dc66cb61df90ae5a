/**
 * The options of `init` as all of Ferrum reads them. This is the engine's side: nobody waits for it.
 * Names, defaults, what makes an option fatal and the wording are those of `@datadog/browser-rum` 7.16
 * (browser-core `domain/configuration`, browser-rum-core `domain/configuration`), so that a page can
 * change its import and nothing else; a second line shows what was passed.
 */

import type { EngineStart } from './engine-contract.ts';
import type { LoadExceptions } from './exceptions.ts';
import type { UrlTest } from './page/activity.ts';
import { tagOf } from './sanitize.ts';
import type { InitConfiguration, SessionPersistence } from './types.ts';

/** Every option with a default is there; others may be anything that means true or false. */
export type Configuration = Omit<InitConfiguration, 'excludedActivityUrls'> &
  typeof DEFAULTS & {
    actionNameAttribute?: string;
    betaEnableViewUpdates: boolean;
    betaTrackWebSockets?: boolean;
    /** Tags of every event that only Datadog's own pages have. */
    internalTags?: object;
    storeContextsAcrossPages?: boolean;
  };

const DEFAULTS = {
  sessionSampleRate: 100,
  traceSampleRate: 100,
  source: 'browser',
  defaultPrivacyLevel: 'mask-user-input',
  trackFeatureFlagsForEvents: [] as string[],
  sessionPersistence: ['cookie'] as SessionPersistence[],
  excludedActivityUrls: [] as UrlTest[],
  trackUserInteractions: true,
  trackResources: true,
  trackLongTasks: true,
  trackViewsManually: false,
  trackAnonymousUser: true,
  startSessionReplayRecordingManually: false,
  enablePrivacyForActionName: true,
};

export type Options = Record<string, unknown>;

/**
 * What options, with what is `described` of them, may be without a closer look. Others may be wrong, or
 * have another form than the engine reads: `exceptions/options.ts` has the rules.
 */
const USUAL = [
  /^(\w+(Id|Token|nAttribute|rUrl)|subdomain|proxy) string/,
  /^(service|env|version) string [a-z\d_:./-]{0,192}$/,
  /SampleRate number (100|\d\d?(\.\d+)?)$/,
  /^site string .*d(ata)?d[o0]g/,
  /^(proxy|beforeSend|scrubUrl) function/,
  /^(track(?!ing|F)|use|st[ao]r|silent|allowU)/,
  /^(compress|enable|propagate|beta)\w+ boolean/,
  /^trackingConsent string (not-)?granted$/,
  /^defaultPrivacyLevel string (allow|mask(-user-input)?)$/,
  /^allowedTracingUrls list of (RegExp|\w*Function)/,
];

/** `undefined`, and messages, when the engine cannot run with them. */
export async function configure(
  given: InitConfiguration,
  start: Pick<EngineStart, 'warn' | 'error' | 'isDropIn'>,
  load: LoadExceptions,
): Promise<Configuration | undefined> {
  const options = givenOptions(given);
  if (isUnusual(options) && !(await load()).checkOptions(options, start)) return undefined;
  for (const [option, value] of Object.entries(DEFAULTS)) {
    const own = options[option] ?? value;
    options[option] = typeof value === 'boolean' ? !!own : own;
  }
  // A proxy of the page's may look into the bodies.
  const isDirect = !options.proxy;
  options.betaEnableViewUpdates ??= isDirect;
  options.compressIntakeRequests ??= isDirect && !start.isDropIn;
  return options as unknown as Configuration;
}

/** `null` and an empty string stand for an option that was not given. */
export function givenOptions(given: object): Options {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => (value ?? '') !== ''));
}

function isUnusual(options: Options): boolean {
  const { applicationId, clientToken, allowedTracingUrls, service } = options;
  if (!applicationId || !clientToken || (allowedTracingUrls && !service)) return true;
  return Object.entries(options).some(
    ([option, value]) => !USUAL.some((pattern) => pattern.test(`${option} ${described(value)}`)),
  );
}

function described(value: unknown): string {
  // A string has a `match` too, which is a function.
  if (Array.isArray(value)) return `list of ${tagOf(value[0]?.match ?? value[0])}`;
  return `${typeof value} ${Object(value) === value ? '' : String(value)}`;
}
