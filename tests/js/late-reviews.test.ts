/** Events that wait for extras that a page asks for late. */

import assert from 'node:assert/strict';
import test from 'node:test';
import { keepContext } from '../../js/page/domain-context.ts';
import { DELIVERY, REVIEWED } from '../../js/page/kinds.ts';
import { listenAsEngine } from './engine-memory.ts';
import { replaceGlobals } from './extras-fixture.ts';

type Assemble = (json: string, token: number) => string | undefined;

/** A micro-frontend comes to a page whose extras are loaded when `load` is called. */
async function lateFrontend(run: (page: Awaited<ReturnType<typeof openPage>>) => Promise<void>) {
  const restore = replaceGlobals({ DD_SOURCE_CODE_CONTEXT: {} });
  try {
    await run(await openPage());
  } finally {
    restore();
  }
}

async function openPage() {
  const told = await listenAsEngine();
  const { createReviews } = await import('../../js/reviews.ts');
  let load: (extras: never) => void = () => {};
  const loading = new Promise<never>((resolve) => {
    load = resolve;
  });
  const reviews = createReviews({}, () => loading);
  const kept: object[] = [];
  let last = 0;
  return {
    kept,
    /** One that the engine asks about. */
    happen(): void {
      last += 1;
      reviews.review(`event ${last}`, last, keepContext({ number: last }), false);
    },
    async load(assemble: Assemble) {
      const extras = { keepContext: (context: object) => kept.push(context), assemble };
      load({ ...extras, nameContext() {} } as never);
      await loading;
    },
    /** What the engine was told of events, in that order. */
    answers: () =>
      told
        .filter(({ kind }) => kind === REVIEWED)
        .map(({ numbers, texts }) => [...numbers, ...texts]),
    isAsked: () => told.some(({ kind }) => kind === DELIVERY),
  };
}

const asItIs = (number: number) => [number, 1, `event ${number}`];

const numbersTo = (last: number) => Array.from({ length: last }, (_, index) => index + 1);

test('up to 500 events wait for the extras, which review them', () =>
  lateFrontend(async (page) => {
    for (const _ of numbersTo(500)) page.happen();
    assert.ok(page.isAsked());
    assert.deepEqual(page.answers(), []);
    await page.load((_, token) => `reviewed ${token}`);
    const reviewed = (number: number) => [number, 1, `reviewed ${number}`];
    assert.deepEqual(page.answers(), numbersTo(500).map(reviewed));
  }));

test('with one more all of them go as they are, in their order, and what comes then waits', () =>
  lateFrontend(async (page) => {
    for (const _ of numbersTo(501)) page.happen();
    assert.deepEqual(page.answers(), numbersTo(501).map(asItIs));
    page.happen();
    assert.equal(page.answers().length, 501);
    await page.load((json) => `reviewed ${json}`);
    assert.deepEqual(page.answers().slice(501), [[502, 1, 'reviewed event 502']]);
  }));

test('no more contexts are kept than events wait', () =>
  lateFrontend(async (page) => {
    for (const _ of numbersTo(502)) page.happen();
    const tokens: number[] = [];
    await page.load((json, token) => {
      tokens.push(token);
      return json;
    });
    assert.deepEqual(
      page.kept,
      numbersTo(500).map((number) => ({ number })),
    );
    assert.deepEqual(tokens, [0]);
  }));
