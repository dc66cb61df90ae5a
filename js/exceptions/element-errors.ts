/** Elements that could not be loaded (`trackElementErrors`), as errors. */

import { NETWORK } from '../engine-contract.ts';
import type { Failure, ReportError } from '../page/errors.ts';
import type { Listening } from '../page/listen.ts';

export function observeElements({ listen }: Listening, report: ReportError): void {
  listen(window, ['error'], ({ target }) => {
    const failure = target !== window && failureOf(target as never);
    if (failure) report([NETWORK, failure]);
  });
}

/** The page may change its address before it is read: to that of a replacement. */
function failureOf(element: HTMLImageElement & HTMLLinkElement): Failure | undefined {
  const { localName, currentSrc, src, href } = element;
  // Chromium leaves that of a blocked image as it is written in the page.
  const url = /:/.test(currentSrc) ? currentSrc : src || href;
  // The href of an SVG image is an object; what loads nothing has none.
  return typeof url === 'string' && url ? { localName, url } : undefined;
}
