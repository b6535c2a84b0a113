import { type Jid, parseJid } from './jid.ts';
import { createRoom, type Occupant, type Room } from './room.ts';
import type { Seats } from './seats.ts';
import { answerRoom, answerServer } from './services.ts';
import { type ErrorCondition, elementsOf, errorOf, type Stanza } from './stanza.ts';
import type { Client, StreamHandlers } from './stream.ts';

/** The conference focus, as the room service sees it. */
export interface FocusPort {
  joined(room: Room, occupant: Occupant): void;
  left(room: Room, occupant: Occupant): void;
  /** Answers a request that an occupant sent to `room/focus`. */
  request(room: Room, occupant: Occupant, iq: Stanza): Stanza;
}

export interface RouterOptions {
  readonly seats: Seats;
  readonly focus: FocusPort;
  readonly now: () => number;
  readonly maxOccupants: number;
}

export interface Router extends StreamHandlers {
  counts(): { rooms: number; occupants: number };
}

/** `room/focus` is taken; a nickname goes into addresses. */
const NICK = /^(?!focus$)[\w-]{1,64}$/;

/** Delivers stanzas: to the server, to rooms, to occupants, to the focus. A client reaches its token's room only. */
export function createRouter({ seats, focus, now, maxOccupants }: RouterOptions): Router {
  const rooms = new Map<string, Room>();
  const places = new Map<Client, { room: Room; nick: string }>();

  const leave = (client: Client) => {
    const place = places.get(client);
    if (!place) return;
    places.delete(client);
    seats.release(client.claims.id);
    const occupant = place.room.leave(place.nick);
    if (occupant) focus.left(place.room, occupant);
    if (place.room.occupants.size === 0) rooms.delete(place.room.jid);
  };
  const refusal = (client: Client, to: Jid): ErrorCondition | null => {
    const room = rooms.get(to.bare);
    if (to.bare !== roomOf(client)) return 'not-allowed';
    if (!NICK.test(to.resource)) return 'jid-malformed';
    if (places.has(client) || room?.occupants.has(to.resource)) return 'conflict';
    // What XEP-0045, 7.2.9 says of a full room, and lib-jitsi-meet understands.
    if ((room?.occupants.size ?? 0) >= maxOccupants) return 'service-unavailable';
    return seats.take(client.claims.id) ? null : 'conflict';
  };
  const enter = (client: Client, to: Jid, presence: Stanza) => {
    const condition = isSomebodyElse(client, presence) ? 'not-acceptable' : refusal(client, to);
    if (condition) return client.send(errorOf(presence, condition));
    const room = rooms.get(to.bare) ?? createRoom(to.bare, now());
    rooms.set(room.jid, room);
    places.set(client, { room, nick: to.resource });
    focus.joined(room, room.enter(client, to.resource, presence));
  };
  const onPresence = (client: Client, presence: Stanza) => {
    const to = parseJid(presence.attrs.to);
    const place = places.get(client);
    if (presence.attrs.type === 'unavailable') return leave(client);
    if (place?.room.jid !== to.bare || place.nick !== to.resource) return enter(client, to, presence);
    if (isSomebodyElse(client, presence)) return client.send(errorOf(presence, 'not-acceptable'));
    place.room.update(place.nick, presence);
  };
  const onMessage = (client: Client, message: Stanza) => {
    const to = parseJid(message.attrs.to);
    const place = places.get(client);
    if (place?.room.jid !== to.bare) return client.send(errorOf(message, 'not-allowed'));
    if (!place.room.relay(place.nick, message, to.resource || undefined))
      client.send(errorOf(message, 'item-not-found'));
  };
  const onIq = (client: Client, iq: Stanza) => {
    const to = parseJid(iq.attrs.to);
    const place = places.get(client);
    const isRequest = iq.attrs.type === 'get' || iq.attrs.type === 'set';
    if (isRequest && !iq.attrs.id) return client.send(errorOf(iq, 'bad-request'));
    if (!to.local) return isRequest ? client.send(answerServer(client, iq, roomOf(client))) : undefined;
    if (!place || place.room.jid !== to.bare)
      return isRequest ? client.send(errorOf(iq, 'item-not-found')) : undefined;
    if (!to.resource) return isRequest ? client.send(answerRoom(iq, place.room)) : undefined;
    if (to.resource === 'focus') return isRequest ? client.send(askFocus(place, iq)) : undefined;
    const delivered = place.room.relay(place.nick, iq, to.resource);
    if (!delivered && isRequest) client.send(errorOf(iq, 'item-not-found'));
  };
  const askFocus = ({ room, nick }: { room: Room; nick: string }, iq: Stanza): Stanza => {
    const occupant = room.occupants.get(nick);
    return occupant ? focus.request(room, occupant, iq) : errorOf(iq, 'not-allowed');
  };

  return {
    onStanza(client, stanza) {
      if (stanza.name === 'presence') onPresence(client, stanza);
      else if (stanza.name === 'message') onMessage(client, stanza);
      else onIq(client, stanza);
    },
    onEnd: leave,
    counts: () => ({ rooms: rooms.size, occupants: places.size }),
  };
}

/** The one room a client may enter. Room names are lower-case: lib-jitsi-meet never joins others. */
function roomOf(client: Client): string {
  return `${client.claims.sessionId.toLowerCase()}@conference.${client.domain}`;
}

// Presence carries the uid that the others show: it has to be the token's.
function isSomebodyElse(client: Client, presence: Stanza): boolean {
  const claimed = elementsOf(presence).flatMap(child => {
    if (child.name === 'uid') return [child.getText()];
    return child.name === 'user_object' && child.attrs.uid !== undefined ? [child.attrs.uid] : [];
  });
  return claimed.some(uid => uid !== client.claims.user.uid);
}
