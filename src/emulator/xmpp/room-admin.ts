import { NS } from './namespaces.ts';
import type { ErrorCondition, Stanza } from './stanza.ts';

/** What a moderator wants of a room (XEP-0045, 8 and 9). */
export type AdminWish =
  | { readonly kind: 'kick'; readonly nick: string; readonly reason: string }
  | { readonly kind: 'refused'; readonly condition: ErrorCondition };

/** Reads a request to a room's own address; null when it is none to change roles or the room. */
export function readAdminWish(iq: Stanza): AdminWish | null {
  // Passwords, lobbies and members-only rooms: CometChat's SDK offers none of them.
  if (iq.getChild('query', NS.mucOwner) && iq.attrs.type === 'set') return REFUSED;
  const query = iq.getChild('query', NS.mucAdmin);
  if (!query) return null;
  const items = query.getChildren('item');
  const [item] = items;
  if (iq.attrs.type !== 'set' || items.length !== 1 || !item) return BAD;
  const { nick, role, affiliation } = item.attrs;
  if (nick !== undefined && role === 'none')
    return { kind: 'kick', nick, reason: item.getChildText('reason') ?? '' };
  // Everybody is the owner already, and stays it: a ban would outlive the room, which forgets everything.
  return role === undefined && affiliation === undefined ? BAD : FORBIDDEN;
}

const REFUSED: AdminWish = { kind: 'refused', condition: 'feature-not-implemented' };
const FORBIDDEN: AdminWish = { kind: 'refused', condition: 'not-allowed' };
const BAD: AdminWish = { kind: 'refused', condition: 'bad-request' };
