/** A page with our description of targets and the official SDK's, for tests to compare. */

import { build } from 'esbuild';
import type { ActionName } from '../../js/page/action-name.ts';
import type * as OurAncestors from '../../js/page/ancestors.ts';
import type * as OurPaths from '../../js/page/composed-path.ts';
import type * as OurPrivacy from '../../js/page/privacy.ts';
import type * as OurSelectors from '../../js/page/selector.ts';
import type * as OurTargets from '../../js/page/target.ts';
import type { Page } from './fixture.ts';
import { root } from './site.ts';

export interface NameOptions extends OurPrivacy.PrivacyOptions {
  actionNameAttribute?: string | undefined;
}

type PrivacyLevel = OurPrivacy.PrivacyLevel;

interface Theirs {
  getNodePrivacyLevel(node: Node, fallback: PrivacyLevel): PrivacyLevel;
  getActionNameFromElement(element: Element, options: NameOptions, level: PrivacyLevel): ActionName;
  getSelectorFromElement(element: Element, attribute: string | undefined): string | undefined;
  getComposedPathSelector(path: EventTarget[], attribute: string | undefined): string;
  getFrustrationIgnore(element: Element): number;
}

declare global {
  interface Window {
    our: typeof OurTargets &
      typeof OurAncestors &
      typeof OurPaths &
      typeof OurPrivacy &
      typeof OurSelectors;
    their: Theirs;
    /** The path of an event at the element. */
    pathOf(element: Element): EventTarget[];
    $DD_ALLOW?: Set<string> | undefined;
  }
}

const ours = ['target', 'ancestors', 'composed-path', 'privacy', 'selector'];

const theirs = [
  'privacy',
  'action/getActionNameFromElement',
  'action/frustrationIgnore',
  'getSelectorFromElement',
  'getComposedPathSelector',
];

export async function loadTargets(page: Page): Promise<void> {
  const scripts = await Promise.all([
    bundle('our', 'js/page', ours),
    bundle('their', 'node_modules/@datadog/browser-rum-core/src/domain', theirs),
  ]);
  await page.setContent('<!doctype html><body>');
  await page.evaluate(`${scripts.join(';')};Object.assign(window, { our, their })`);
  await page.evaluate(() => {
    window.pathOf = (element) => {
      let path: EventTarget[] = [];
      const listener = (event: Event) => (path = event.composedPath());
      window.addEventListener('seen', listener, { capture: true, once: true });
      element.dispatchEvent(new Event('seen', { composed: true }));
      return path;
    };
  });
}

async function bundle(globalName: string, folder: string, names: string[]): Promise<string> {
  const contents = names.map((name) => `export * from './${folder}/${name}.ts';`).join('');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root },
    bundle: true,
    format: 'iife',
    write: false,
    globalName,
  });
  return outputFiles[0]?.text as string;
}
