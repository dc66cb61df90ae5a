import { setText } from './dom.ts';
import { plural } from './format.ts';
import type { Panel, State } from './state.ts';

const QUIET_MS = 2500;

/** Tells screen readers of new errors and violations: in words, politely, not more often than every few seconds. */
export function createAnnouncer(state: State, region: HTMLElement): Panel {
  const openedAt = Date.now();
  let seenSeq = 0;
  let errors = 0;
  let bad = 0;
  let isWaiting = false;
  const speak = () => {
    isWaiting = false;
    const parts = [
      errors > 0 ? plural(errors, 'new error') : '',
      bad > 0 ? `${plural(bad, 'event')} breaking the schema` : '',
    ];
    setText(region, parts.filter(Boolean).join(', '));
    errors = 0;
    bad = 0;
  };
  return {
    update() {
      const { entries } = state.model;
      for (let index = entries.length - 1; index >= 0; index -= 1) {
        const entry = entries[index];
        if (!entry || entry.seq <= seenSeq) break;
        if (entry.receivedAt < openedAt) continue;
        if (entry.kind === 'rejected' || entry.violations.length > 0) bad += 1;
        else if (entry.event.type === 'error') errors += 1;
      }
      seenSeq = entries.at(-1)?.seq ?? 0;
      if (errors + bad === 0 || isWaiting) return;
      isWaiting = true;
      setTimeout(speak, QUIET_MS);
    },
  };
}
