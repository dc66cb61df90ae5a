/** The part of plugins that cannot wait for the engine. */

import type { AssembleHook, Plugin } from './extras/plugins.ts';

/**
 * Calls each `onInit` within `init` and before the options are checked, because plugins change them:
 * `initConfiguration` is what the engine reads later, a copy. Returns what they answer: `init` ends
 * when that includes `false`; for promises the engine waits, and reports what they have `thrown`
 * (`pluginsAgree`). A plugin that throws has not answered; with the official SDK nothing would ever
 * start. `hooks` takes what they register.
 */
export function initPlugins(
  initConfiguration: { plugins?: unknown },
  publicApi: object,
  hooks: Set<AssembleHook>,
): unknown[] {
  return ([initConfiguration.plugins || []].flat() as Plugin[]).map((plugin) => {
    try {
      const answer = plugin.onInit?.({
        initConfiguration,
        publicApi,
        registerAssembleEventHook(hook: AssembleHook) {
          hooks.add(hook);
          return { unregister: () => hooks.delete(hook) };
        },
      } as never) as Partial<Promise<unknown>> | undefined;
      return answer?.catch?.((thrown) => ({ thrown })) ?? answer;
    } catch (thrown) {
      return { thrown };
    }
  });
}
