/** The public API, `types.ts` says what each method is: arguments are checked and become texts. */

import { createDisplay } from './console.ts';
import {
  ACCOUNT,
  CUSTOM,
  type Methods,
  UNCAUGHT,
  UNHANDLED_REJECTION,
  VIEW,
} from './engine-contract.ts';
import { guard } from './guard.ts';
import { createLink } from './link.ts';
import type { LoadEngine } from './load.ts';
import { CHARACTER_LIMIT, isError, toJson } from './sanitize.ts';
import type { Context, Ferrum, InitConfiguration, ViewOptions } from './types.ts';
import { VERSION } from './version.ts';

type Method = (...args: never[]) => unknown;

/** `name` is what messages begin with, `object` what the page calls the API. */
export function createFerrum(
  loadEngine: LoadEngine,
  { name, object } = { name: 'Ferrum', object: 'ferrum' },
): Ferrum {
  const { warn, error } = createDisplay(name);
  const link = createLink(loadEngine, { warn, error });
  const { call, ask, contexts } = link;
  let configuration: InitConfiguration | undefined;

  const json = (value: unknown): string | undefined =>
    toJson(value, () =>
      warn(
        `The data provided has been truncated as it is over the limit of ${CHARACTER_LIMIT} characters:`,
        value,
      ),
    );

  /** `{}`, and a message, for what is no object. */
  const objectJson = (value: unknown): string => {
    const text = json(value);
    if (text?.[0] === '{') return text;
    error('Unsupported context:', value);
    return '{}';
  };

  /** `undefined`, and a message, for what is no string. */
  const checked = (value: unknown, label: string): string | undefined => {
    if (typeof value === 'string') return JSON.parse(json(value) as string);
    warn(`Invalid ${label} provided (expected a string, got ${typeof value}). Ignoring.`);
  };

  const addError = (
    kind: Methods['addError'][0],
    thrown: unknown,
    origin: Error | string,
    context?: Context,
  ): unknown =>
    call(
      'addError',
      kind,
      isError(thrown) ? thrown : `${json(thrown)}`,
      context ? objectJson(context) : '',
      origin,
    );

  /** A method whose first argument is a name: any other is refused. */
  const named =
    (
      method: 'addAction' | 'addTiming' | 'addFeatureFlagEvaluation' | 'setViewName',
      label: string,
      toArgument: (value: unknown) => unknown,
    ): Method =>
    (given: unknown, value: unknown) => {
      const text = checked(given, label);
      if (text !== undefined) (call as Method)(...([method, text, toArgument(value)] as never[]));
    };

  const toNumber = (value: unknown) => (typeof value === 'number' ? value : -1);

  const api: Record<string, unknown> = {
    onReady(callback: () => void) {
      try {
        callback();
      } catch (thrown) {
        error('onReady callback threw an error:', thrown);
      }
    },
    init(given: InitConfiguration) {
      if (link.isDead()) return;
      if (!given) return error('Missing configuration');
      if (typeof given !== 'object') return error('Configuration must be an object');
      if (link.isStarted()) {
        if (!given.silentMultipleInit) error(`${object} is already initialized.`);
        return;
      }
      configuration = { ...given };
      for (const key of ['applicationId', 'clientToken'] as const) {
        const value = given[key] ?? '';
        if (value === '') return error(`"${key}" is required`);
        if (typeof value !== 'string') return error(`"${key}" must be a non-empty string`);
      }
      link.start(configuration);
    },
    getInitConfiguration: () => configuration && { ...configuration },
    addAction: named('addAction', 'action name', (context) => (context ? objectJson(context) : '')),
    addError: (thrown: unknown, context?: Context) => addError(CUSTOM, thrown, Error(), context),
    addTiming: named('addTiming', 'timing name', toNumber),
    addFeatureFlagEvaluation: named(
      'addFeatureFlagEvaluation',
      'feature flag key',
      (value) => json(value) ?? 'null',
    ),
    startView(options?: string | ViewOptions) {
      const view: ViewOptions =
        options && typeof options === 'object'
          ? JSON.parse(objectJson(options))
          : { name: options };
      for (const key of ['name', 'service', 'version', 'url'] as const) {
        if (view[key] !== undefined) view[key] = checked(view[key], `view ${key}`);
      }
      const context = view.context ? objectJson(view.context) : '{}';
      view.context = JSON.parse(context);
      if (!link.isDead()) contexts[VIEW] = context;
      call('startView', JSON.stringify(view));
    },
    setViewName: named('setViewName', 'view name', () => ''),
    setTrackingConsent: (consent: unknown) => link.setConsent(consent === 'granted'),
    getInternalContext(startTime: unknown) {
      const text = ask('internalContext', toNumber(startTime));
      return text ? JSON.parse(text as string) : undefined;
    },
    stop: link.stop,
  };

  ['GlobalContext', 'User', 'Account', 'ViewContext'].forEach((what, index) => {
    const kind = index as Methods['setContext'][0];
    const get = (): Context =>
      JSON.parse((kind === VIEW && (ask('viewContext') as string)) || (contexts[kind] as string));
    const set = (value: unknown): void => {
      const context: Context = JSON.parse(objectJson(value));
      for (const key of kind % VIEW ? ['id', 'name', 'email'] : []) {
        // Datadog coerces before it sanitizes: of a BigInt only the digits.
        if ((context[key] ?? '') !== '') context[key] = `${context[key]}`.replace('[BigInt] ', '');
      }
      const text = JSON.stringify(context);
      if (kind === ACCOUNT && text !== '{}' && !context.id) {
        warn('The property id of account is required; context will not be sent to the intake.');
      }
      link.setContext(kind, text);
    };
    const setProperty = (key: string, value?: unknown): void => set({ ...get(), [key]: value });
    api[`get${what}`] = get;
    api[`set${what}`] = set;
    api[`set${what}Property`] = setProperty;
    // JSON leaves out what is undefined.
    api[`remove${what}Property`] = (key: string) => setProperty(key);
    api[`clear${what}`] = () => set({});
  });

  for (const key in api) api[key] = guard(api[key] as Method);
  api.version = VERSION;

  if (!link.isDead()) {
    link.listen('error', (event) => {
      // In the capture phase, images and scripts that failed to load come here too.
      if (event.target !== window) return;
      const { error: thrown, message, filename, lineno, colno } = event as ErrorEvent;
      const frame = filename && `    at ${filename}:${lineno}:${colno}`;
      addError(UNCAUGHT, thrown ?? message, `${message}\n${frame}`);
    });
    link.listen('unhandledrejection', (event) =>
      addError(UNHANDLED_REJECTION, (event as PromiseRejectionEvent).reason || 'Empty reason', ''),
    );
  }
  return api as unknown as Ferrum;
}
