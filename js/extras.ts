/**
 * What few pages ask for: a chunk of its own, which the engine's loads only for them (`needsExtras`
 * says for whom). The remote configuration is not among it: it is wanted first, by hardly anybody, and
 * so has a chunk of its own, `extras/remote-configuration.ts`.
 */

export { createAssembly } from './extras/assembly.ts';
export { storeContexts } from './extras/contexts-storage.ts';
export { eventBridge } from './extras/event-bridge.ts';
export {
  findGraphQl,
  graphQlErrors,
  graphQlOf,
  graphQlUrls,
  responseText,
} from './extras/graphql.ts';
export { matchHeaders, resourceHeaders } from './extras/headers.ts';
export { pluginsAgree, pluginTelemetry, startPlugins } from './extras/plugins.ts';
export { createScrub } from './extras/scrub.ts';
export { trackWebSockets } from './extras/websocket.ts';
export { watchWebSockets } from './extras/websocket-signals.ts';
