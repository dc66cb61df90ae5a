import type { Journey } from '../journey.ts';
import { journeys as clicks } from './clicks.ts';
import { journeys as contexts } from './contexts.ts';
import { journeys as errors } from './errors.ts';
import { journeys as load } from './load.ts';
import { journeys as measures } from './measures.ts';
import { journeys as pages } from './pages.ts';
import { journeys as requests } from './requests.ts';
import { journeys as sessions } from './sessions.ts';
import { journeys as surroundings } from './surroundings.ts';
import { journeys as views } from './views.ts';

const written: Journey[] = [
  ...load,
  ...views,
  ...clicks,
  ...errors,
  ...requests,
  ...sessions,
  ...contexts,
  ...measures,
  ...pages,
  ...surroundings,
];

/** Made by an application that bundles the npm package, too. */
const bundled = [
  'a page with its files',
  'calls before init',
  'errors before init',
  'routes by the history API',
  'a click that does something',
  'uncaught errors',
  'errors in the console',
  'traced requests',
  'a session that the page stops',
  'contexts of any kind',
  'operations',
];

export const journeys: Journey[] = [
  ...written,
  ...written
    .filter(({ name }) => bundled.includes(name))
    .map((journey): Journey => ({ ...journey, name: `${journey.name}, by npm`, script: 'npm' })),
];

/** What a change is tested with: all kinds of journeys, in the time that a test may take. */
export const short = new Set([
  // Loading.
  'a page with its files, by npm',
  'calls before init',
  // Views.
  'routes by the history API',
  'views begun by the page',
  'partial updates of views',
  // Clicks and actions.
  'a click that does something',
  'a dead click',
  'a click that fails',
  'rage clicks',
  'names of what is clicked',
  'clicks in a shadow tree',
  'actions by hand',
  // Errors.
  'uncaught errors',
  'rejections that nobody handles',
  'errors in the console',
  // Requests.
  'fetch and XHR',
  'traced requests',
  'web sockets',
  // Sessions.
  'consent withdrawn and given again',
  'a session that expires and is renewed',
  'two tabs',
  // Contexts.
  'contexts of any kind',
  'beforeSend changes events',
  'feature flags',
  // Measures.
  'web vitals',
  'operations',
  // Pages.
  'a page that is restored',
  'a page in a frame',
]);
