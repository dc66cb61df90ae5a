// How many tests passed, and which did not, read from what the test runners print for machines.
import { stripVTControlCharacters } from 'node:util';

export const none = { passed: 0, failed: 0, skipped: 0, failures: [] };
export const passedOne = { ...none, passed: 1 };

/** `failure` names it. */
export function failedOne(failure) {
  return { ...none, failed: 1, failures: [failure] };
}

export function add(...counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return {
    passed: sum('passed'),
    failed: sum('failed'),
    skipped: sum('skipped'),
    failures: counts.flatMap(({ failures }) => failures),
  };
}

/** A runner that failed without a failed test, or ran no test at all, counts as one failed test. */
export function orFailed(count, code) {
  const isSound = count.failed > 0 || (code === 0 && count.passed > 0);
  return isSound
    ? count
    : add(count, failedOne(`no test failed, but the runner: exit code ${code}`));
}

/** `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once per test binary, and `test NAME ... FAILED` */
export function countCargo(output) {
  const results = output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm);
  const failures = [...output.matchAll(/^test (.+) \.\.\. (?:FAILED|FAIL)$/gm)];
  return add(
    ...[...results].map(([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped),
      failures: [],
    })),
    { ...none, failures: failures.map(([, name]) => name) },
  );
}

/** The summary of Node's TAP: `# pass 3` and so on, and `not ok 1 - NAME`. */
export function countTap(report) {
  const number = (key) => Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
    failures: [...report.matchAll(/^ *not ok \d+ - (.+)$/gm)].map(([, name]) => name),
  };
}

/** The JSON report of Playwright. A test that passes only when tried again is a failed one. */
export function countPlaywright({ stats, errors, suites = [] }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: [...suites.flatMap(failuresOf), ...errors.map(firstLine)],
  };
}

/** `session.spec.ts:12 title: what was wrong`, of a suite and those in it. */
function failuresOf({ suites = [], specs = [] }) {
  const failures = specs.flatMap(({ file, line, title, tests }) => {
    const results = tests.flatMap((test) => test.results);
    const errors = results.flatMap(({ error }) => (error ? [firstLine(error)] : []));
    return errors[0] ? [`${file}:${line} ${title}: ${errors[0]}`] : [];
  });
  return [...failures, ...suites.flatMap(failuresOf)];
}

/** Without the colours that terminals show. */
function firstLine({ message = 'no message' }) {
  return stripVTControlCharacters(message).split('\n')[0];
}
