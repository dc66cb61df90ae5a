/** A page may be prerendered long before anybody sees it, and some never are seen. */

/** Resolves when the page is one that a user visits: at once unless it is being prerendered. */
export function whenActivated(): Promise<unknown> {
  const page = document as { prerendering?: boolean };
  return new Promise((resolve) => {
    if (page.prerendering) document.addEventListener('prerenderingchange', resolve, { once: true });
    else resolve(undefined);
  });
}
