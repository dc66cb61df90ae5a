/** The contexts across pages and tabs (`storeContextsAcrossPages`), under Datadog's keys. */

import { ACCOUNT, GLOBAL, USER } from '../engine-contract.ts';
import { isObject, merge } from './object.ts';

export type StoredKind = typeof GLOBAL | typeof USER | typeof ACCOUNT;

/** browser-core 7.16, `CustomerDataType` and `storeContextManager`. */
const KEYS: Record<StoredKind, string> = {
  [USER]: '_dd_c_rum_1',
  [GLOBAL]: '_dd_c_rum_2',
  [ACCOUNT]: '_dd_c_rum_4',
};

const KINDS = [GLOBAL, USER, ACCOUNT] as const;

export interface ContextsStorage {
  /** Call it when the page has changed a context. Never throws, unlike Datadog's on a full storage. */
  store(kind: StoredKind, json: string): void;
  /** Leaves what is stored. */
  stop(): void;
}

/**
 * Sets what former pages have left (what the page has set already wins), and again whenever another
 * tab changes it. What the page called before the engine was there comes after, as if after `init`:
 * who calls `setUser` then starts from nothing, where the official SDK, for a call before `init`,
 * leaves in what was known of the last user. `get` and `set` take and give JSON texts of objects.
 */
export function storeContexts(
  get: (kind: StoredKind) => string,
  set: (kind: StoredKind, json: string) => void,
): ContextsStorage {
  const store = (kind: StoredKind, json: string): void => {
    try {
      localStorage.setItem(KEYS[kind], json);
    } catch {
      // Full, or forbidden.
    }
  };
  for (const kind of KINDS) {
    const json = JSON.stringify(merge(read(KEYS[kind]), JSON.parse(get(kind))));
    if (json === '{}') continue;
    set(kind, json);
    store(kind, json);
  }
  const onStorage = ({ key }: StorageEvent): void => {
    for (const kind of KINDS) {
      // Without a key the whole storage was cleared.
      if (key === KEYS[kind] || key === null) set(kind, JSON.stringify(read(KEYS[kind])));
    }
  };
  window.addEventListener('storage', onStorage);
  return { store, stop: () => window.removeEventListener('storage', onStorage) };
}

function read(key: string): object {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) as string);
    return isObject(stored) ? stored : {};
  } catch {
    return {};
  }
}
