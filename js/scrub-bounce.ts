/** The option `scrubUrl` for the event that is sent before the engine came. */

/**
 * Removes all that any form of the option removes, so that a part of the page's own wish is enough:
 * the engine's first version of the view brings back what may stay. Only a function is asked, because
 * it may hide a part of the path; what it throws is for the caller, who then must not send.
 */
export function scrubbed(option: unknown, url: string): string {
  return typeof option === 'function' ? `${option(url)}` : option ? url.replace(/[?#].*/, '') : url;
}
