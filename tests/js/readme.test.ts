import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

/** The members of an interface, but for those that only Datadog's own pages use. */
function membersOf(name: string, file: string): string[] {
  const types = read(file);
  const start = types.indexOf(`export interface ${name} {`);
  const body = types.slice(start, types.indexOf('\n}\n', start));
  const members = body.replace(/\/\*\* Datadog's own\. \*\/\n.*/g, '');
  return [...members.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(
    ([, member]) => `${member}`,
  );
}

test('the README names each option', () => {
  const options = membersOf('InitConfiguration', 'js/init-configuration.ts');
  assert.ok(options.length > 40);
  // Of the links to replays, of which there are none.
  const unnamed = options.filter((option) => !readme.includes(`\`${option}\``));
  assert.deepEqual(unnamed, ['subdomain']);
});

test('the README names each method, and says which have companions', () => {
  const methods = membersOf('Ferrum', 'js/types.ts');
  assert.ok(methods.length > 45);
  const companion = /^(get|set|remove|clear)(User|Account|GlobalContext)(Property)?$/;
  const unnamed = methods.filter((method) => !readme.includes(`\`${method}\``));
  assert.deepEqual(
    unnamed.filter((method) => !companion.test(method)),
    [],
  );
});
