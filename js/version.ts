/** Ferrum's version: in every event's `ddtags` and in the query string of every request. */
export const VERSION = '0.1.0';
