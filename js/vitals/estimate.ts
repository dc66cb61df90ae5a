/**
 * About when a route was painted: `context.ferrum.fcp.estimate` of views that begin with a change of the address,
 * in nanoseconds after the view's start, where the browser tells of no soft navigations (Firefox, WebKit). It is the end of
 * the first frame after the change, whatever was painted in it: no vital, so that it is not in `view.performance` and
 * has no rating. Absent where that took more than 3 s, where the page was hidden meanwhile, or the view was over by then;
 * and, in browsers without the Navigation API (Firefox before 147, Safari before 26.2), where the address
 * did not change in the task of the visitor's input.
 */

import type { Listening } from '../page/listen.ts';
import { explain, ns, type Part } from './view.ts';

/** ns */
const BOUND = 3e9;

/** A page has more views than anybody sends again. */
const LIMIT = 50;

/** After which the page may well have another address. */
const GESTURES = ['click', 'keydown', 'pointerup'];

interface Route {
  /** When the address had changed. */
  at: number;
  url: string;
  paintedAt: number;
}

/** Tells `news` when the current view has more to say. */
export function estimatePaint(
  { listen, guarded }: Pick<Listening, 'listen' | 'guarded'>,
  news: () => void,
): Part {
  const routes: Route[] = [];
  if (PerformanceObserver.supportedEntryTypes.includes('soft-navigation')) return () => {};

  let sights = 0;
  listen(document, ['visibilitychange'], () => sights++);
  const onAddress = (at: number, url: string) => {
    const before = sights;
    // The first frame has been painted when the second begins.
    whenPainted(
      guarded(() => {
        if (sights !== before) return;
        routes.push({ at, url, paintedAt: performance.now() });
        routes.splice(0, routes.length - LIMIT);
        news();
      }),
    );
  };
  let known = location.href;
  const look = () => {
    const { href } = location;
    if (href !== known) onAddress(performance.now(), href);
    known = href;
  };
  const { navigation } = globalThis as { navigation?: EventTarget };
  listen(navigation, ['currententrychange'], look);
  listen(window, ['popstate', 'hashchange'], look);
  if (!navigation) listen(window, GESTURES, () => setTimeout(guarded(look)));

  return (event, { start }) => {
    const { loading_type, time_spent = 0, url } = event.view;
    if (loading_type !== 'route_change') return;
    const route = routes.find((route) => route.url === url && route.at >= start);
    const estimate = route && ns(route.paintedAt - start);
    if (estimate && estimate <= Math.min(time_spent, BOUND)) explain(event, 'fcp', { estimate });
  };
}

function whenPainted(run: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(run));
}
