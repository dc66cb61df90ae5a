/**
 * What few pages ask for: a chunk of its own, which the engine's loads only for them (`needsExtras`
 * says for whom). The remote configuration is not among it: it is wanted first, by hardly anybody, and
 * so has a chunk of its own, `extras/remote-configuration.ts`.
 */

export { createExtras } from './extras/attach.ts';
