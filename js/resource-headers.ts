/** As a type, a tuple of the names. */
type TrackedResourceHeaders = readonly [
  'cache-control',
  'etag',
  'age',
  'expires',
  'content-type',
  'content-encoding',
  'vary',
  'content-length',
  'server-timing',
  'x-cache',
  'cf-cache-status',
  'x-vercel-cache',
];

/**
 * The headers of resources that `trackResourceHeaders: true` collects (browser-rum-core 7.16,
 * `configuration.ts`).
 */
export const DEFAULT_TRACKED_RESOURCE_HEADERS =
  'cache-control etag age expires content-type content-encoding vary content-length server-timing x-cache cf-cache-status x-vercel-cache'.split(
    ' ',
  ) as never as TrackedResourceHeaders;
