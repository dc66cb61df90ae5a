/** What `trackResourceHeaders: true` means (browser-rum-core 7.16). Public in the drop-in. */
export const DEFAULT_TRACKED_RESOURCE_HEADERS = [
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
] as const;
