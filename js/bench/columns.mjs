// What is compared: each is one script of a page, and the name of its API.

/** In the order of the table; ratios are to `slim`. */
export const columns = [
  { name: 'none' },
  { name: 'ferrum', folder: 'dist/cdn', script: 'ferrum.js', api: 'ferrum' },
  { name: 'dropin', folder: 'dist/cdn', script: 'datadog-rum.js', api: 'DD_RUM' },
  {
    name: 'datadog',
    folder: 'node_modules/@datadog/browser-rum/bundle',
    script: 'datadog-rum.js',
    api: 'DD_RUM',
  },
  {
    name: 'slim',
    folder: 'node_modules/@datadog/browser-rum-slim/bundle',
    script: 'datadog-rum-slim.js',
    api: 'DD_RUM',
  },
];

/**
 * The same for all, and as without a proxy. No telemetry: the official SDK draws lots for it, page by
 * page.
 */
export const initOptions = {
  applicationId: '5b2c1d1e-7a34-4f0c-9a53-0c8a4d2f9b11',
  clientToken: 'pubbench',
  service: 'bench',
  env: 'bench',
  version: '1.0.0',
  sessionSampleRate: 100,
  telemetrySampleRate: 0,
  compressIntakeRequests: true,
  betaEnableViewUpdates: true,
};
