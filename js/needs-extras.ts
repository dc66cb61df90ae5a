/** When the engine's chunk loads the extras. This is the engine's side. */

/** Options of `init` that the extras are for. */
const OPTIONS = [
  'beforeSend',
  'plugins',
  'allowedGraphQlUrls',
  'trackResourceHeaders',
  'betaTrackWebSockets',
  'storeContextsAcrossPages',
  'scrubUrl',
];

/** Set by an app around the page, and by build plugins. */
const GLOBALS = ['DatadogEventBridge', 'DD_SOURCE_CODE_CONTEXT'];

export function needsExtras(options: object): boolean {
  return (
    OPTIONS.some((name) => (options as Record<string, unknown>)[name]) ||
    GLOBALS.some((name) => name in globalThis)
  );
}

/** For the chunk of the remote configuration. */
export function needsRemoteConfiguration(options: object): boolean {
  const given = options as Record<string, unknown>;
  return !!(given.remoteConfigurationId || given.remoteConfiguration);
}
