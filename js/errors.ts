/**
 * What errors were, in Datadog's words: a chunk of its own, which the engine's loads when the page has
 * its first error. Most pages have none.
 */

export { describeError } from './errors/describe.ts';
