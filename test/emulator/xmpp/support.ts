import type { CallClaims } from '../../../src/emulator/rest/tokens.ts';
import { readStanza } from '../../../src/emulator/xmpp/read-stanza.ts';
import type { Client, SilenceOf } from '../../../src/emulator/xmpp/session.ts';
import type { Sessions } from '../../../src/emulator/xmpp/sessions.ts';
import { createSessions } from '../../../src/emulator/xmpp/sessions.ts';
import type { Stanza } from '../../../src/emulator/xmpp/stanza.ts';
import { el } from '../../../src/emulator/xmpp/stanza.ts';

export const DOMAIN = 'localhost:4680';
export const ROOM = `stand-up@conference.${DOMAIN}`;

export const claimsOf = (uid: string, sessionId = 'stand-up'): CallClaims => ({
  id: `token-of-${uid}`,
  sessionId,
  user: { uid, name: uid, avatar: '' },
  authHash: '',
});

export interface TestClient extends Client {
  received: Stanza[];
  lost: boolean;
  /** The condition it was expelled for. */
  expelled: string;
  take(): Stanza[];
}

/** A bound client that keeps what it was sent. */
export function createClient(uid: string, sessionId?: string, watches = false): TestClient {
  const received: Stanza[] = [];
  let claims: CallClaims = { ...claimsOf(uid, sessionId), watches };
  return {
    get claims() {
      return claims;
    },
    domain: DOMAIN,
    base: `ws://${DOMAIN}`,
    jid: `${uid}@${DOMAIN}/1`,
    received,
    lost: false,
    expelled: '',
    send: stanza => received.push(stanza),
    take: () => received.splice(0),
    lend(lent) {
      claims = lent;
    },
    expel(condition) {
      this.expelled = condition;
    },
  };
}

/** Sessions that need no randomness. */
export function openSessions(
  onEnd: (client: Client) => void = () => {},
  graceMs = 1_000,
  silenceOf?: SilenceOf,
): Sessions {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return `id${ids}`;
  };
  return createSessions({ newId, newLocal: () => `1a2b3c${newId()}`, onEnd, graceMs, silenceOf });
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
