export function quantile(samples: number[], share: number): number | undefined;
export function median(samples: number[]): number | undefined;
export function spread(samples: number[]): number | undefined;
export function difference(samples: number[], others: number[]): number | undefined;
export function jointSpread(samples: number[], others: number[]): number | undefined;
export function ratio(value: number | undefined, reference: number | undefined): number | undefined;
