import type { Context } from '../context.ts';

/** One thing that was looked at. */
export interface Finding {
  /** Stays the same over versions, for scripts. */
  readonly id: string;
  readonly what: string;
  readonly state: 'ok' | 'warn' | 'bad';
  /** What was found; never a secret. */
  readonly says: string;
  /** What to do about it, in one line. */
  readonly fix?: string;
}

/** Looks at one side of the surroundings. It throws nothing that is expected. */
export type Probe = (context: Context) => Promise<readonly Finding[]>;

type Subject = Pick<Finding, 'id' | 'what'>;

export const ok = (subject: Subject, says: string): Finding => ({ ...subject, state: 'ok', says });
export const warn = (subject: Subject, says: string, fix: string): Finding => ({
  ...subject,
  state: 'warn',
  says,
  fix,
});
export const bad = (subject: Subject, says: string, fix: string): Finding => ({
  ...subject,
  state: 'bad',
  says,
  fix,
});
