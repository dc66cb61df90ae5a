/** What `npm test` says of the reports of test runners, which it counts together. */

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as counts from '../../js/tools/count.mjs';

describe('the count of tests', () => {
  it('names the failed ones of cargo, of all binaries', () => {
    const output = [
      'test clicks::rage ... ok',
      'test clicks::dead ... FAILED',
      'test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured',
      'test result: ok. 3 passed; 0 failed; 2 ignored; 0 measured',
    ].join('\n');
    assert.deepEqual(counts.countCargo(output), {
      passed: 4,
      failed: 1,
      skipped: 2,
      failures: ['clicks::dead'],
    });
  });

  it('names the failed ones of node, suites included', () => {
    const report = [
      '    ok 1 - loads',
      '    not ok 2 - clicks',
      'not ok 1 - the page',
      '# pass 1',
      '# fail 2',
      '# cancelled 0',
    ].join('\n');
    const { failed, failures } = counts.countTap(report);
    assert.equal(failed, 2);
    assert.deepEqual(failures, ['clicks', 'the page']);
  });

  it('says where those of Playwright are, and what was wrong', () => {
    const test = (error?: object) => [{ results: [{ error }] }];
    const wrong = { message: '\u001b[31mError: no action\u001b[39m\nexpected 1' };
    const specs = [
      { file: 'clicks.spec.ts', line: 12, title: 'a click', tests: test(wrong) },
      { file: 'clicks.spec.ts', line: 20, title: 'a key', tests: test() },
    ];
    const stats = { expected: 1, unexpected: 1, flaky: 0, skipped: 0 };
    const report = { stats, errors: [], suites: [{ suites: [{ specs }] }] };
    assert.deepEqual(counts.countPlaywright(report), {
      passed: 1,
      failed: 1,
      skipped: 0,
      failures: ['clicks.spec.ts:12 a click: Error: no action'],
    });
  });

  it('takes a runner that fails without a failed test, or that ran none, for a failed one', () => {
    const passed = { ...counts.none, passed: 3 };
    assert.deepEqual(counts.orFailed(passed, 0), passed);
    for (const [count, code] of [
      [passed, 1],
      [counts.none, 0],
    ] as const) {
      const { failed, failures } = counts.orFailed(count, code);
      assert.equal(failed, 1);
      assert.match(failures[0] ?? '', new RegExp(`exit code ${code}`));
    }
  });
});
