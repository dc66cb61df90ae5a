import type { Journey } from '../journey.ts';
import { journeys as clicks } from './clicks.ts';
import { journeys as contexts } from './contexts.ts';
import { journeys as errors } from './errors.ts';
import { journeys as load } from './load.ts';
import { journeys as measures } from './measures.ts';
import { journeys as pages } from './pages.ts';
import { journeys as requests } from './requests.ts';
import { journeys as sessions } from './sessions.ts';
import { journeys as views } from './views.ts';

export const journeys: Journey[] = [
  ...load,
  ...views,
  ...clicks,
  ...errors,
  ...requests,
  ...sessions,
  ...contexts,
  ...measures,
  ...pages,
];
