/**
 * The one event that Ferrum sends about itself: the error that blew its fuse. This is the engine's
 * side: the module is there when there is an error to report, even if its wasm is not.
 */

import type { ShimStart } from '../engine-contract.ts';
import { textOf } from '../error.ts';
import { tags } from '../tags.ts';
import { createSend } from '../transport.ts';
import type { InitConfiguration } from '../types.ts';
import { VERSION } from '../version.ts';

/** Datadog has no telemetry there (browser-core 7.16, `domain/telemetry/telemetry.ts`). */
const GOVERNMENT_SITE = /ddog-gov\.com$/;

/** See `EngineModule`. */
export function reportError(shim: ShimStart, error: unknown): void {
  const body = telemetryError(shim.options, error, shim.isDropIn ? 20 : 100);
  // A copy: what the fuse looks for is a request with events.
  if (body) createSend({ ...shim })(body);
}

/**
 * Its JSON; `defaultRate` is in percent, that of the official SDK 20. `undefined` when it is not to be
 * sent. Of the stack only the frames of wasm and of files named after us, without hosts and paths.
 */
export function telemetryError(
  options: InitConfiguration,
  error: unknown,
  defaultRate = 100,
): string | undefined {
  const rate = options.telemetrySampleRate ?? defaultRate;
  if (Math.random() * 100 >= rate || GOVERNMENT_SITE.test(options.site ?? '')) return undefined;
  return JSON.stringify({
    type: 'telemetry',
    date: Date.now(),
    service: 'browser-rum-sdk',
    version: VERSION,
    source: 'browser',
    _dd: { format_version: 2 },
    telemetry: {
      type: 'log',
      status: 'error',
      message: withoutPlaces(textOf(error, 'message') || String(error)),
      error: { kind: textOf(error, 'name'), stack: ownFrames(textOf(error, 'stack')) },
      sdk_name: 'ferrum',
    },
    ddtags: tags(options),
    application: { id: options.applicationId },
  });
}

/** Of addresses the name of the file: it may be the page's own address, by a function of its options. */
function withoutPlaces(message: string): string {
  return message.replace(/\w+:\/\/[^\s?#]*\/([^\s?#]*)\S*/g, '$1');
}

function ownFrames(stack: string): string {
  return stack
    .split('\n')
    .filter((line) => /(ferrum|wasm)\S*:\w+\)?$/.test(line))
    .map((line) => line.replace(/[^\s(@]*\//g, ''))
    .join('\n');
}
