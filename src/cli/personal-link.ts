import { join } from 'node:path';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { planInvite } from '../core/invite-plan.ts';
import { meetingUrl, parseLink } from '../core/links.ts';
import type { Context } from './context.ts';
import type { Kept } from './desk/desk.ts';
import { withDesk } from './desk/with-desk.ts';
import { chooseRemote } from './remote.ts';

/**
 * The link for whoever sits here. With `as`: an emulator takes a proposal; where a uid must be proven, whoever manages the
 * meeting may sign an invite, but none that lets in again who was revoked: that has to be meant. Throws what `planInvite`
 * throws.
 */
export async function linkFor(context: Context, kept: Kept, as: string | undefined): Promise<string> {
  const { meeting, base } = kept;
  if (as === undefined) return meetingUrl(base, meeting);
  if (meeting.access !== 'allow' && (await takesWord(context, kept))) {
    const url = new URL(meetingUrl(base, meeting));
    url.searchParams.set('as', as);
    return url.href;
  }
  const plan = planInvite(meeting, { uid: as }, context.now());
  return withDesk(context, desk => desk.invite(kept, plan, { readmit: false }));
}

/** Of a link that was made for `as`: whether it proves them, rather than to propose their name. */
export const isInvite = (url: string): boolean => parseLink(url).invite !== undefined;

/** Whether guests are there whom they say they are. A server elsewhere knows who is inside if it has the emulator. */
async function takesWord(context: Context, { meeting }: Kept): Promise<boolean> {
  if (!chooseRemote(context)) return isEmulated(context);
  return (await withDesk(context, desk => desk.people(meeting.sessionId))) !== null;
}

/** Whether this project's own server has the emulator behind it; of one elsewhere we do not know, and say no. */
export async function isEmulated(context: Context): Promise<boolean> {
  if (chooseRemote(context)) return false;
  const { settings } = context;
  const file = join(settings.projectDir, 'cometchat-settings.json');
  return (await readCometChatSettings(settings.env, file)) === null;
}
