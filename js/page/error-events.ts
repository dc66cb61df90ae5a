/**
 * Errors become events in two steps. When one happens, the engine makes all of the event but its own
 * part: in which view it was, during which actions, with which contexts. The part comes from a chunk
 * that the page's first error asks for; until it is there errors wait, in their order. If it does not
 * come in time, or at all, they are told in outline.
 */

import { guard } from '../guard.ts';
import { isError, toJson } from '../sanitize.ts';
import { contextOf, type ErrorCall, outlineOf } from './error-outline.ts';
import { ERROR_EVENT } from './events.ts';
import { input } from './input.ts';
import { RAW_EVENT, REVIEWED } from './kinds.ts';
import { ownChunk } from './own-chunks.ts';

type Chunk = typeof import('../errors.ts');

/** Errors, or events, that wait; an endless loop of them must not fill the memory while the chunk is under way. */
export const WAITING_LIMIT = 500;

let chunk: Promise<Chunk | null> | undefined;

/** Never rejects: resolves to `null` where the chunk cannot be had. */
export function loadErrors(): Promise<Chunk | null> {
  chunk ??= ownChunk(import('virtual:errors')).catch(() => null);
  return chunk;
}

export interface ErrorEvents {
  /** `token` is what the event's context is known by. */
  add(call: ErrorCall, at?: number, token?: number): void;
  /** The engine waits, under this number, for the part of the error that was added last. */
  hold(ticket: number): void;
  /** Nothing waits any longer: the page may be gone before the chunk is there. */
  release(): void;
}

export function createErrorEvents(fail: (error: unknown) => void): ErrorEvents {
  const waiting: (() => void)[] = [];
  let loaded: Chunk | null | undefined;
  let part: () => object;

  const release = () => {
    for (const tell of waiting.splice(0)) tell();
  };
  const settle = (chunk: Chunk | null) => {
    loaded = chunk;
    release();
  };
  return {
    add(call, at, token = 0) {
      const outline = outlineOf(call);
      const described = guard(() => loaded?.describeError(outline, call, { isError, toJson }));
      part = () => described() ?? { error: outline };
      const contexts = [contextOf(call), call[2]].map(inContext);
      input(RAW_EVENT, at, [ERROR_EVENT, token, 0, true], contexts);
    },
    hold(ticket) {
      const own = part;
      if (waiting.length >= WAITING_LIMIT) release();
      waiting.push(() => input(REVIEWED, undefined, [ticket, true], [JSON.stringify(own())]));
      if (loaded === undefined) loadErrors().then(settle).catch(fail);
      else release();
    },
    release,
  };
}

function inContext(json: string | undefined): string {
  return /^{"/.test(`${json}`) ? `{"context":${json}}` : '';
}
