/** A time axis from 0 to `end` milliseconds. */

/** Round steps that give at most `most` ticks. */
export function ticks(end: number, most: number): number[] {
  if (!(end > 0) || most < 1) return [0];
  const step = roundStep(end / most);
  const found: number[] = [];
  for (let index = 0; index * step <= end; index += 1) found.push(index * step);
  return found;
}

function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].find((candidate) => candidate * power >= rough) ?? 10;
  return step * power;
}

/** Percent of the axis, clamped so that hostile times stay inside of the chart. */
export function percent(ms: number, end: number): number {
  if (!(end > 0) || !Number.isFinite(ms)) return 0;
  return Math.min(100, Math.max(0, (ms / end) * 100));
}
