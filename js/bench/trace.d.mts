interface TraceEvent {
  name: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  tdur: number;
  args: { data?: { type: string } };
}

type Test = (event: TraceEvent) => boolean;

export function threadOf(isMark: Test, events: TraceEvent[]): TraceEvent[];
export function scriptTime(thread: TraceEvent[]): number;
export function scriptTimesToPaint(thread: TraceEvent[]): number[];
export function isDispatch(type: string): Test;
