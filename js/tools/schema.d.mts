/** Skips the work if `outFile` is up to date. */
export function generateSchema(outFile: string): Promise<void>;
