/** Instead of the engine: what it is told. Its module is the build's, so this stands behind its name. */

import { register } from 'node:module';

const glue = `
  export const reserve = (...sizes) => globalThis.engineMemory.reserve(...sizes);
  export const input = (kind) => globalThis.engineMemory.input(kind);
  export const memoryOf = ({ memory }) => memory;
  export const __wbg_set_wasm = () => {};
  export const modules = {};
  export const connect = () => {};`;

const hooks = `
  export const resolve = (name, context, next) =>
    /^virtual:(glue|host)$/.test(name)
      ? { url: 'data:text/javascript,' + ${JSON.stringify(encodeURIComponent(glue))}, shortCircuit: true }
      : next(name, context);`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);

export interface Told {
  kind: number;
  /** Without the clocks. */
  numbers: number[];
  texts: string[];
}

/** All that the engine is told from now on. */
export async function listenAsEngine(): Promise<Told[]> {
  const { setEngine } = await import('../../js/memory.ts');
  const told: Told[] = [];
  const memory = new WebAssembly.Memory({ initial: 1 });
  let sizes: [numbers: number, text: number] = [0, 0];
  const engineMemory = {
    reserve(...given: typeof sizes): number {
      sizes = given;
      return 0;
    },
    input(kind: number): void {
      const [count, size] = sizes;
      const numbers = [...new Float64Array(memory.buffer, 0, count)].slice(3);
      const text = new TextDecoder().decode(new Uint8Array(memory.buffer, count * 8, size));
      told.push({ kind, numbers, texts: text.split('\0') });
    },
  };
  Object.assign(globalThis, { engineMemory });
  setEngine({ memory });
  return told;
}
