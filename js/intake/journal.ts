import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** Where the file stops growing: a page that is left open over night must not fill the disk. */
const maxBytes = 1024 ** 3;

/** The file that keeps what was received, one JSON message per line. */
export class Journal {
  #descriptor: number | undefined;
  #size: number;

  /** Opens `received.ndjson` in `folder`, which is made if there is none. Throws if that name is no plain file. */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, 'received.ndjson');
    refuseUnlessFile(path);
    const { O_APPEND, O_CREAT, O_WRONLY } = constants;
    const noFollow = constants.O_NOFOLLOW ?? 0; // Windows has none.
    this.#descriptor = openSync(path, O_APPEND | O_CREAT | O_WRONLY | noFollow, 0o600);
    this.#size = fstatSync(this.#descriptor).size;
  }

  append(messages: readonly unknown[]): void {
    if (this.#descriptor === undefined) return;
    const text = messages.map((message) => `${JSON.stringify(message)}\n`).join('');
    try {
      if (this.#size + text.length > maxBytes) throw new Error(`it has reached ${maxBytes} bytes`);
      this.#size += writeSync(this.#descriptor, text);
    } catch (error) {
      console.error(`received.ndjson is no longer written: ${(error as Error).message}`);
      this.close();
    }
  }

  close(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }
}

function refuseUnlessFile(path: string): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw new Error(`${path} is no plain file`);
}
