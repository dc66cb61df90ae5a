import type { ErrorObject } from 'ajv';
import type { Violation } from './stream.ts';

const maxViolations = 20;

/**
 * Says in plain words what the validator found.
 *
 * @param isDiff - the event is a `view_update`, which leaves out what has not changed
 */
export function violationsOf(errors: readonly ErrorObject[], isDiff: boolean): Violation[] {
  const found = new Map<string, Violation>();
  for (const error of errors) {
    if (error.keyword === 'propertyNames' || (isDiff && isRightInDiff(error))) continue;
    const violation = describe(error);
    const isWorthMore = error.keyword === 'enum';
    if (isWorthMore || !found.has(violation.path)) found.set(violation.path, violation);
    if (found.size === maxViolations) break;
  }
  return [...found.values()];
}

/** A value that is none of those allowed. */
export function notOneOf(path: string, allowed: readonly unknown[], value: unknown): Violation {
  return { path, message: `must be one of ${allowed.join(', ')}; it is ${show(value)}` };
}

/** What every diff of browser-rum-core 7.16 (`startRumBatch.ts`) has, changed or not. */
const alwaysSent = new Set([
  '',
  '/type',
  '/date',
  ...['/application', '/application/id'],
  ...['/session', '/session/id', '/session/type'],
  ...['/view', '/view/id', '/view/url'],
  ...['/_dd', '/_dd/document_version', '/_dd/format_version'],
]);

/** Inside of what a diff replaces as a whole: some objects, and any array. */
const insideWhole =
  /^\/(context|connectivity|usr|device|privacy|view\/custom_timings)\/|\/\d+(\/|$)/;

/** The neighbours of a changed leaf may be missing, and `null` is what was removed. */
function isRightInDiff({ keyword, instancePath, data }: ErrorObject): boolean {
  if (alwaysSent.has(instancePath)) return false;
  if (keyword === 'required') return !insideWhole.test(`${instancePath}/`);
  return data === null && !insideWhole.test(instancePath);
}

function describe(error: ErrorObject): Violation {
  const { instancePath: path, keyword, params, data, propertyName, parentSchema } = error;
  if (keyword === 'required')
    return { path: below(path, params.missingProperty), message: 'is missing' };
  if (keyword === 'additionalProperties') {
    return { path: below(path, params.additionalProperty), message: 'is not declared' };
  }
  if (propertyName !== undefined) {
    return { path: below(path, propertyName), message: `must be ${parentSchema?.title}` };
  }
  if (keyword === 'enum') return notOneOf(path, params.allowedValues, data);
  return { path, message: `must be ${expected(error)}; it is ${show(data)}` };
}

function expected({ keyword, params, message = '', parentSchema }: ErrorObject): string {
  if (parentSchema?.title) return parentSchema.title;
  if (keyword === 'type') return [params.type].flat().join(' or ');
  if (keyword === 'const') return show(params.allowedValue);
  return message.replace(/^must (be )?/, '');
}

function below(path: string, property: string): string {
  return `${path}/${property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function show(value: unknown): string {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
