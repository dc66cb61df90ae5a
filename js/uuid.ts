/** Ids from a good source: none must be guessed from another. */

/** As many random bits, at most 64. */
export function randomBits(bits: number): bigint {
  return BigInt.asUintN(bits, crypto.getRandomValues(new BigUint64Array(1))[0] as bigint);
}

/** 16 digits. */
export function hex(bits: bigint): string {
  return bits.toString(16).padStart(16, '0');
}

/** A random UUID v4 in lower case. `crypto.randomUUID` is absent in insecure contexts, this is not. */
export function uuid(): string {
  // All at once: asking for them is what takes time.
  return [...crypto.getRandomValues(new BigUint64Array(2))]
    .map(hex)
    .join('')
    .replace(/(.{8})(.{4}).(.{3}).(.{3})/, '$1-$2-4$3-8$4-');
}
