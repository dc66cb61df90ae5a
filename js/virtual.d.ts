// Modules that only the build can provide; see js/tools/bundle.mjs.

/** The engine's module: decoded from the chunk itself (npm), or fetched from beside it (script tag). */
declare module 'virtual:wasm' {
  export default function wasmSource(fetch: typeof globalThis.fetch): Promise<BufferSource>;
}

/** What wasm-bindgen makes of the engine's exports; `src/browser/mod.rs` documents each. */
declare module 'virtual:glue' {
  /** Instantiates the module; the functions below may be called when it has resolved. */
  export default function load(options: {
    module_or_path: BufferSource | WebAssembly.Module;
  }): Promise<unknown>;

  interface Host {
    send(body: string, isExit: boolean): void;
    warn(message: string): void;
    wakeIn(millis: number): void;
  }

  export function start(host: Host, options: string, page: string): boolean;
  export function stop(): void;
  export function wake(): void;
  export function addEntries(kind: number, numbers: Float64Array, strings: string): void;
  export function setInteractionCount(count: number): void;
  export function onUserInput(at: number): void;
  export function onActivity(): void;
  export function onVisibilityChange(isHidden: boolean, at: number): void;
  export function onFocusChange(isFocused: boolean): void;
  export function onTerminate(): void;
  export function onRestore(at: number): void;
  export function onUrlChange(url: string, isAnchor: boolean): void;
  export function setContext(at: number, kind: number, json: string): void;
  export function addAction(at: number, name: string, json: string): void;
  export function addError(
    at: number,
    kind: number,
    texts: string,
    json: string,
    fingerprint: string,
    handlingStack: string,
  ): void;
  export function addTiming(at: number, name: string, time: number): void;
  export function startView(at: number, json: string): void;
  export function setViewName(at: number, name: string): void;
  export function addFeatureFlagEvaluation(at: number, key: string, json: string): void;
  export function setTrackingConsent(at: number, isGranted: boolean): void;
  export function internalContext(at: number): string;
  export function viewContext(): string;
}
