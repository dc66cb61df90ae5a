/** Chunks of Ferrum's that the page is loading now: their arrival is nothing that the page does. */

/** ms in which all observers are told of a file that has arrived. */
const NEWS_DELAY = 100;

let loading = 0;

export function ownChunk<T>(chunk: Promise<T>): Promise<T> {
  const end = () => setTimeout(() => loading--, NEWS_DELAY);
  loading++;
  chunk.then(end, end);
  return chunk;
}

/** Bundlers give them other names: meanwhile any script may be one. */
export function mayBeOwnChunk(url: string): boolean {
  return loading > 0 && /\.m?js\b/.test(url);
}
