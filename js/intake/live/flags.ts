import { type Json, objectAt, textAt } from './read.ts';

/** One value of a flag and who carried it. */
export interface Variant {
  name: string;
  views: ReadonlySet<string>;
  sessions: ReadonlySet<string>;
  /** Subjects of the exposures track. */
  subjects: ReadonlySet<string>;
  errors: number;
}

export interface Flag {
  key: string;
  variants: Variant[];
}

interface Tally extends Variant {
  views: Set<string>;
  sessions: Set<string>;
  subjects: Set<string>;
}

const MOST_FLAGS = 200;
const MOST_VARIANTS = 40;
const MOST_IDS = 20_000;

/** Counts variants from the `feature_flags` of views and errors and from exposures. */
export class FlagTally {
  revision = 0;
  readonly #flags = new Map<string, Map<string, Tally>>();

  /**
   * A view that changes its variant midway is counted in both: its numbers belong to neither alone, and hiding one would
   * hide that.
   */
  carried(event: Json, viewId: string, sessionId: string): void {
    const isError = event.type === 'error';
    for (const [key, value] of Object.entries(objectAt(event, 'feature_flags'))) {
      const tally = this.#tally(key, variantName(value));
      if (!tally) continue;
      add(tally.views, viewId);
      add(tally.sessions, sessionId);
      if (isError) tally.errors += 1;
      this.revision += 1;
    }
  }

  exposed(event: Json): void {
    const key = textAt(event, 'flag.key');
    const variant = textAt(event, 'variant.key');
    const subject = textAt(event, 'subject.id');
    if (!key || !variant) return;
    const tally = this.#tally(key, variant);
    if (!tally) return;
    if (subject) add(tally.subjects, subject);
    this.revision += 1;
  }

  list(): Flag[] {
    return [...this.#flags]
      .map(([key, variants]) => ({ key, variants: [...variants.values()].sort(byName) }))
      .sort((a, b) => compare(a.key, b.key));
  }

  #tally(key: string, name: string): Tally | undefined {
    let variants = this.#flags.get(key);
    if (!variants) {
      if (this.#flags.size >= MOST_FLAGS) return undefined;
      variants = new Map();
      this.#flags.set(key, variants);
    }
    let tally = variants.get(name);
    if (!tally) {
      if (variants.size >= MOST_VARIANTS) return undefined;
      tally = { name, views: new Set(), sessions: new Set(), subjects: new Set(), errors: 0 };
      variants.set(name, tally);
    }
    return tally;
  }
}

/** A flag's value may be any JSON. */
export function variantName(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
  return text.length > 120 ? `${text.slice(0, 119)}…` : text;
}

function add(ids: Set<string>, id: string): void {
  if (ids.size < MOST_IDS) ids.add(id);
}

function byName(a: Variant, b: Variant): number {
  return compare(a.name, b.name);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
