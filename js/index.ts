import { createFerrum } from './api.ts';
import { needsRequests } from './needs-requests.ts';

export type * from './types.ts';

export const ferrum = createFerrum(() => import('./engine.js'), {
  name: 'Ferrum',
  object: 'ferrum',
  needsRequests,
});
