import { MeetError } from '../core/errors.ts';
import type { Context } from './context.ts';
import type { Appointment } from './ics-text.ts';
import type { ShareFlags } from './share-flags.ts';

export interface IcsFlags extends ShareFlags {
  readonly json?: boolean;
  readonly open?: boolean;
}

/** Where results go: a calendar has standard output to itself. Throws `BAD_REQUEST` for flags that do not go together. */
export function beside(context: Context, { ics, json, open, mailto }: IcsFlags): Context {
  if (ics === undefined) return context;
  const other = open && !mailto ? '--open' : ics === '-' && json ? '--json' : null;
  if (other) {
    throw new MeetError('BAD_REQUEST', `--ics ${ics} and ${other} do not go together; give one of them.`);
  }
  return ics === '-' ? { ...context, out: context.notes } : context;
}

/** Writes the calendar file that was asked for, if one was. Throws `BAD_REQUEST`. */
export async function giveCalendar(
  context: Context,
  flags: IcsFlags,
  listAppointments: () => Promise<readonly Appointment[]>,
): Promise<void> {
  if (flags.ics === undefined) return;
  // Only here: what knows calendars and their zones is larger than all the rest.
  const [{ writeCalendar }, { saveCalendar }] = await Promise.all([
    import('./ics-text.ts'),
    import('./ics-file.ts'),
  ]);
  const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const calendar = await writeCalendar(await listAppointments(), { now: context.now(), localZone });
  if (flags.ics === '-') context.io.stdout.write(calendar.text);
  else saveCalendar(context, flags.ics, calendar, flags.force ?? false);
}
