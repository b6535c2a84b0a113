import type { CallClaims } from '../../../src/emulator/rest/tokens.ts';
import type { Stanza } from '../../../src/emulator/xmpp/stanza.ts';
import { el, readStanza } from '../../../src/emulator/xmpp/stanza.ts';
import type { Client } from '../../../src/emulator/xmpp/stream.ts';

export const DOMAIN = 'localhost:4680';
export const ROOM = `stand-up@conference.${DOMAIN}`;

export const claimsOf = (uid: string, sessionId = 'stand-up'): CallClaims => ({
  id: `token-of-${uid}`,
  sessionId,
  user: { uid, name: uid, avatar: '' },
  authHash: '',
});

/** A bound client that keeps what it was sent. */
export function createClient(
  uid: string,
  sessionId?: string,
): Client & { received: Stanza[]; take(): Stanza[] } {
  const received: Stanza[] = [];
  return {
    claims: claimsOf(uid, sessionId),
    domain: DOMAIN,
    jid: `${uid}@${DOMAIN}/1`,
    received,
    send: stanza => received.push(stanza),
    take: () => received.splice(0),
  };
}

/** Parses a stanza that is known to be well-formed. */
export function xml(text: string): Stanza {
  return readStanza(text) ?? el('not-well-formed');
}

/** `presence type/condition`, `iq result`, …: enough to see what an answer is. */
export function gist(stanza: Stanza | undefined): string {
  const condition = stanza?.getChild('error')?.children.find(child => typeof child !== 'string');
  const kind = [stanza?.name, stanza?.attrs.type].filter(Boolean).join(' ');
  return condition && typeof condition !== 'string' ? `${kind}: ${condition.name}` : kind;
}
