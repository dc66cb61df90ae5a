/** The contexts that the page sets. */

import { ACCOUNT, type ContextKind, type EngineStart, VIEW } from '../engine-contract.ts';
import type { Context } from '../types.ts';
import { type Deliver, type Interpret, NOTHING, type Texts } from './texts.ts';

/** By kind, in the names of the methods. */
export const CONTEXTS = ['GlobalContext', 'User', 'Account', 'ViewContext'];

/** The engine gets the whole context each time; that of the view is the engine's own. */
export function contextCalls(deliver: Deliver, { object }: Texts, start: EngineStart) {
  const { known, contexts, warn } = start;
  const calls: Record<string, Interpret> = {};
  CONTEXTS.forEach((what, index) => {
    const kind = index as ContextKind;
    const get = (at: number): Context =>
      JSON.parse(
        kind === VIEW ? (deliver('viewContext', at) as string) || NOTHING : (known[kind] as string),
      );
    // JSON leaves out what is undefined.
    const without = (at: number, key: unknown): Context => ({
      ...get(at),
      [key as string]: undefined,
    });
    const set = (at: number, context: Context): void => {
      for (const key of kind % VIEW ? ['id', 'name', 'email'] : []) {
        // Datadog coerces before it sanitizes: of a BigInt only the digits.
        if ((context[key] ?? '') !== '') context[key] = `${context[key]}`.replace('[BigInt] ', '');
      }
      const text = JSON.stringify(context);
      if (kind === ACCOUNT && text !== NOTHING && !context.id) {
        warn('The property id of account is required; context will not be sent to the intake.');
      }
      known[kind] = text;
      contexts[kind] = context;
      deliver('setContext', at, kind, text);
    };
    calls[`get${what}`] = get;
    calls[`set${what}`] = (at, [value]) => set(at, JSON.parse(object(value)));
    calls[`set${what}Property`] = (at, [key, value]) =>
      // Together, so that the context says when the value was cut.
      set(at, { ...without(at, key), ...JSON.parse(object({ [key as string]: value })) });
    calls[`remove${what}Property`] = (at, [key]) => set(at, without(at, key));
    calls[`clear${what}`] = (at) => set(at, {});
  });
  return calls;
}
