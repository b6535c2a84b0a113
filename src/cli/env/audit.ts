import { parseDuration } from '../../core/duration.ts';
import { MeetError } from '../../core/errors.ts';

/** How long audit rows are kept, in milliseconds; null: for ever. Throws `BAD_CONFIG`. */
export function readRetention(text = '90d'): number | null {
  if (text.toLowerCase() === 'off') return null;
  try {
    return parseDuration(text || '90d');
  } catch {
    throw new MeetError(
      'BAD_CONFIG',
      'MEET_AUDIT_RETENTION must be like 90d, at most 10y, or off to keep everything; mend it or unset it.',
    );
  }
}
