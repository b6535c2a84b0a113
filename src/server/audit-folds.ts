import { type AuditEntry, BY_A_MEETING, toPlainText } from '../core/audit.ts';
import { createNewest, type Newest } from '../core/newest.ts';

/** Refusals alike within this time are one record. */
const FOLD_MS = 60_000;
/** How many different refusals of one address are told apart in that time, where anybody can cause them. */
const TOLD_APART = 100;
/** How many reasons of one refusal are told apart in that time: some quote what a visitor wrote. */
const MOST_REASONS = 10;
const MOST_ADDRESSES = 10_000;
const MOST_FOLDS = 50_000;

/** Which refusals are repeats of which: a flood must not fill the disk. */
export interface AuditFolds {
  /** The id of the record that `entry` repeats; undefined for one of its own, whose id then is `id`. */
  fold(entry: AuditEntry, id: string, at: number): string | undefined;
  /** Forgets a record that could not be stored. */
  forget(id: string): void;
}

interface Fold {
  readonly id: string;
  readonly until: number;
}

interface Told {
  count: number;
  readonly until: number;
}

/** Only refusals fold, by address; what was granted always has a record of its own. */
export function createAuditFolds(): AuditFolds {
  const folds = createNewest<Fold>(MOST_FOLDS);
  /** Under which key a record was set, by its id. */
  const keys = createNewest<string>(MOST_FOLDS);
  const told = createNewest<Told>(MOST_ADDRESSES);
  const reasons = createNewest<Told>(MOST_FOLDS);

  const liveFold = (key: string, at: number) => {
    const fold = folds.get(key);
    return fold && fold.until > at ? fold : undefined;
  };
  return {
    fold(entry, id, at) {
      if (entry.outcome === 'ok') return undefined;
      const { reason, own, common } = keysOf(entry);
      const said = liveFold(reason, at);
      if (said) return said.id;
      const apart = mayTell(reasons, own, MOST_REASONS, at) ? reason : own;
      const same = liveFold(apart, at);
      if (same) return same.id;
      const isKnown = BY_A_MEETING.has(entry.outcome) || mayTell(told, entry.address ?? '', TOLD_APART, at);
      const key = isKnown ? apart : common;
      const other = isKnown ? undefined : liveFold(common, at);
      if (other) return other.id;
      folds.set(key, { id, until: at + FOLD_MS });
      keys.set(id, key);
      return undefined;
    },
    forget(id) {
      const key = keys.get(id);
      // Another record may be there under it by now.
      if (key !== undefined && folds.get(key)?.id === id) folds.delete(key);
      keys.delete(id);
    },
  };
}

/** Whether one more of `key` is told apart from the others, of which so many are. */
function mayTell(told: Newest<Told>, key: string, most: number, at: number): boolean {
  const before = told.get(key);
  const now = before && before.until > at ? before : { count: 0, until: at + FOLD_MS };
  now.count += 1;
  if (now !== before) told.set(key, now);
  return now.count <= most;
}

/** A refusal with its reason, without, and without what a visitor makes up. */
function keysOf(entry: AuditEntry): { reason: string; own: string; common: string } {
  const { action, outcome, address = '', sessionId = '', uid = '', detail = '' } = entry;
  const own = [action, outcome, address, sessionId, uid];
  return {
    // Numbers tell no reasons apart: "try again in 12 s".
    reason: JSON.stringify([...own, toPlainText(detail).replace(/\d+/g, '#')]),
    own: JSON.stringify(own),
    common: JSON.stringify([action, outcome, address]),
  };
}
