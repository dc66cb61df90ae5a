// The numbers of the table, from samples. No sample, no number: `undefined`, never 0.

/** By linear interpolation between the two nearest samples. */
export function quantile(samples, share) {
  if (samples.length === 0) return undefined;
  const sorted = [...samples].sort((one, other) => one - other);
  const at = share * (sorted.length - 1);
  const below = sorted[Math.floor(at)];
  return below + (sorted[Math.ceil(at)] - below) * (at - Math.floor(at));
}

export function median(samples) {
  return quantile(samples, 0.5);
}

/** The interquartile range; one sample has none. */
export function spread(samples) {
  if (samples.length < 2) return undefined;
  return quantile(samples, 0.75) - quantile(samples, 0.25);
}

/** Of what costs nothing, nothing is a multiple. */
export function ratio(value, reference) {
  if (value === undefined || !(reference > 0)) return undefined;
  return value / reference;
}
