/**
 * What the time to a largest paint went into: `view.performance.lcp.sub_parts` (web-vitals 6.2.3,
 * `attribution/onLCP`).
 */

import type { Observe } from './observe.ts';
import { ns, type SubParts } from './view.ts';

/** Of resources, as many as the reference: browsers keep the first 250 only, and pages clear them. */
const LIMIT = 50;

/** How what was painted had come. */
export interface Picture {
  name: string;
  startTime: number;
  /** 0 where another site does not tell. */
  requestStart: number;
  responseEnd: number;
}

/** The last request of an address before that was painted; of text none. */
export type FindPicture = (url: string, paintedAt: number) => Picture | undefined;

export function observePictures(observe: Observe): FindPicture {
  const { all } = observe('resource', LIMIT, (entry): Picture => entry as never);
  return (url, paintedAt) => {
    if (!url) return undefined;
    // It may go on coming when it is painted, as films do.
    const isIt = (resource: Picture) => resource.name === url && requestOf(resource) <= paintedAt;
    const kept = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    return [...kept, ...all].filter(isIt).pop();
  };
}

/** `firstByte` and `value`, in milliseconds, are after `origin`. Text has nothing to load. */
export function subPartsOf(
  picture: Picture | undefined,
  { origin, firstByte, value }: { origin: number; firstByte: number; value: number },
): SubParts {
  const requested = Math.max(firstByte, picture ? requestOf(picture) - origin : 0);
  const arrived = Math.min(value, Math.max(requested, picture ? picture.responseEnd - origin : 0));
  return {
    load_delay: ns(requested - firstByte),
    load_time: ns(arrived - requested),
    render_delay: ns(value - arrived),
  };
}

function requestOf({ requestStart, startTime }: Picture): number {
  return requestStart || startTime;
}
