// Properties that only Ferrum's own modules know, which are made one letter long in dist/.
import { readFileSync } from 'node:fs';
import { Failure, inRoot } from './command.mjs';
import { exported } from './engine.mjs';

/** Of what the shim and its chunks hand to each other, and then of the chunks. */
const names = [
  ...['contexts', 'noteContext', 'isDropIn', 'visit', 'hasBounced'],
  ...['entryObserver', 'earlyEntries', 'hiddenAt', 'onRequest', 'hasSent', 'wasAborted', 'viewId'],
  ...['requests', 'fail', 'intakeUrl', 'room', 'queue'],
  ...['answers', 'initIndex', 'assembleHooks'],
  ...['guarded', 'undo', 'settle', 'reach', 'describe', 'ignored', 'isExcluded', 'excludedUrls'],
  ...['deliverResources', 'deliverVitals', 'takeEntries', 'observeRequests', 'detailsOf'],
  ...['isTraced', 'isTraceSampled', 'spanId', 'nameSource', 'composedPathSelector'],
  ...['isValid', 'isLenient', 'isList', 'expected'],
  ...['keepContext', 'nameContext', 'isReviewing', 'isAwaited', 'endSession'],
  ...['lookAtAddress', 'isLateActivity'],
  ...['patchesOpen', 'onChange', 'peek', 'hurry', 'hold', 'documentTrace', 'internalTags'],
  ...['look', 'assemble', 'agree'],
  ...['observeElements', 'beginWithView', 'watchHistory', 'fitted', 'checkOptions'],
  ...['refuseSecond', 'rareCalls', 'tellLate', 'restoreContexts', 'openStorage'],
  ...['isRumInjected', 'sessionType'],
  ...['listenTo', 'measureRoute', 'explainRoute', 'measureLcp', 'explainLcp', 'paintedAt'],
  ...['firstByte', 'found'],
];

/** Not among them: letters that rectangles, cookies and snippets have as names. */
const letters = 'abdefghijklmnoprstuvwzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** Of which there are enough with a digit. */
const short = [...letters, ...[...letters].map((letter) => `${letter}0`)];

/** For esbuild. All bundles must agree, so none chooses for itself. */
export const mangled = {
  mangleProps: new RegExp(`^(${names.join('|')})$`),
  mangleCache: Object.fromEntries(names.map((name, index) => [name, short[index]])),
};

/** What pages and browsers, and with `exported` the engine, call by name. */
const outside = [
  ...['js/types.ts', 'js/init-configuration.ts', 'js/event-types.ts', 'js/extras/plugins.ts'],
  ...['dom', 'es5', 'es2020.bigint', 'es2022.error'].map(
    (library) => `node_modules/typescript/lib/lib.${library}.d.ts`,
  ),
];

/** A name that is also somebody else's would be lost to him. */
export function checkNames() {
  if (names.length > short.length) throw new Failure('there are too many names');
  const text = outside.map((path) => readFileSync(inRoot(path), 'utf8')).join('\n');
  for (const name of names) {
    const property = new RegExp(`^ *(readonly |[gs]et )?["']?${name}["']?\\??[(<:]`, 'm');
    if (property.test(text) || exported.includes(name))
      throw new Failure(`${name} is not a name of Ferrum's alone`);
  }
}

/** In a bundle: a name in quotes stays as it is. */
export function checkQuotes(bundle, text) {
  const [, name] = new RegExp(`["'\`](${names.join('|')})["'\`]`).exec(text) ?? [];
  if (name) throw new Failure(`${bundle}: ${name} is in quotes, and one letter elsewhere`);
}
