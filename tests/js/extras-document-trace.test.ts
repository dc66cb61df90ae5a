/** The trace that the server wrote into the page, compared with the official SDK. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { getDocumentTraceId } from '@datadog/browser-rum-core/cjs/domain/tracing/getDocumentTraceId.js';
import { documentTrace } from '../../js/extras/document-trace.ts';
import { replaceGlobals } from './extras-fixture.ts';

const ORIGIN = performance.timeOrigin;
const NOW = `${Math.round(ORIGIN)}`;

const ELEMENT = 1;
const TEXT = 3;
const COMMENT = 8;
replaceGlobals({ Node: { ELEMENT_NODE: ELEMENT, TEXT_NODE: TEXT, COMMENT_NODE: COMMENT } });

const comment = (data: string) => ({ nodeType: COMMENT, data });
const element = { nodeType: ELEMENT };
const space = { nodeType: TEXT };

interface Nodes {
  metas?: Record<string, string>;
  first?: object[];
  body?: object[];
}

function page({ metas = {}, first = [], body = [] }: Nodes): Document {
  const linked: Record<string, unknown>[] = body.map((node) => ({ ...node }));
  linked.forEach((node, index) => {
    node.previousSibling = linked[index - 1] ?? null;
  });
  return {
    childNodes: [...first, element],
    body: { childNodes: linked, lastChild: linked.at(-1) ?? null },
    querySelector(selector: string) {
      const content = metas[/dd-trace-(\w+)/.exec(selector)?.[1] ?? ''];
      return content === undefined ? null : { content };
    },
  } as unknown as Document;
}

const written = (id: string, time = NOW) => comment(`  DATADOG;trace-id=${id};trace-time=${time} `);
const old = `${Math.round(ORIGIN) - 120_001}`;

const PAGES: [name: string, nodes: Nodes, expected: string | undefined][] = [
  ['meta elements', { metas: { id: '1', time: NOW } }, '1'],
  ['meta elements that are too old', { metas: { id: '1', time: old } }, undefined],
  ['meta elements without a time', { metas: { id: '1' } }, undefined],
  ['a time that is none', { metas: { id: '1', time: 'x' }, first: [written('2')] }, '2'],
  ['meta elements before a comment', { metas: { id: '1', time: NOW }, first: [written('2')] }, '1'],
  ['a comment of the document', { first: [comment('x'), written('2')] }, '2'],
  ['a comment at the end of the body', { body: [element, space, written('3'), space] }, '3'],
  ['a comment before the end of the body', { body: [written('3'), element] }, undefined],
  ['a comment with blanks', { first: [comment('DATADOG; trace-time = 9e14 ; trace-id = 4')] }, '4'],
  ['a comment of somebody else', { first: [comment('trace-id=1;trace-time=9e14')] }, undefined],
  ['a comment that is too old', { body: [written('2', old)] }, undefined],
  ['no trace', {}, undefined],
];

for (const [name, nodes, expected] of PAGES) {
  test(`the trace of ${name}`, () => {
    assert.equal(documentTrace(page(nodes)), expected);
    assert.equal(getDocumentTraceId(page(nodes)), expected);
  });
}

test('a trace that is two minutes old is too old, and one a millisecond younger is not', () => {
  for (const [age, expected] of [
    [120_000, undefined],
    [119_999, '1'],
  ] as const) {
    const nodes = page({ metas: { id: '1', time: `${ORIGIN - age}` } });
    assert.equal(documentTrace(nodes), expected);
    assert.equal(getDocumentTraceId(nodes), expected);
  }
});
