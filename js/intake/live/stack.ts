export interface Frame {
  /** The line as it came, when it is no frame. */
  raw: string;
  callee: string | undefined;
  url: string;
  /** `line:column`, empty when unknown. */
  position: string;
}

const MOST_FRAMES = 200;
/** `  at renderPrice @ https://cdn.example.com/app.js:12:3456`: how RUM events write a frame. */
const FRAME = /^\s*at (.{0,500}?) @ (.*?)(?::(\d+))?(?::(\d+))?$/;

/** The first line repeats type and message; it is dropped when a frame follows. */
export function parseStack(stack: string): Frame[] {
  const lines = stack.split('\n', MOST_FRAMES + 1);
  const frames = lines.map(parseFrame);
  const firstFrame = frames.findIndex((frame) => frame.callee !== undefined);
  return firstFrame < 0 ? frames.filter((frame) => frame.raw !== '') : frames.slice(firstFrame);
}

function parseFrame(line: string): Frame {
  const match = FRAME.exec(line);
  if (!match) return { raw: line.trim(), callee: undefined, url: '', position: '' };
  const [, callee = '', url = '', row, column] = match;
  const position = [row, column].filter(Boolean).join(':');
  return { raw: line.trim(), callee, url, position };
}
