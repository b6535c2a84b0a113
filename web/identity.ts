import { type IdentityAnswer, postIdentity } from './api.ts';
import type { PageLink } from './link.ts';
import type { SdkUser } from './sdk/types.ts';

export interface Identity {
  readonly token: string;
  readonly user: SdkUser;
}

interface Stored extends Identity {
  readonly expiresAt: number;
  /** What it came from: another link in the same tab may be for somebody else. */
  readonly source: string;
}

const SLOT = 'meet.identity';
/** Renewed this long before it ends, so that a join does not outlive it. */
const MARGIN_MS = 60_000;

/** Who this tab said it is, if that still holds for this link. Kept in the tab only: two tabs can be two people. */
export function recallIdentity(link: PageLink, now: number): Identity | null {
  const stored = readSlot();
  return stored && stored.source === sourceOf(link) && stored.expiresAt - MARGIN_MS > now ? stored : null;
}

/** Asks the server for an identity: by the link's invite, or as a guest called `name`. */
export async function requestIdentity(link: PageLink, name: string): Promise<Identity> {
  const { invite, as } = link;
  const answer = await postIdentity(invite ? { invite } : { ...(as && { uid: as }), name });
  keep(answer, link);
  return { token: answer.token, user: answer.user };
}

export function forgetIdentity(): void {
  try {
    sessionStorage.removeItem(SLOT);
  } catch {
    // storage is switched off: nothing was kept
  }
}

function keep({ token, user, expiresAt }: IdentityAnswer, link: PageLink): void {
  const stored: Stored = { token, user, expiresAt: new Date(expiresAt).getTime(), source: sourceOf(link) };
  try {
    sessionStorage.setItem(SLOT, JSON.stringify(stored));
  } catch {
    // storage is switched off: asked for again at the next join
  }
}

/** An invite's last characters are its signature: enough to tell invites apart, too little to use one. */
function sourceOf({ invite, as }: PageLink): string {
  return invite ? `invite:${invite.slice(-12)}` : `guest:${as ?? ''}`;
}

function readSlot(): Stored | null {
  try {
    return JSON.parse(sessionStorage.getItem(SLOT) ?? 'null') as Stored | null;
  } catch {
    return null;
  }
}
