/** The references of the page that `page/domain-context.ts` tells of. */

/** Of events that are never sent (no view, sampled out), and of views, some stay behind. */
const LIMIT = 1000;

export type Kept = ReturnType<typeof createKept>;

export function createKept() {
  const contexts = new Map<number | string, object>();
  let last = 0;

  /** Of an event once, of a view for each of its versions. */
  const takeContext = (key: number | string): object | undefined => {
    const context = contexts.get(key);
    if (typeof key === 'number') contexts.delete(key);
    return context;
  };
  return {
    takeContext,
    keepContext(context: object): number {
      contexts.set(++last, context);
      const [oldest] = contexts.keys();
      if (contexts.size > LIMIT) contexts.delete(oldest as number);
      return last;
    },
    /** It is that of a view, which has got its id; or none, where there is no session. */
    nameContext(token: number, id: number | string): void {
      contexts.set(id, takeContext(token) as object);
    },
    /** Those that were kept after another one, and neither taken nor named. */
    contextsAfter(token: number): object[] {
      return [...contexts].flatMap(([key, context]) => (Number(key) > token ? context : []));
    },
  };
}
