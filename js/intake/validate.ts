import { existsSync, readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import { at, type Json } from './json.ts';
import type { Violation } from './stream.ts';
import { notOneOf, violationsOf } from './violation.ts';

/** Says what is wrong with an event of a track; nothing if it is valid or its track has no schema. */
export type Validate = (track: string, event: Json, bytes: number) => Violation[];

/** An event is checked to its end, and a hostile one could be wrong in every byte. Datadog's SDK drops it at 256 KiB. */
const maxBytes = 1024 ** 2;

const rumDefinitions: Record<string, string> = {
  action: 'RumActionEvent',
  error: 'RumErrorEvent',
  long_task: 'RumLongTaskEvent',
  resource: 'RumResourceEvent',
  transition: 'RumTransitionEvent',
  view: 'RumViewEvent',
  view_update: 'RumViewUpdateEvent',
};

const vitalDefinitions: Record<string, string> = {
  duration: 'RumVitalDurationEvent',
  operation_step: 'RumVitalOperationStepEvent',
  websocket_connecting: 'RumVitalWebsocketConnectingEvent',
  websocket_open: 'RumVitalWebsocketOpenEvent',
  websocket_closing: 'RumVitalWebsocketClosingEvent',
  websocket_closed: 'RumVitalWebsocketClosedEvent',
};

const telemetryDefinitions: Record<string, string> = {
  configuration: 'TelemetryConfigurationEvent',
  usage: 'TelemetryUsageEvent',
  debug: 'TelemetryDebugEvent',
  error: 'TelemetryErrorEvent',
};

const key = { type: 'object', required: ['key'], properties: { key: { type: 'string' } } };

/** What `@datadog/openfeature-browser` sends of an exposure. */
const exposureSchema = {
  $id: 'exposure',
  type: 'object',
  required: ['timestamp', 'flag', 'variant', 'allocation', 'subject'],
  properties: {
    timestamp: { type: 'integer', minimum: 0, title: 'an integer, at least 0' },
    flag: key,
    variant: key,
    allocation: key,
    subject: { type: 'object', required: ['id'], properties: { id: { type: 'string' } } },
  },
};

/** Compiling takes longer than a short test, which may start many intakes. */
const validates = new Map<string, Validate>();

/**
 * Reads the schema that the build generates from Datadog's published types.
 *
 * @param schemaFile - where it is, if not in `dist/`
 */
export function createValidate(schemaFile?: string): Validate {
  const text = readSchema(schemaFile);
  const validate = validates.get(text) ?? compile(JSON.parse(text));
  validates.set(text, validate);
  return validate;
}

/** The bundle is `dist/node/intake.js`; the source is run as it is by the tests. */
function readSchema(schemaFile: string | undefined): string {
  const name = 'schema/rum-events.schema.json';
  const places = schemaFile
    ? [schemaFile]
    : [new URL(`../${name}`, import.meta.url), new URL(`../../dist/${name}`, import.meta.url)];
  const place = places.find((candidate) => existsSync(candidate));
  if (!place) throw new Error(`there is no ${places.at(-1)}: it is made by npm run build`);
  return readFileSync(place, 'utf8');
}

function compile(schema: Json): Validate {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
  });
  ajv.addSchema(schema, 'rum').addSchema(exposureSchema);
  const compiled = (reference: string) => ajv.getSchema(reference) as ValidateFunction;
  return (track, event, bytes) => {
    if (track !== 'rum' && track !== 'exposures') return [];
    if (bytes > maxBytes) return [{ path: '', message: `is larger than ${maxBytes} bytes` }];
    if (track === 'exposures') return check(compiled('exposure'), event);
    const branch = branchOf(event);
    if (typeof branch !== 'string') return [branch];
    return check(compiled(`rum#/definitions/${branch}`), event);
  };
}

/** The one definition that an event has to match, or why there is none. */
function branchOf(event: Json): string | Violation {
  if (event.type === 'vital') return vitalBranch(event);
  if (event.type === 'telemetry') return telemetryBranch(event);
  const names = [...Object.keys(rumDefinitions), 'vital', 'telemetry'];
  return pick(rumDefinitions, event.type) ?? notOneOf('/type', names, event.type);
}

function vitalBranch(event: Json): string | Violation {
  const type = at(event, 'vital', 'type');
  const name = at(event, 'vital', 'name');
  const path = type === 'websocket' ? '/vital/name' : '/vital/type';
  const value = type === 'websocket' ? name : type;
  const isName = (key: string) => key.startsWith('websocket_');
  const names = Object.keys(vitalDefinitions).filter(
    (key) => isName(key) === (type === 'websocket'),
  );
  if (typeof value === 'string' && names.includes(value)) return vitalDefinitions[value] as string;
  return notOneOf(path, type === 'websocket' ? names : [...names, 'websocket'], value);
}

function telemetryBranch(event: Json): string | Violation {
  const type = at(event, 'telemetry', 'type') ?? 'log';
  const isLog = type === 'log';
  const value = isLog ? at(event, 'telemetry', 'status') : type;
  const names = isLog ? ['debug', 'error'] : ['configuration', 'usage'];
  if (typeof value === 'string' && names.includes(value))
    return telemetryDefinitions[value] as string;
  if (isLog) return notOneOf('/telemetry/status', names, value);
  return notOneOf('/telemetry/type', [...names, 'log'], value);
}

function pick(definitions: Record<string, string>, name: unknown): string | undefined {
  return typeof name === 'string' && Object.hasOwn(definitions, name)
    ? definitions[name]
    : undefined;
}

function check(validate: ValidateFunction, event: Json): Violation[] {
  return validate(event as unknown)
    ? []
    : violationsOf(validate.errors ?? [], event.type === 'view_update');
}
