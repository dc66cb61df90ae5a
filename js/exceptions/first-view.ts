import type { Call, Engine } from '../engine-contract.ts';

/**
 * Where the page starts all views itself, nothing is collected before the first: what it called until
 * then comes after that call, which makes it the initial view.
 */
export function beginWithView(
  begin: () => Promise<Engine | undefined>,
  fail: (error: unknown) => void,
): Engine {
  const early: Call[] = [];
  let engine: Engine | undefined;
  let isBegun = false;
  const beginNow = async () => {
    engine = await begin();
    for (const call of early.splice(0)) engine?.call(...call);
  };
  return {
    call(...call) {
      if (engine) return engine.call(...call);
      if (call[0] !== 'startView' || isBegun) return void early.push(call);
      isBegun = true;
      early.unshift(call);
      beginNow().catch(fail);
    },
    stop: () => engine?.stop(),
  };
}
