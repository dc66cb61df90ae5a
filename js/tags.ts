import type { InitConfiguration } from './types.ts';
import { VERSION } from './version.ts';

/** The `ddtags` of every event. A comma would end a tag. */
export function tags({ applicationId, env, service, version }: InitConfiguration): string {
  return Object.entries({ sdk_version: VERSION, env, service: service || applicationId, version })
    .filter(([, value]) => value)
    .map(([key, value]) => `${key}:${`${value}`.replace(/,/g, '_')}`)
    .join();
}
