/** The trace of the page's own request, which the server wrote into the page. */

/** ms: an older one comes from a cache (browser-rum-core 7.16, `getDocumentTraceId`). */
const AGE_LIMIT = 120_000;

/**
 * The id as the server wrote it; `undefined` when there is none or it is older than this page.
 * Call it when the document is complete: the comment may be its last node.
 */
export function documentTrace(
  document: Document,
  timeOrigin = performance.timeOrigin,
): string | undefined {
  const meta = (name: string) =>
    document.querySelector<HTMLMetaElement>(`meta[name=dd-trace-${name}]`)?.content;
  const traces = [[meta('id'), meta('time')]];
  for (const comment of comments(document)) {
    const value = (name: string) =>
      new RegExp(`(?:^|[;\\s])trace-${name}\\s*=\\s*(.*?)(?:;|$)`).exec(comment)?.[1];
    traces.push([value('id'), value('time')]);
  }
  const [id, time] = traces.find(([id, time]) => id && Number(time)) ?? [];
  return id && Number(time) > timeOrigin - AGE_LIMIT ? id : undefined;
}

/**
 * Of the document's own comments and those at the end of the body (where the parser puts what follows
 * `</html>`), the ones for us.
 */
function comments(document: Document): string[] {
  const nodes: (Node | null)[] = [...document.childNodes];
  let last: Node | null | undefined = document.body?.lastChild;
  while (last && (last.nodeType === Node.TEXT_NODE || last.nodeType === Node.COMMENT_NODE)) {
    nodes.push(last);
    last = last.previousSibling;
  }
  return nodes.flatMap((node) =>
    node?.nodeType === Node.COMMENT_NODE
      ? (/^\s*DATADOG;(.*?)\s*$/.exec((node as Comment).data)?.[1] ?? [])
      : [],
  );
}
