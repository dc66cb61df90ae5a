// How many tests passed, read from what the test runners print for machines.

export const none = { passed: 0, failed: 0, skipped: 0 };
export const passedOne = { ...none, passed: 1 };
export const failedOne = { ...none, failed: 1 };

export function add(...counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** A runner that failed without a failed test, or ran no test at all, counts as one failed test. */
export function orFailed(count, code) {
  const isSound = count.failed > 0 || (code === 0 && count.passed > 0);
  return isSound ? count : add(count, failedOne);
}

/** `test result: ok. 3 passed; 0 failed; 1 ignored; …`, once per test binary */
export function countCargo(output) {
  const results = output.matchAll(/^test result: .*?(\d+) passed; (\d+) failed; (\d+) ignored/gm);
  return add(
    ...[...results].map(([, passed, failed, skipped]) => ({
      passed: Number(passed),
      failed: Number(failed),
      skipped: Number(skipped),
    })),
  );
}

/** The summary of Node's TAP: `# pass 3` and so on. */
export function countTap(report) {
  const number = (key) => Number(new RegExp(`^# ${key} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  return {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
}

/** The JSON report of Playwright. A test that passes only when tried again is a failed one. */
export function countPlaywright({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  };
}
