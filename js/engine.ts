/**
 * The part that is loaded after the page has done its own work: the engine (wasm), and what observes
 * the page for it.
 */

import * as glue from 'virtual:glue';
import { connect } from 'virtual:host';
import wasmSource from 'virtual:wasm';
import { createCalls, reportError } from './calls.ts';
import { configure } from './configuration.ts';
import type { Engine, EngineStart } from './engine-contract.ts';
import { whenActivated } from './page/activation.ts';
import { readCookie, writeCookie } from './page/cookie.ts';
import { observeErrors } from './page/errors.ts';
import { input } from './page/input.ts';
import { DELIVER, STOP, WAKE } from './page/kinds.ts';
import { createListen } from './page/listen.ts';
import { observePage, watchActivity } from './page/observe.ts';
import { startEngine as startInPage } from './page/page.ts';

export { telemetryError } from './telemetry.ts';

/** See `EngineModule`. */
export async function startEngine(start: EngineStart): Promise<Engine | undefined> {
  const configuration = configure(start.options, start);
  if (!configuration) return undefined;
  await instantiate(start);
  await whenActivated();
  const listening = createListen(start.fail);
  let isLeaving = false;
  /** What is sent meanwhile, full batches included, must survive the page. */
  const leave = (work: () => void) => {
    isLeaving = true;
    work();
    isLeaving = false;
  };
  let answer = '';
  const wakeIn = createTimer(listening.guarded(() => input(WAKE, undefined, [], [readCookie()])));
  const activity = watchActivity(listening, configuration);
  // In the order of the numbers in `src/browser/host.rs`.
  const outputs: ((text: string, number: number, other: number) => void)[] = [
    (body, isExit) => start.send(body, !!isExit || isLeaving),
    writeCookie,
    (message) => start.warn(message),
    (_, delay) => wakeIn(delay),
    () => {},
    (_, isExit) => input(DELIVER, undefined, [isExit]),
    (text) => {
      answer = text;
    },
    (_, isOn) => activity.observe(!!isOn),
  ];
  connect((kind, number, other, text) => outputs[kind]?.(text, number, other));
  startInPage(configuration, start);
  if (!answer) {
    listening.stop();
    start.error(
      'another Ferrum is collecting on this page: call init of one only. Nothing is collected by this one.',
    );
    return undefined;
  }
  const page = observePage(listening, start, configuration, activity, leave);
  listening.undo(observeErrors(listening, configuration, reportError));
  const ask = (kind: number, at?: number) => {
    answer = '';
    input(kind, at);
    return answer;
  };
  return {
    call: createCalls(configuration, page, ask),
    stop() {
      listening.stop();
      leave(() => {
        page.stop();
        input(STOP);
      });
    },
  };
}

/**
 * Where there is no WebAssembly (a policy without `'wasm-unsafe-eval'`, Lockdown Mode, a file that a
 * server or a worker withholds), the same engine comes as JavaScript: three times slower, and larger.
 */
async function instantiate({ fetch }: EngineStart): Promise<void> {
  const imports = { './engine_bg.js': glue as unknown as WebAssembly.ModuleImports };
  const compile = async () => {
    const module = (await wasmSource(fetch)) as BufferSource;
    return (await WebAssembly.instantiate(module, imports)).instance.exports;
  };
  const translate = async () => (await import('virtual:script')).default(imports);
  glue.__wbg_set_wasm(await compile().catch(translate));
}

/** One timer: armed anew, the last time no longer counts. */
function createTimer(run: () => void): (delay: number) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (delay) => {
    clearTimeout(timer);
    if (delay >= 0) timer = setTimeout(run, delay);
  };
}
