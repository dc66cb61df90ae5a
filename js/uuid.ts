/** A random UUID v4 in lower case. `crypto.randomUUID` is absent in insecure contexts, this is not. */
export function uuid(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (
      +digit ^
      ((crypto.getRandomValues(new Uint8Array(1))[0] as number) & (15 >> (+digit / 4)))
    ).toString(16),
  );
}
