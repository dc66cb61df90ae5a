/**
 * The local intake: takes what an SDK sends to Datadog, checks it against Datadog's own types, and shows it. For
 * development and tests; it listens on 127.0.0.1 only.
 */
import type { AddressInfo } from 'node:net';
import { readAssets } from './asset.ts';
import { type Fault, FaultSwitch } from './fault.ts';
import { type FoldedView, foldViews } from './fold.ts';
import type { Json } from './json.ts';
import { Receiver } from './receive.ts';
import { createRoutes } from './route.ts';
import { createIntakeServer } from './server.ts';
import { Stream } from './sse.ts';
import { Store } from './store.ts';
import type { ReceivedEvent, RejectedLine } from './stream.ts';
import { createValidate } from './validate.ts';
import { Waits } from './wait.ts';

export type { Fault } from './fault.ts';
export type { FoldedView } from './fold.ts';
export type { CarrierRequest, ReceivedEvent, RejectedLine, Violation } from './stream.ts';

/** All are optional. */
export interface IntakeOptions {
  /** The port to listen on. By default, one that is free. */
  port?: number;
  /** Where `received.ndjson` is appended to. Without it, nothing is written. */
  folder?: string;
  /** The folder of the built live page. Without it, there is no live page. */
  livePage?: string;
  /** Bodies that are larger are answered with 413. By default, 8 MiB. */
  maxBodyBytes?: number;
  /** Compressed bodies that inflate to more are answered with 413. By default, 32 MiB. */
  maxInflatedBytes?: number;
  /** How many events and rejected lines stay in memory. By default, 10,000. */
  history?: number;
  /** The JSON schema of the events. By default, the one in `dist/`. */
  schema?: string;
}

/** A running intake. */
export interface Intake {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** What arrived and is still in memory, oldest first. */
  readonly received: readonly (ReceivedEvent | RejectedLine)[];
  /**
   * The events in memory.
   *
   * @param type - only those of this RUM type, e.g. `view`; events without a type go by their track, e.g. `exposures`
   */
  events(type?: string): ReceivedEvent[];
  /** The views in memory, each folded from all its versions. */
  views(): FoldedView[];
  /**
   * Resolves with the first event, past or to come, for which `predicate` holds. Rejects, saying what did arrive, after
   * `timeoutMs` (10 s) or when the intake is closed.
   */
  waitFor(predicate: (event: ReceivedEvent) => boolean, timeoutMs?: number): Promise<ReceivedEvent>;
  /** Makes the intake misbehave, until it is called with `null`. */
  setFault(fault: Fault | null): void;
  /** Forgets what arrived; the file keeps it. */
  clear(): void;
  /** Stops listening, and ends all connections. */
  close(): Promise<void>;
}

const mebibyte = 1024 ** 2;

/** Starts an intake. Rejects if the port is taken or the folder cannot be written. */
export async function startIntake(options: IntakeOptions = {}): Promise<Intake> {
  const { port = 0, folder, livePage, history = 10_000, schema } = options;
  const { maxBodyBytes = 8 * mebibyte, maxInflatedBytes = 32 * mebibyte } = options;
  const validate = createValidate(schema);
  const assets = readAssets(livePage);
  const store = new Store({ history, ...(folder !== undefined && { folder }) });
  const receiver = new Receiver(store, validate, { maxBodyBytes, maxInflatedBytes });
  const stream = new Stream(store);
  const faults = new FaultSwitch();
  const waits = new Waits(store);
  const routes = createRoutes({ store, stream, faults, assets });
  const server = createIntakeServer({ routes, receiver, faults });
  const close = async () => {
    stream.close();
    waits.cancel('the intake was closed');
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
    store.close();
  };
  try {
    await listen(server, port);
  } catch (error) {
    await close();
    throw error;
  }
  const bound = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    get received() {
      return [...store.messages];
    },
    events: (type) => store.events(type),
    views: () => foldViews(rumEvents(store)),
    waitFor: (predicate, timeoutMs = 10_000) => waits.for(predicate, timeoutMs),
    setFault: (fault) => faults.set(fault),
    clear: () => store.clear(),
    close,
  };
}

function rumEvents(store: Store): Json[] {
  const received = store.events().filter(({ track }) => track === 'rum');
  return received.map(({ event }) => event);
}

function listen(server: ReturnType<typeof createIntakeServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
