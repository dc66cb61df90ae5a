// What only the build can provide; see js/tools/bundle.mjs.

/** Which of the two APIs a bundle is: what the other one has is not in it. */
declare const IS_DROP_IN: boolean;

/** The engine's module: decoded from the chunk itself (npm), or fetched from beside it (script tag). */
declare module 'virtual:wasm' {
  /** Whether the page has loaded this only for Ferrum: what lies beside the script. */
  export function isOwnFile(url: string): boolean;
  export default function wasmSource(fetch: typeof globalThis.fetch): Promise<BodyInit | null>;
}

/** The engine translated to JavaScript: takes the imports of the module, gives its exports. */
declare module 'virtual:engine-script' {
  export default function instantiate(imports: WebAssembly.Imports): WebAssembly.Exports;
}

/** What wasm-bindgen makes of the engine; `src/browser/mod.rs` documents the functions. */
declare module 'virtual:glue' {
  export function reserve(numbers: number, textSize: number): number;
  export function input(kind: number): void;
  /** What the module imports. */
  export const modules: WebAssembly.Imports;
  export function memoryOf(exports: WebAssembly.Exports): WebAssembly.Memory;
  /** Takes the exports of the module. */
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void;
}

/** `src/browser/host.js` */
declare module 'virtual:host' {
  export function connect(
    output: (kind: number, number: number, other: number, text: number, textSize: number) => void,
  ): void;
}

/** The chunk that describes errors. */
declare module 'virtual:errors' {
  export const describeError: typeof import('./errors.ts').describeError;
}

/** The chunk of what few pages ask for. */
declare module 'virtual:extras' {
  export const createExtras: typeof import('./extras.ts').createExtras;
}

/** The chunk of what is not as usual. */
declare module 'virtual:exceptions' {
  export const exceptions: typeof import('./exceptions.ts').exceptions;
}

/** The chunk of the remote configuration. */
declare module 'virtual:remote' {
  export const configureRemotely: typeof import('./remote.ts').configureRemotely;
}

/** The chunk that completes views. */
declare module 'virtual:vitals' {
  export const completeViews: typeof import('./vitals.ts').completeViews;
}
