import { createFerrum } from './api.ts';

export type * from './types.ts';

export const ferrum = createFerrum(() => import('./engine.js'));
