/**
 * Events on their way to the intake: views are completed, and the extras see what the page wants to be
 * reviewed. The first micro-frontend may come when the engine is there, to a page that has had nothing to
 * review: the extras are loaded then, and events wait for them. If too many do, they go as they are.
 */

import type { Extras } from './extras/attach.ts';
import { keepWith } from './page/domain-context.ts';
import { WAITING_LIMIT } from './page/error-events.ts';
import { input } from './page/input.ts';
import { DELIVERY, REVIEWED } from './page/kinds.ts';

type Reviewing = Pick<Extras, 'keepContext' | 'nameContext' | 'assemble'>;

/** `extras` get what is missing of the reviewing. */
export function createReviews(extras: Partial<Extras>, load: () => Promise<Reviewing>) {
  const waiting: (() => void)[] = [];
  /** In the order of the numbers that the extras will give; of what happens beyond the limit, none. */
  const contexts: object[] = [];
  /** Those of views, and the ids that they have got. */
  const named: Parameters<Extras['nameContext']>[] = [];

  const release = () => {
    for (const tell of waiting.splice(0)) tell();
  };
  /** Without any, where the extras cannot be had, events go as they are. */
  const begin = ({ keepContext, nameContext, assemble = String }: Partial<Reviewing>) => {
    const keep = keepContext ?? (() => 0);
    contexts.forEach(keep);
    keepWith(keep);
    for (const view of named) nameContext?.(...view);
    Object.assign(extras, { nameContext, assemble });
    release();
  };
  const keepLate = (context: object): number => {
    if (contexts.length >= WAITING_LIMIT || !('DD_SOURCE_CODE_CONTEXT' in globalThis)) return 0;
    if (contexts.push(context) < 2) {
      extras.isReviewing = true;
      input(DELIVERY, undefined, [true, !!extras.send]);
      if (extras.assemble) begin(extras);
      else load().then(begin, () => begin({}));
    }
    return contexts.length;
  };
  extras.nameContext ??= (...view) => named.push(view);
  keepWith((extras.isReviewing && extras.keepContext) || keepLate);

  return {
    /** Of an event: by what the engine knows the answer, and the context, or when the view began. */
    review(event: string, ticket: number, token: number, isLeaving: boolean): void {
      const tell = () => {
        const own = (extras.complete ?? String)(event, token);
        const reviewed = (extras.assemble ?? String)(own, token);
        input(REVIEWED, undefined, [ticket, reviewed !== undefined], [reviewed]);
      };
      if (!extras.isReviewing || extras.assemble || isLeaving) tell();
      else if (waiting.push(tell) > WAITING_LIMIT) release();
    },
    /** The page may go: what waits is sent as it is. */
    release,
  };
}
