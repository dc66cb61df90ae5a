/** Messages for the developers of the page, by the console's functions of now. */
export function createDisplay(name: string) {
  const { warn, error } = console;
  const prefixed =
    (print: typeof warn) =>
    (message: string, ...details: unknown[]): void =>
      print(`${name}: ${message}`, ...details);
  return { warn: prefixed(warn), error: prefixed(error) };
}
