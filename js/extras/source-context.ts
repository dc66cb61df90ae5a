/**
 * Micro-frontends: build plugins leave in `DD_SOURCE_CODE_CONTEXT` which service, version and debug id
 * the code of a file has (browser-core 7.16, `sourceCodeContext.ts`).
 */

import type { Context } from '../types.ts';

interface Source {
  service?: string;
  version?: string;
  ddDebugId?: string;
}

/** The URL of a frame, whichever browser wrote it; of code made by `eval`, where that was called. */
const FRAME =
  /(?:^|[\s@(])((?:blob:)?[a-z][a-z\d+.-]{0,30}:\/\/[^\s()]{1,2048}?)(?::\d+){1,2}(?=\)|\s|$)/i;

/** Urls of the frames of a stack, the message before them left out. */
function urls(stack: unknown): string[] {
  const lines = typeof stack === 'string' ? stack.split('\n') : [];
  const frames = lines.filter((line) => /^\s*at |@|^\w+:\/\//.test(line));
  return frames.flatMap((line) => FRAME.exec(line)?.[1] ?? []);
}

export interface SourceContext {
  /**
   * Sets `service` and `version` of `event`, which is parsed JSON, by the first frame of the error, of
   * the call that made the event, or of the first script of a long frame; and `_dd.debug_ids`.
   */
  apply(event: Context, handlingStack: unknown): void;
}

export function sourceContext(
  page = globalThis as { DD_SOURCE_CODE_CONTEXT?: Record<string, Source> },
): SourceContext {
  const byUrl = new Map<string, Source>();
  const seen = new Set<string>();

  /** Files that were loaded since have added theirs. */
  const read = (): void => {
    for (const [stack, source] of Object.entries(page.DD_SOURCE_CODE_CONTEXT ?? {})) {
      if (seen.has(stack)) continue;
      seen.add(stack);
      const [url] = urls(stack);
      if (url && !byUrl.has(url)) byUrl.set(url, source);
    }
  };

  const debugIds = (all: string[]) => {
    const ids = [...new Set(all)].map((url) => ({ url, id: byUrl.get(url)?.ddDebugId }));
    return ids.filter(({ id }) => id !== undefined);
  };

  return {
    apply(event, handlingStack) {
      read();
      if (!byUrl.size) return;
      const { error, long_task: longTask } = event as {
        error?: { stack?: string; causes?: { stack?: string }[] };
        long_task?: { scripts?: { source_url?: string }[] };
      };
      const scripts = (longTask?.scripts ?? []).map(({ source_url: url }) => url ?? '');
      const [url] = longTask ? scripts : urls(error?.stack || handlingStack);
      const { service, version } = byUrl.get(url ?? '') ?? {};
      if (service !== undefined) event.service = service;
      if (version !== undefined) event.version = version;

      const stacks = error && [error.stack, ...(error.causes ?? []).map(({ stack }) => stack)];
      const ids = debugIds(stacks ? stacks.flatMap(urls) : scripts);
      if (ids[0]) event._dd = { ...(event._dd as object), debug_ids: ids };
    },
  };
}
