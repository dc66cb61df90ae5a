/** Ids from a good source: none must be guessed from another. */

/** Two of 64 bits. All at once: asking for them is what takes time. */
export function randomNumbers(): [bigint, bigint] {
  return [...crypto.getRandomValues(new BigUint64Array(2))] as never;
}

/** 16 digits. */
export function hex(bits: bigint): string {
  return bits.toString(16).padStart(16, '0');
}

/** A random UUID v4 in lower case. `crypto.randomUUID` is absent in insecure contexts, this is not. */
export function uuid(): string {
  return randomNumbers()
    .map(hex)
    .join('')
    .replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
