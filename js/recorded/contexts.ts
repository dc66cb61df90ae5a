/** The contexts that the page sets. */

import { ACCOUNT, type ContextKind, type EngineStart, VIEW } from '../engine-contract.ts';
import type { Context } from '../types.ts';
import { type Deliver, type Interpret, NOTHING, parsed, type Texts } from './texts.ts';

/** By kind, in the names of the methods. */
export const CONTEXTS = ['GlobalContext', 'User', 'Account', 'ViewContext'];

/** The engine gets the whole context each time; that of the view is the engine's own. */
export function contextCalls(deliver: Deliver, { json, object }: Texts, start: EngineStart) {
  const { known, contexts, warn } = start;
  const calls: Record<string, Interpret> = {};
  CONTEXTS.forEach((what, index) => {
    const kind = index as ContextKind;
    const get = (at: number): Context =>
      JSON.parse(
        kind === VIEW ? (deliver('viewContext', at) as string) || NOTHING : (known[kind] as string),
      );
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
      set(at, { ...get(at), [key as string]: parsed(json(value)) });
    // JSON leaves out what is undefined.
    calls[`remove${what}Property`] = (at, [key]) =>
      set(at, { ...get(at), [key as string]: undefined });
    calls[`clear${what}`] = (at) => set(at, {});
  });
  return calls;
}
