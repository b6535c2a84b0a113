import { MeetError } from '../../core/errors.ts';
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

/** What a finding is about. */
export type Subject = Pick<Finding, 'id' | 'what'>;

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

/** An expected failure, whose message ends with the fix; anything else is a bug, and goes on. */
export function failed(subject: Subject, error: unknown): Finding {
  if (!(error instanceof MeetError)) throw error;
  const [says = '', ...fix] = error.message.replace(/\.$/, '').split('; ');
  return bad(subject, says, fix.join('; '));
}
