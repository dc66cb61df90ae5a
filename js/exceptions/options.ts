/**
 * The rules for the options of `init`, and what is said of bad ones; see `configuration.ts`, which only
 * asks when an option may be bad.
 */

import { givenOptions, type Options } from '../configuration.ts';
import { createDisplay } from '../console.ts';
import type { Call, EngineStart, ShimStart } from '../engine-contract.ts';
import type { InitConfiguration } from '../types.ts';
import { BUDGETS } from '../vitals/budgets.ts';
import { type UrlMatch, urlTest } from './excluded-urls.ts';

const PRIVACY_LEVELS = ['allow', 'mask', 'mask-user-input', 'mask-unless-allowlisted'];

interface Rule {
  options: string[];
  isValid(value: unknown): boolean;
  /** After the name of the option. */
  expected: string;
  /** A list, of which each item is checked; a single value stands for a list of one. */
  isList?: boolean;
  /** Goes on with the default. */
  isLenient?: boolean;
}

const isString = (value: unknown): value is string => typeof value === 'string';
const isBoolean = (value: unknown) => typeof value === 'boolean';
const isFunction = (value: unknown) => typeof value === 'function';
const isMatch = (value: unknown) => isString(value) || isFunction(value) || value instanceof RegExp;
const isPercentage = (value: unknown) => typeof value === 'number' && value >= 0 && value <= 100;
const matches = (value: unknown) =>
  isMatch(value) || isMatch((value as { match?: unknown })?.match);

function oneOf(values: string[]): Pick<Rule, 'isValid' | 'expected'> {
  return {
    isValid: (value) => values.includes(value as string),
    expected: `must be one of: ${values.map((value) => `"${value}"`).join(', ')}`,
  };
}

const MATCH = 'must be a string, RegExp, or function';

const RULES: Rule[] = [
  {
    options: ['applicationId', 'clientToken', 'service', 'env', 'version', 'actionNameAttribute'],
    isValid: isString,
    expected: 'must be a non-empty string',
  },
  {
    options: ['subdomain', 'workerUrl'],
    isValid: isString,
    expected: 'must be a non-empty string',
  },
  {
    options: [
      'sessionSampleRate',
      'sessionReplaySampleRate',
      'profilingSampleRate',
      'traceSampleRate',
      'telemetrySampleRate',
      'telemetryConfigurationSampleRate',
      'telemetryUsageSampleRate',
    ],
    isValid: isPercentage,
    expected: 'must be a number between 0 and 100',
  },
  {
    options: ['site'],
    isValid: (value) => isString(value) && /datadog|ddog|datad0g|dd0g/.test(value),
    expected:
      'must be a valid Datadog site. More details: https://docs.datadoghq.com/getting_started/site/.',
  },
  {
    options: ['proxy'],
    isValid: (value) => isString(value) || isFunction(value),
    expected: 'does not match any expected type',
  },
  { options: ['beforeSend'], isValid: isFunction, expected: 'must be a function' },
  {
    options: [
      'compressIntakeRequests',
      'enablePrivacyForActionName',
      'propagateTraceBaggage',
      'betaEnableViewUpdates',
    ],
    isValid: isBoolean,
    expected: 'must be a boolean',
  },
  { options: ['trackingConsent'], ...oneOf(['granted', 'not-granted']) },
  { options: ['excludedActivityUrls'], isValid: isMatch, expected: MATCH, isList: true },
  { options: ['defaultPrivacyLevel'], ...oneOf(PRIVACY_LEVELS), isLenient: true },
  { options: ['traceContextInjection'], ...oneOf(['all', 'sampled']), isLenient: true },
  { options: ['source'], ...oneOf(['browser', 'flutter', 'unity']), isLenient: true },
  {
    options: ['sessionPersistence'],
    ...oneOf(['cookie', 'local-storage', 'memory']),
    isList: true,
    isLenient: true,
  },
  {
    options: ['trackFeatureFlagsForEvents'],
    ...oneOf(['vital', 'action', 'long_task', 'resource']),
    isList: true,
    isLenient: true,
  },
  {
    options: ['allowedTrackingOrigins'],
    isValid: isMatch,
    expected: MATCH,
    isList: true,
    isLenient: true,
  },
  {
    options: ['allowedTracingUrls'],
    isValid: matches,
    expected: 'does not match any expected type',
    isList: true,
    isLenient: true,
  },
  {
    options: ['plugins'],
    isValid: (value) => isString((value as { name?: unknown })?.name),
    expected: 'is not a valid object',
    isList: true,
    isLenient: true,
  },
];

const REQUIRED = ['applicationId', 'clientToken'];

/**
 * Whether the engine can run with these, where `''` and `null` are left out. Says what is bad; leaves
 * out what can be done without, and makes lists of what may be one, and functions of addresses.
 */
export function checkOptions(
  options: Options,
  { warn, error }: Pick<EngineStart, 'warn' | 'error'>,
): boolean {
  let isFatal = false;
  for (const option of REQUIRED) {
    if (!(option in options)) {
      isFatal = true;
      error(`"${option}" is required`);
    }
  }
  for (const { options: names, isValid, expected, isList, isLenient } of RULES) {
    for (const option of names.filter((name) => name in options)) {
      const value = options[option];
      const items = isList ? [value].flat() : [value];
      const valid = items.filter(isValid);
      if (isList) options[option] = valid;
      // Of a list that may go on without, only the loss of all is worth a word.
      if (valid.length === items.length || (isLenient && valid.length > 0)) continue;
      error(`"${option}" ${expected}`);
      error(`"${option}" was given as`, value);
      if (isLenient) delete options[option];
      else isFatal = true;
    }
  }
  if ((options.allowedTracingUrls as unknown[] | undefined)?.length && !options.service) {
    isFatal = true;
    error('Service needs to be configured when tracing is enabled');
  }
  const excluded = options.excludedActivityUrls as UrlMatch[] | undefined;
  if (excluded) options.excludedActivityUrls = excluded.map((match) => urlTest(match, error));
  if ('budgets' in options) options.budgets = checkedBudgets(options.budgets, warn);
  options.internalTags = internalTags(options);
  if (!isFatal) warnAboutTags(options, warn);
  return !isFatal;
}

/** Says why `init` cannot begin with this. */
export function refuse(shim: ShimStart, given: unknown): void {
  const display = createDisplay(shim);
  if (!given) display.error('Missing configuration');
  else if (typeof given !== 'object') display.error('Configuration must be an object');
  else checkOptions(givenOptions(given), display);
}

/** The next `init` counts when the options of the one before were refused. */
export function initAgain({ queue }: ShimStart, init: (given: InitConfiguration) => unknown): void {
  const next = queue.findIndex(([method]) => method === 'init');
  if (next >= 0) init((queue.splice(next, 1) as [Call])[0][2][0] as InitConfiguration);
}

/** Says that there is another engine already. */
export function refuseSecond({ error }: Pick<EngineStart, 'error'>): void {
  error(
    'another Ferrum is collecting on this page: call init of one only. Nothing is collected by this one.',
  );
}

/** Those that are good. Of the others the defaults count. */
function checkedBudgets(given: unknown, warn: EngineStart['warn']): object {
  if (typeof given !== 'object') {
    warn(
      '"budgets" must be an object like { lcp: 2000 }. The defaults count. It was given as',
      given,
    );
    return {};
  }
  const isGood = ([name, value]: [string, unknown]) => {
    const isKnown = BUDGETS.some((known) => known === name);
    const isValid = isKnown && Number.isFinite(value) && (value as number) > 0;
    const expected = isKnown ? 'must be a number above 0' : `must be one of: ${BUDGETS.join(', ')}`;
    if (!isValid) warn(`"budgets.${name}" ${expected}. The default counts. It was given as`, value);
    return isValid;
  };
  return Object.fromEntries(Object.entries(given as object).filter(isGood));
}

/** Of options that Datadog's own pages use (browser-core 7.16, `domain/tags.ts`). */
function internalTags({ sdkVersion, datacenter, variant }: Options): object {
  return { ...(sdkVersion ? { sdk_version: sdkVersion } : undefined), datacenter, variant };
}

/** Characters of a tag, and what may be in it (browser-core 7.16, `domain/tags`). */
const TAG_LIMIT = 200;
const FORBIDDEN_IN_TAG = /[^\p{Ll}\p{Lo}0-9_:./-]/u;

function warnAboutTags(options: Options, warn: EngineStart['warn']): void {
  for (const option of ['env', 'service', 'version']) {
    const tag = `${option}:${options[option]}`;
    if (options[option] && (tag.length > TAG_LIMIT || FORBIDDEN_IN_TAG.test(tag))) {
      warn(
        `Tag ${tag} doesn't meet tag requirements and will be sanitized. More details: https://docs.datadoghq.com/getting_started/tagging/#defining-tags`,
      );
    }
  }
}
