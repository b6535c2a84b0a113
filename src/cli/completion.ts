import { existsSync } from 'node:fs';
import type { Command as Program } from 'commander';
import { stateOf } from '../core/state.ts';
import { type Candidate, findCandidates } from './completion/candidates.ts';
import { INSTALL, SCRIPTS } from './completion/scripts.ts';
import type { Command, Context } from './context.ts';
import { EXIT_OK } from './exit-codes.ts';
import { withStore } from './meetings.ts';

/** `meet completion bash|zsh|fish`: the script on stdout; how to install it for who would see it otherwise. */
export const completion: Command<{ readonly shell: string }> = async ({ io, out, notes }, { shell }) => {
  out.line(SCRIPTS[shell]?.trimEnd());
  if (io.stdout.isTTY) notes.line(notes.style('dim', `To have it in each shell: ${INSTALL[shell]}`));
  return EXIT_OK;
};

/** `meet complete -- …`, which the scripts call: a candidate a line. */
export const complete: Command<{ readonly words: readonly string[]; readonly program: Program }> = async (
  context,
  { words, program },
) => {
  const found = await findCandidates(program, words, command => listMeetings(context, command));
  for (const { value, about } of found) context.out.line(about ? `${value}\t${oneLine(about)}` : value);
  return EXIT_OK;
};

/** A title may hold anything; a line feed would end the candidate. */
const oneLine = (text: string) => text.replace(/\s+/g, ' ');

/** Ids of the store, the newest first. Asking must make no store where there is none, and no server elsewhere wait. */
async function listMeetings(context: Context, command: string): Promise<Candidate[]> {
  const { env, database } = context.settings;
  if (env.MEET_SERVER || database || !existsSync(context.folder.storeFile)) return [];
  const meetings = await withStore(context, store => store.list());
  const now = context.now();
  return meetings
    .filter(meeting => command === 'show' || stateOf(meeting, now) !== 'ended')
    .map(({ sessionId, title }) => ({ value: sessionId, about: title }));
}
