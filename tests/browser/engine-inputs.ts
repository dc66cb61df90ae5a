/** What the engine of a page is given, for recordings. */

/** As `js/memory.ts` gives it. */
export type Given = [kind: number, numbers: number[], text: string];

declare global {
  interface Window {
    /** Is told of each input of the engine before the engine is. */
    takeInput(...given: Given): void;
  }
}

/** On the page, before its scripts: looks into the memory of the engine when it is given something. */
export function watchEngine(): void {
  const { instantiateStreaming } = WebAssembly;
  WebAssembly.instantiateStreaming = async (...source) => {
    const { module, instance } = await instantiateStreaming.apply(WebAssembly, source);
    const { exports } = instance;
    // The build has made the names short.
    const nameOf = (isIt: (value: WebAssembly.ExportValue) => boolean) =>
      Object.keys(exports).find((name) => isIt(exports[name] as never)) as string;
    const taking = (count: number) =>
      nameOf((value) => typeof value === 'function' && value.length === count);
    const memory = exports[nameOf((value) => 'buffer' in value)] as WebAssembly.Memory;
    const names = { reserve: taking(2), input: taking(1) };
    const reserve = exports[names.reserve] as (numbers: number, textSize: number) => number;
    const input = exports[names.input] as (kind: number) => void;
    let place = [0, 0, 0] as [at: number, numbers: number, textSize: number];
    const watched = {
      ...exports,
      [names.reserve](numbers: number, textSize: number) {
        const at = reserve(numbers, textSize);
        place = [at, numbers, textSize];
        return at;
      },
      [names.input](kind: number) {
        const [at, count, textSize] = place;
        const numbers = new Float64Array(memory.buffer, at, count);
        const text = new Uint8Array(memory.buffer, at + count * 8, textSize);
        window.takeInput(kind, [...numbers], new TextDecoder().decode(text));
        input(kind);
      },
    };
    return { module, instance: { exports: watched } };
  };
}
