/** What the extras' tests share. */

import { display as officialDisplay } from '@datadog/browser-core';
import { toJson } from '../../js/sanitize.ts';

// The official SDK prints what ours gives to `display`.
Object.assign(officialDisplay, { warn() {}, error() {} });

/** Keeps what the page is told. */
export function recordDisplay() {
  const messages: string[] = [];
  return {
    messages,
    warn: (message: string) => void messages.push(`warn: ${message}`),
    error: (message: string) => void messages.push(`error: ${message}`),
  };
}

export const json = (value: unknown) => toJson(value, () => {});

/** Replaces globals until the result is called. */
export function replaceGlobals(values: Record<string, unknown>): () => void {
  const undo = Object.entries(values).map(([name, value]) => {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    return () => {
      if (before) Object.defineProperty(globalThis, name, before);
      else delete (globalThis as Record<string, unknown>)[name];
    };
  });
  return () => {
    for (const revert of undo) revert();
  };
}

/** A storage; what is `full` refuses to take more. */
export function fakeStorage(stored: Record<string, string> = {}) {
  return {
    stored,
    isFull: false,
    getItem: (key: string) => stored[key] ?? null,
    setItem(key: string, value: string) {
      if (this.isFull) throw new Error('QuotaExceededError');
      stored[key] = value;
    },
  };
}
