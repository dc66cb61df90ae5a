/**
 * The part that is loaded after the page has done its own work: the engine (wasm), and what observes
 * the page for it.
 */

import load, * as engine from 'virtual:glue';
import wasmSource from 'virtual:wasm';
import { configurationJson } from './configuration.ts';
import { ACCOUNT, type Engine, type EngineStart, type Methods } from './engine-contract.ts';
import { errorTexts } from './error.ts';
import { whenActivated } from './page/activation.ts';
import { observeContexts } from './page/contexts.ts';
import { type EntryObserver, observeEntries } from './page/entries.ts';
import { observeLifecycle } from './page/lifecycle.ts';
import { createListen } from './page/listen.ts';
import { describePage } from './page/page.ts';
import { observeRoutes } from './page/routes.ts';

export { telemetryError } from './telemetry.ts';

/** See `EngineModule`. */
export async function startEngine(start: EngineStart): Promise<Engine | undefined> {
  await load({ module_or_path: await wasmSource(start.fetch) });
  await whenActivated();
  const listening = createListen(start.fail);
  let isLeaving = false;
  /** What is sent meanwhile, full batches included, must survive the page. */
  const leave = (work: () => void) => {
    isLeaving = true;
    work();
    isLeaving = false;
  };
  const host = {
    send: (body: string, isExit: boolean) => void start.send(body, isExit || isLeaving),
    warn: start.error,
    wakeIn: createTimer(listening.guarded(engine.wake)),
  };
  if (!engine.start(host, configurationJson(start.options), describePage(start.bounce))) {
    return undefined;
  }
  observeContexts(listening);
  const entries = observeEntries(listening, start);
  observeLifecycle(listening, entries, leave);
  observeRoutes(listening, entries);
  return {
    call: createCall(entries),
    stop() {
      listening.stop();
      leave(() => {
        entries.stop();
        engine.stop();
      });
    },
  };
}

/** One timer: armed anew, the last time no longer counts. */
function createTimer(run: () => void): (delay: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (delay) => {
    clearTimeout(timer);
    if (delay >= 0) timer = setTimeout(run, delay);
  };
}

/** `undefined` for what is no URL: the view then has the page's. */
function absolute(url: string | undefined): string | undefined {
  try {
    return url && new URL(url, location.href).href;
  } catch {
    return undefined;
  }
}

type AnyMethod = (...args: unknown[]) => unknown;

/** The engine's own functions, but for those that do not take what the shim gives. */
function createCall(entries: EntryObserver): Engine['call'] {
  const adapted: { [M in keyof Methods]?: (at: number, ...args: Methods[M]) => unknown } = {
    addError(at, ...args) {
      const { text, json, fingerprint, handlingStack } = errorTexts(...args);
      engine.addError(at, args[0], text, json, fingerprint, handlingStack);
    },
    startView(at, json) {
      // What happened in the view before is its own.
      entries.deliverVitals();
      const view = JSON.parse(json) as { url?: string | undefined };
      view.url = absolute(view.url);
      engine.startView(at, JSON.stringify(view));
    },
    setContext(at, kind, json) {
      // Datadog refuses an account without id; the page has been told.
      const isRefused = kind === ACCOUNT && !JSON.parse(json).id;
      engine.setContext(at, kind, isRefused ? '' : json);
    },
    internalContext: (_, startTime) => engine.internalContext(startTime),
  };
  const methods = { ...engine, ...adapted } as unknown as Record<string, AnyMethod>;
  return (method, ...args) => methods[method]?.(...args);
}
