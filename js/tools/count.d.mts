export interface Count {
  passed: number;
  failed: number;
  skipped: number;
  /** What failed, by names for people. */
  failures: string[];
}

export const none: Count;
export function orFailed(count: Count, code: number): Count;
export function countCargo(output: string): Count;
export function countTap(report: string): Count;
export function countPlaywright(report: object): Count;
