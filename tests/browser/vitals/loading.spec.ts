/** What is painted while a page loads. */

import { largestPaintIs } from '../fixture.ts';
import { compare, loaded } from './harness.ts';

compare('loading', [
  {
    title: 'a text is the largest thing',
    page: 'text',
    views: [loaded()],
  },
  {
    title: 'a late picture is the largest thing',
    page: 'picture',
    views: [loaded()],
    act: (tab) => largestPaintIs(tab, 'hero'),
  },
  {
    title: 'a slow server behind a redirect',
    page: 'text',
    views: [loaded()],
    open: (tab, site) =>
      tab.goto(`${site.url}/redirect?delay=150&to=${encodeURIComponent('/text.html?delay=200')}`),
  },
]);
