import { join } from 'node:path';
import { readCometChatSettings } from '../cometchat/settings.ts';
import { planInvite } from '../core/invite-plan.ts';
import { inviteUrl, meetingUrl } from '../core/links.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Context } from './context.ts';

/**
 * The link for whoever sits here. With `as`: the emulator takes a proposal; where a uid must be proven, we hold the key
 * that invites are signed with. Throws what `planInvite` throws.
 */
export async function linkFor(
  context: Context,
  meeting: Meeting,
  base: string,
  as: string | undefined,
): Promise<string> {
  if (as === undefined) return meetingUrl(base, meeting);
  const { folder, now } = context;
  if ((await isEmulated(context)) && meeting.access !== 'allow') {
    const url = new URL(meetingUrl(base, meeting));
    url.searchParams.set('as', as);
    return url.href;
  }
  const at = now();
  const plan = planInvite(meeting, { uid: as }, at);
  const { signInvite } = await import('../server/tokens.ts');
  return inviteUrl(base, meeting.sessionId, await signInvite({ ...plan, secret: folder.secret(), now: at }));
}

/** Whether the project's server has the emulator behind it, and not CometChat's cloud. */
export async function isEmulated({ settings }: Context): Promise<boolean> {
  const file = join(settings.projectDir, 'cometchat-settings.json');
  return (await readCometChatSettings(settings.env, file)) === null;
}
