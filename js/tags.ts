import type { InitConfiguration } from './types.ts';
import { VERSION } from './version.ts';

/** The `ddtags` of every event; `more` may replace some. A comma would end a tag. */
export function tags(
  { applicationId, env, service, version }: InitConfiguration,
  more?: object,
): string {
  const known = { sdk_version: VERSION, env, service: service || applicationId, version, ...more };
  return Object.entries(known)
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}:${`${value}`.replace(/,/g, '_')}`)
    .join();
}
