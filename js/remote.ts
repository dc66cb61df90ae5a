/** The chunk of the remote configuration, which hardly any page asks for. */

import { type EngineStart, GLOBAL, USER } from './engine-contract.ts';
import { remoteConfiguration } from './extras/remote-configuration.ts';

/** Replaces the options by what Datadog has for this application. */
export async function configureRemotely(start: EngineStart): Promise<void> {
  const setContextProperty = (kind: 'user' | 'context', key: string, value: unknown) => {
    const number = kind === 'user' ? USER : GLOBAL;
    const context = JSON.parse(start.contexts[number] as string);
    start.contexts[number] = JSON.stringify({ ...context, [key]: value });
  };
  const wait = (ms: number) =>
    new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));
  const host = { ...start, setContextProperty, wait };
  start.options = (await remoteConfiguration(start.options, host)) ?? start.options;
}
