// dist/schema/: the JSON schema of RUM and telemetry events, from the types that Datadog's own SDK is compiled against.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constraints } from './schema-constraints.mjs';

const require = createRequire(import.meta.url);

const sources = [
  { package: '@datadog/browser-rum-core', types: 'cjs/rumEvent.types.d.ts', root: 'RumEvent' },
  {
    package: '@datadog/browser-core',
    types: 'cjs/domain/telemetry/telemetryEvent.types.d.ts',
    root: 'TelemetryEvent',
  },
];

/** Skips the work if `outFile` is what these types, constraints and generator make already. */
export async function generateSchema(outFile) {
  const stamp = describeInputs();
  if (existsSync(outFile) && JSON.parse(readFileSync(outFile, 'utf8')).$comment === stamp) return;
  const schema = withConstraints(schemaOfTypes());
  // Tests that run at the same time must never read half a file.
  const draft = `${outFile}.${process.pid}`;
  mkdirSync(dirname(outFile), { recursive: true });
  writeFileSync(draft, `${JSON.stringify({ $comment: stamp, ...schema })}\n`);
  renameSync(draft, outFile);
}

function describeInputs() {
  const hash = createHash('sha256');
  for (const name of ['schema.mjs', 'schema-constraints.mjs']) {
    hash.update(readFileSync(new URL(name, import.meta.url)));
  }
  const versions = sources.map(({ package: name }) => `${name} ${manifestOf(name).version}`);
  return `Generated from ${versions.join(' and ')} (Apache-2.0, Datadog, Inc.) ${hash.digest('hex').slice(0, 16)}`;
}

const manifestPath = (name) => require.resolve(`${name}/package.json`);
const manifestOf = (name) => JSON.parse(readFileSync(manifestPath(name), 'utf8'));

function schemaOfTypes() {
  // It loads the TypeScript compiler: only where there is work for it.
  const generator = require('ts-json-schema-generator');
  const definitions = {};
  for (const { package: name, types, root } of sources) {
    const path = join(dirname(manifestPath(name)), types);
    const { definitions: found, ...event } = generate(generator, path, root);
    Object.assign(definitions, found, { [root]: event });
  }
  return tidy({
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'rum-events.schema.json',
    anyOf: sources.map(({ root }) => ({ $ref: `#/definitions/${root}` })),
    definitions,
  });
}

function generate(generator, path, type) {
  const config = {
    ...generator.DEFAULT_CONFIG,
    path,
    type,
    skipTypeCheck: true,
    topRef: false,
    additionalProperties: false,
  };
  const program = generator.createProgram(config);
  const formatter = generator.createFormatter(config, (chain, circular) =>
    chain.addTypeFormatter(new (exactIntersection(generator))(circular)),
  );
  return new generator.SchemaGenerator(
    program,
    generator.createParser(program, config),
    formatter,
  ).createSchema(type);
}

/**
 * The generator's own formatter merges the members of `A & B` into one object, and where both declare a property keeps
 * only what they have in common: a view would lose its metrics. `allOf` says what TypeScript says, as long as every
 * member is open.
 */
function exactIntersection({ IntersectionTypeFormatter }) {
  return class extends IntersectionTypeFormatter {
    getDefinition(type) {
      return {
        allOf: type.getTypes().map((member) => this.childTypeFormatter.getDefinition(member)),
      };
    }
  };
}

/** Drops what validates nothing, turns `anyOf` of plain types into one type, and refuses what `allOf` cannot say. */
function tidy(node) {
  if (Array.isArray(node)) return node.map(tidy);
  if (typeof node !== 'object' || node === null) return node;
  if (node.allOf?.some(({ additionalProperties }) => additionalProperties === false)) {
    throw new Error(
      'an intersection has a closed member: allOf would forbid what the others declare',
    );
  }
  const kept = Object.entries(oneType(node)).filter(([key, value]) => !isNoise(key, value));
  return Object.fromEntries(kept.map(([key, value]) => [key, tidy(value)]));
}

function isNoise(key, value) {
  return (
    (key === 'description' && typeof value === 'string') ||
    (key === 'additionalProperties' && Object.keys(value).length === 0 && value !== false)
  );
}

/** `string | string[]` as `type: [string, array]`, so that a violation speaks of the value and not of branches. */
function oneType({ anyOf, ...node }) {
  if (!anyOf) return node;
  const types = anyOf.map(({ type }) => type);
  const isPlain =
    anyOf.every(
      (branch) => typeof branch.type === 'string' && !branch.enum && !('const' in branch),
    ) && new Set(types).size === types.length;
  return isPlain ? Object.assign(node, ...anyOf, { type: types }) : { anyOf, ...node };
}

function withConstraints(schema) {
  for (const [definition, paths] of Object.entries(constraints)) {
    for (const [path, constraint] of Object.entries(paths)) {
      const start = schema.definitions[definition];
      const leaves = start ? leavesAt(schema, start, path.match(/\[\]|[^.[\]]+/g)) : [];
      if (leaves.length === 0) throw new Error(`no type declares ${definition} ${path}`);
      for (const leaf of leaves) constrain(leaf, constraint);
    }
  }
  return schema;
}

function constrain(leaf, { type, ...rest }) {
  if (type && leaf.type !== 'number') throw new Error(`${type} would widen ${leaf.type}`);
  Object.assign(leaf, rest, type && { type });
}

/** Every declaration of a property: an intersection may have several. */
function leavesAt(schema, node, steps) {
  if (node.$ref) return leavesAt(schema, definitionAt(schema, node.$ref), steps);
  const branches = [...(node.allOf ?? []), ...(node.anyOf ?? [])];
  const below = branches.flatMap((branch) => leavesAt(schema, branch, steps));
  if (steps.length === 0) return branches.length > 0 ? below : [node];
  const next = step(node, steps[0]);
  return next ? [...below, ...leavesAt(schema, next, steps.slice(1))] : below;
}

const definitionAt = ({ definitions }, ref) => definitions[ref.slice('#/definitions/'.length)];

function step(node, name) {
  if (name === '[]') return node.items;
  if (name === '*') return node.additionalProperties;
  if (name === 'keys' && node.additionalProperties) {
    node.propertyNames ??= {};
    return node.propertyNames;
  }
  return node.properties?.[name];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await generateSchema(
    fileURLToPath(new URL('../../dist/schema/rum-events.schema.json', import.meta.url)),
  );
}
