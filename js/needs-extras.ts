/** When the engine's chunk loads the extras. This is the engine's side. */

/** Options of `init` that the extras are for: of each a part that no other option has. */
const OPTIONS = /beforeSend|plugins|GraphQl|ResourceH|WebS|AcrossPages|scrub|ingOrigins|replica/;

export function needsExtras(options: object, page: Document | undefined): boolean {
  return (
    Object.entries(options).some(([name, value]) => value && OPTIONS.test(name)) ||
    // Set by an app around the page, and by build plugins.
    'DatadogEventBridge' in globalThis ||
    'DD_SOURCE_CODE_CONTEXT' in globalThis ||
    mayHaveTrace(page) ||
    isOfExtension(Error().stack)
  );
}

/** Whether an address, or a stack, is of a browser extension: code that others put into the page. */
export function isOfExtension(text: string | undefined): boolean {
  return /(chrome|moz)-extension:\/\//.test(`${text}`);
}

/**
 * Whether the server seems to have written the trace of the page's own request into it;
 * `extras/document-trace.ts` looks closely. A comment after the end of the page is, before blanks, the
 * last node of its body.
 */
function mayHaveTrace(page: Document | undefined): boolean {
  const last = page?.body?.lastChild;
  const nodes = [...(page?.childNodes ?? []), last, last?.previousSibling] as (Text | undefined)[];
  return (
    nodes.some((node) => /DATADOG;/.test(node?.data as string)) ||
    !!page?.querySelector('meta[name=dd-trace-id]')
  );
}

/** For the chunk of the remote configuration. */
export function needsRemoteConfiguration(options: object): boolean {
  const given = options as Record<string, unknown>;
  return !!(given.remoteConfigurationId || given.remoteConfiguration);
}
