/** The address of a request, as Datadog's SDK builds it: intakes and proxies parse it. */

import type { InitConfiguration } from './types.ts';
import { uuid } from './uuid.ts';
import { VERSION } from './version.ts';

const DEFAULT_SITE = 'datadoghq.com';

/**
 * `encoding` and `retry` are fragments of the query, each with its leading `&`, at Datadog's places.
 * Built anew for every request, because of its id and its time. Throws what the page's proxy
 * function throws, and for a proxy that is no URL.
 */
export function intakeUrl(
  { clientToken, site, proxy }: Pick<InitConfiguration, 'clientToken' | 'site' | 'proxy'>,
  api: 'fetch' | 'beacon',
  encoding = '',
  retry = '',
): string {
  const path = '/api/v2/rum';
  const parameters = `ddsource=browser&dd-api-key=${clientToken}&dd-evp-origin-version=${VERSION}&dd-evp-origin=browser&dd-request-id=${uuid()}${encoding}&batch_time=${Date.now()}&_dd.api=${api}${retry}`;
  if (typeof proxy === 'function') return proxy({ path, parameters });
  const target = `${path}?${parameters}`;
  return proxy
    ? `${new URL(proxy, document.baseURI)}?ddforward=${encodeURIComponent(target)}`
    : `https://browser-intake-${(site || DEFAULT_SITE).replace(/\.(?=.*\.)/g, '-')}${target}`;
}
