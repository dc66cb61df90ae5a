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

/** Of the medians. Below 0 when the noise is larger than what was to be measured. */
export function difference(samples, others) {
  const [value, other] = [median(samples), median(others)];
  return value === undefined || other === undefined ? undefined : value - other;
}

/** Of a difference: what both samples bring. */
export function jointSpread(samples, others) {
  const own = spread(samples);
  return own === undefined ? undefined : Math.hypot(own, spread(others) ?? 0);
}

/** Of nothing, or of less, nothing is a multiple. */
export function ratio(value, reference) {
  if (value === undefined || value < 0 || !(reference > 0)) return undefined;
  return value / reference;
}
