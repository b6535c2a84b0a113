import { randomUUID } from 'node:crypto';
import { parseJid } from '../xmpp/jid.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { Occupant, Room } from '../xmpp/room.ts';
import { el, errorOf, resultOf, type Stanza } from '../xmpp/stanza.ts';

/** Answers what an occupant asks of the focus besides Jingle. */
export function answerRequest(room: Room, by: Occupant, iq: Stanza): Stanza {
  for (const xmlns of [NS.muteAudio, NS.muteVideo]) {
    const wish = iq.getChild('mute', xmlns);
    if (wish) return mute(room, by, wish, iq);
  }
  if (isForAbsentService(iq)) return errorOf(iq, 'service-unavailable');
  return errorOf(iq, 'feature-not-implemented');
}

/**
 * Tells somebody to mute (jicofo). Nobody is unmuted from outside: what a microphone hears is for its owner to give away,
 * and lib-jitsi-meet ignores such a request. Whoever only watches silences nobody.
 */
function mute(room: Room, by: Occupant, wish: Stanza, iq: Stanza): Stanza {
  const { bare, resource } = parseJid(wish.attrs.jid);
  const target = room.jid === bare ? room.occupants.get(resource) : undefined;
  if (wish.getText() !== 'true' || by.client.claims.watches) return errorOf(iq, 'not-allowed');
  if (!target) return errorOf(iq, 'item-not-found');
  const { jid } = target.client;
  const order = { xmlns: NS.client, type: 'set', id: randomUUID(), from: `${room.jid}/focus`, to: jid };
  const names = { jid: `${room.jid}/${target.nick}`, actor: `${room.jid}/${by.nick}` };
  target.client.send(el('iq', order, el('mute', { xmlns: wish.attrs.xmlns, ...names }, 'true')));
  return resultOf(iq);
}

/**
 * Recording and streaming are Jibri's, telephones and transcription Jigasi's: programs of their own, which do not run
 * here. This is the focus's answer when none is up, and lib-jitsi-meet makes `service-unavailable` of it for its page.
 */
function isForAbsentService(iq: Stanza): boolean {
  return iq.getChild('jibri', NS.jibri) !== undefined || iq.getChild('dial', NS.rayo) !== undefined;
}
