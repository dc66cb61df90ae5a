/**
 * Everything that scripts of a page share, by property descriptor: who replaces, adds or removes
 * anything leaves a difference. The functions here run in the page.
 */

import type { JSHandle, Page } from '@playwright/test';

type Snapshot = Map<object, { path: string; properties: Map<PropertyKey, unknown[]> }>;

/** What can be reached from the window without calling a getter. The handle keeps it off the page. */
export function snapshot(page: Page): Promise<JSHandle<Snapshot>> {
  return page.evaluateHandle(() => {
    const seen: Snapshot = new Map();
    // Objects of the page that only a getter gives.
    const roots: [string, unknown][] = [
      ['window', window],
      ...['document', 'navigator', 'performance', 'history', 'location', 'screen'].map(
        (name): [string, unknown] => [name, window[name as 'document']],
      ),
      ...['navigation', 'crypto', 'visualViewport', 'customElements', 'localStorage'].map(
        (name): [string, unknown] => [name, window[name as 'crypto']],
      ),
    ];
    const isObject = (value: unknown) =>
      typeof value === 'function' || (typeof value === 'object' && value !== null);
    const waiting = roots.filter(([, value]) => isObject(value)) as [string, object][];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [path, object] = next;
      if (seen.has(object)) continue;
      const properties = new Map<PropertyKey, unknown[]>();
      seen.set(object, { path, properties });
      for (const key of Reflect.ownKeys(object)) {
        const property = Object.getOwnPropertyDescriptor(object, key);
        if (!property) continue;
        const { value, get, set, writable, enumerable, configurable } = property;
        // The value of an event handler such as `onerror` hides behind a getter.
        const handler =
          get && /^on/.test(String(key)) && roots.some(([, root]) => root === object)
            ? Reflect.get(object, key)
            : undefined;
        properties.set(key, [value, get, set, writable, enumerable, configurable, handler]);
        for (const part of [value, get, set]) {
          if (isObject(part)) waiting.push([`${path}.${String(key)}`, part as object]);
        }
      }
      const prototype = Object.getPrototypeOf(object);
      properties.set('[[Prototype]]', [prototype]);
      if (prototype) waiting.push([`${path}.[[Prototype]]`, prototype]);
    }
    return seen;
  });
}

/** The properties that differ, those of what is new on the window left out; and how many there are. */
export async function changes(
  page: Page,
  before: JSHandle<Snapshot>,
): Promise<{ differences: string[]; compared: number }> {
  const after = await snapshot(page);
  return page.evaluate(
    ([before, after]) => {
      const differences: string[] = [];
      let compared = 0;
      for (const [object, { path, properties }] of before as Snapshot) {
        const now = (after as Snapshot).get(object)?.properties;
        for (const key of new Set([...properties.keys(), ...(now?.keys() ?? [])])) {
          compared++;
          const [was, is] = [properties.get(key), now?.get(key)];
          if (was && is && was.every((part, index) => Object.is(part, is[index]))) continue;
          const how = was ? (is ? 'changed' : 'gone') : 'new';
          differences.push(`${path}.${String(key)} is ${how}`);
        }
      }
      return { differences, compared };
    },
    [before, after] as unknown as [Snapshot, Snapshot],
  );
}

/** `focus on window`: the listeners on whatever pages are heard at. Only the debugger can tell. */
export async function listeners(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const found: string[] = [];
  for (const expression of ['window', 'document', 'navigation', 'navigator.connection']) {
    const { result } = await session.send('Runtime.evaluate', { expression });
    const { objectId = '' } = result;
    const { listeners } = await session.send('DOMDebugger.getEventListeners', { objectId });
    found.push(...listeners.map(({ type }) => `${type} on ${expression}`));
  }
  await session.detach();
  return found.sort();
}
