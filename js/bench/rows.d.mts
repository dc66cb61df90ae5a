type Column = 'none' | 'ferrum' | 'dropin' | 'datadog' | 'slim';

/** A column that could not be measured is `undefined`. */
export interface Row extends Partial<Record<Column, number>> {
  name: string;
  unit: string;
  limit?: number;
  spread: Partial<Record<Column, number>>;
  samples: Partial<Record<Column, number>>;
  ratio_to_slim?: number;
  dropin_to_slim?: number;
  ahead?: boolean;
}

export function toRows(samplesOf: (column: string, key: string) => number[]): Row[];
