/** The chunk of the remote configuration, which hardly any page asks for. */

import type { EngineStart } from './engine-contract.ts';
import { type RemoteHost, remoteConfiguration } from './extras/remote-configuration.ts';
import type { InitConfiguration } from './types.ts';

/** The options with what Datadog has for this application; `undefined` where they may not do alone. */
export function configureRemotely(start: EngineStart): Promise<InitConfiguration | undefined> {
  const host: RemoteHost = {
    ...start,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms, undefined)),
    setContextProperty(kind, key, value) {
      const what = kind === 'user' ? 'User' : 'GlobalContext';
      if (host.isWaiting) start.initIndex = start.queue.length;
      start.queue.splice(start.initIndex++, 0, [
        `set${what}Property`,
        performance.now(),
        [key, value],
      ]);
    },
  };
  return remoteConfiguration(start.options, host);
}
