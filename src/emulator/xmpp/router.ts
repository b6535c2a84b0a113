import type { User } from '../rest/tokens.ts';
import { type Jid, parseJid } from './jid.ts';
import { createRoom, type Occupant, type Room } from './room.ts';
import { type AdminWish, readAdminWish } from './room-admin.ts';
import { createScreens, isScreen, isScreenOf, NOBODY, screenIdOf } from './screens.ts';
import type { Seats } from './seats.ts';
import { answerRoom, answerServer, conferenceRequestOf, END_CONFERENCE } from './services.ts';
import type { Client } from './session.ts';
import { type ErrorCondition, elementsOf, errorOf, resultOf, type Stanza } from './stanza.ts';
import type { StreamHandlers } from './stream.ts';

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
  readonly maxRooms?: number;
}

export interface Router extends StreamHandlers {
  counts(): { rooms: number; occupants: number };
  /** Who is in a session, in the order they came: each once, however many tabs and screens are theirs. */
  people(sessionId: string): readonly User[];
  /** Everybody who sits in a session, with the auth token that vouches for them; without their screens. */
  inside(): readonly Insider[];
  /** Puts people out for good: their tokens seat nobody again. Answers how many there were. */
  putOut(sessionId: string, who: Whom, reason: string): number;
}

/** Somebody in a session. */
export interface Insider {
  readonly sessionId: string;
  readonly uid: string;
  /** Of the auth token their call token was made with, see `hashToken`. */
  readonly authHash: string;
}

/** Whom to put out: uids are one however they are written, as with CometChat. */
export type Whom = 'all' | Partial<Pick<Insider, 'uid' | 'authHash'>>;

/** The SDK hangs up by itself when it is told; the socket of who does not is closed this much later. */
const HANG_UP_MS = 3_000;

/** `room/focus` is taken; a nickname goes into addresses. */
const NICK = /^(?!focus$)[\w-]{1,64}$/;
/** What everybody in the room is sent, and keeps: names, mute states and commands are 2 KB. */
const MAX_PRESENCE_CHARS = 32 * 1024;

interface Place {
  readonly room: Room;
  readonly nick: string;
}

/** Delivers stanzas: to the server, to rooms, to occupants, to the focus. A client reaches its token's room only. */
export function createRouter(options: RouterOptions): Router {
  const { seats, focus, now, maxOccupants, maxRooms = Number.POSITIVE_INFINITY } = options;
  const rooms = new Map<string, Room>();
  const places = new Map<Client, Place>();
  const screens = createScreens();

  /** After the room has been told. */
  const vacate = (room: Room, occupant: Occupant) => {
    places.delete(occupant.client);
    seats.release(occupant.client.claims.id);
    focus.left(room, occupant);
    // A screen is nobody without its owner, and would stay behind a kick.
    for (const { client } of [...room.occupants.values()])
      if (isScreenOf(client, occupant.client)) leave(client);
    if (room.occupants.size === 0) rooms.delete(room.jid);
  };
  const leave = (client: Client) => {
    const place = places.get(client);
    const occupant = place?.room.leave(place.nick);
    if (place && occupant) vacate(place.room, occupant);
  };
  const refusal = (client: Client, to: Jid, presence: Stanza): ErrorCondition | null => {
    // Its session has no name, and would be a room like any other.
    if (client.claims === NOBODY) return 'not-allowed';
    if (isSomebodyElse(client, presence)) return 'not-acceptable';
    if (presence.toString().length > MAX_PRESENCE_CHARS) return 'policy-violation';
    const room = rooms.get(to.bare);
    if (to.bare !== roomOf(client)) return 'not-allowed';
    if (!NICK.test(to.resource)) return 'jid-malformed';
    if (places.has(client) || room?.occupants.has(to.resource)) return 'conflict';
    // What XEP-0045, 7.2.9 says of a full room, and lib-jitsi-meet understands.
    if ((room?.occupants.size ?? 0) >= maxOccupants) return 'service-unavailable';
    if (!room && rooms.size >= maxRooms) return 'resource-constraint';
    return seats.take(client.claims.id) ? null : 'conflict';
  };
  /** Whose socket was lost and who comes anew instead of resuming makes an end of the old occupant. */
  const replaceLost = (client: Client) => {
    for (const other of places.keys())
      if (other.lost && other !== client && other.claims.id === client.claims.id) other.expel('conflict');
  };
  const enter = (client: Client, to: Jid, presence: Stanza) => {
    replaceLost(client);
    const condition = refusal(client, to, presence);
    if (condition) return client.send(errorOf(presence, condition));
    const room = rooms.get(to.bare) ?? createRoom(to.bare, now());
    rooms.set(room.jid, room);
    places.set(client, { room, nick: to.resource });
    focus.joined(room, room.enter(client, to.resource, presence));
  };
  const update = ({ room, nick }: Place, client: Client, presence: Stanza) => {
    if (isSomebodyElse(client, presence)) return client.send(errorOf(presence, 'not-acceptable'));
    if (presence.toString().length > MAX_PRESENCE_CHARS)
      return client.send(errorOf(presence, 'policy-violation'));
    room.update(nick, presence);
  };
  const onPresence = (client: Client, presence: Stanza) => {
    const to = parseJid(presence.attrs.to);
    const place = places.get(client);
    // SDK v4 ends a call for all by a command in a presence, which everybody's SDK obeys.
    if (client.claims.watches) presence.remove('endSessionForAll');
    if (presence.attrs.type === 'unavailable') return leave(client);
    if (place?.room.jid === to.bare && place.nick === to.resource) update(place, client, presence);
    else enter(client, to, presence);
  };
  const endForAll = ({ room, nick }: Place) => {
    const gone = room.destroy(`${nick} ended the conference`);
    for (const occupant of gone) vacate(room, occupant);
  };
  const onMessage = (client: Client, message: Stanza) => {
    const to = parseJid(message.attrs.to);
    const place = places.get(client);
    if (place && to.bare === END_CONFERENCE + client.domain && message.getChild('end_conference'))
      return client.claims.watches ? client.send(errorOf(message, 'not-allowed')) : endForAll(place);
    if (place?.room.jid !== to.bare) return client.send(errorOf(message, 'not-allowed'));
    const subject = message.getChild('subject');
    // Also beside a body, which makes it none by XEP-0045, 8.1: lib-jitsi-meet takes any for the room's.
    if (subject && client.claims.watches) return client.send(errorOf(message, 'not-allowed'));
    if (subject && !message.getChild('body')) place.room.setSubject(subject.getText());
    if (!place.room.relay(place.nick, message, to.resource || undefined))
      client.send(errorOf(message, 'item-not-found'));
  };
  const onIq = (client: Client, iq: Stanza) => {
    const to = parseJid(iq.attrs.to);
    const place = places.get(client);
    const isRequest = iq.attrs.type === 'get' || iq.attrs.type === 'set';
    if (isRequest && !iq.attrs.id) return client.send(errorOf(iq, 'bad-request'));
    if (!to.local) return isRequest ? client.send(askServer(client, iq)) : undefined;
    if (!place || place.room.jid !== to.bare)
      return isRequest ? client.send(errorOf(iq, 'item-not-found')) : undefined;
    if (!to.resource) return isRequest ? client.send(askRoom(place, client, iq)) : undefined;
    if (to.resource === 'focus') return isRequest ? client.send(askFocus(place, iq)) : undefined;
    const delivered = place.room.relay(place.nick, iq, to.resource);
    if (!delivered && isRequest) client.send(errorOf(iq, 'item-not-found'));
  };
  const askServer = (client: Client, iq: Stanza): Stanza => {
    const request = conferenceRequestOf(iq);
    screens.introduce(client, request?.attrs['machine-uid'] ?? '');
    if (client.claims === NOBODY) screens.lend(client, rooms.get(request?.attrs.room ?? ''));
    return answerServer(client, iq, roomOf(client));
  };
  const askRoom = (place: Place, { claims }: Client, iq: Stanza): Stanza => {
    const wish = readAdminWish(iq);
    if (!wish) return answerRoom(iq, place.room);
    // In a broadcast the hosts decide who stays.
    if (claims.watches) return errorOf(iq, 'not-allowed');
    return wish.kind === 'refused' ? errorOf(iq, wish.condition) : kick(place, wish, iq);
  };
  const kick = ({ room, nick }: Place, wish: AdminWish & { kind: 'kick' }, iq: Stanza): Stanza => {
    const kicked = room.kick(wish.nick, nick, wish.reason);
    if (!kicked) return errorOf(iq, 'item-not-found');
    vacate(room, kicked);
    return resultOf(iq);
  };
  /** As a moderator's kick does it, by the focus; but there is no way back with these tokens. */
  const removeOne = ({ room, nick }: Place, client: Client, reason: string) => {
    const occupant = room.kick(nick, 'focus', reason);
    if (occupant) vacate(room, occupant);
    for (const id of [client.claims.id, screenIdOf(client.claims.id)]) seats.shut(id);
    if (client.lost) return client.expel('not-authorized');
    setTimeout(() => client.expel('not-authorized'), HANG_UP_MS).unref();
  };
  const askFocus = ({ room, nick }: Place, iq: Stanza): Stanza => {
    const occupant = room.occupants.get(nick);
    return occupant ? focus.request(room, occupant, iq) : errorOf(iq, 'not-allowed');
  };

  const insidersOf = (sessionId: string) =>
    [...places].filter(([client]) => !isScreen(client) && isOf(client, sessionId));

  return {
    onStanza(client, stanza) {
      if (stanza.name === 'presence') onPresence(client, stanza);
      else if (stanza.name === 'message') onMessage(client, stanza);
      else onIq(client, stanza);
    },
    onEnd: leave,
    counts: () => ({ rooms: rooms.size, occupants: places.size }),
    inside: () => [...places.keys()].filter(client => !isScreen(client)).map(insiderOf),
    putOut(sessionId, who, reason) {
      const out = insidersOf(sessionId).filter(([client]) => isMeant(insiderOf(client), who));
      for (const [client, place] of out) removeOne(place, client, reason);
      return out.length;
    },
    people(sessionId) {
      const here = insidersOf(sessionId).map(([client]) => client);
      return [...new Map(here.map(({ claims: { user } }) => [user.uid, user])).values()];
    },
  };
}

function insiderOf({ claims: { sessionId, user, authHash } }: Client): Insider {
  return { sessionId, uid: user.uid, authHash };
}

function isMeant({ uid, authHash }: Insider, who: Whom): boolean {
  if (who === 'all') return true;
  const isUid = who.uid === undefined || who.uid.toLowerCase() === uid.toLowerCase();
  return isUid && (who.authHash === undefined || who.authHash === authHash);
}

function isOf({ claims }: Client, sessionId: string): boolean {
  return claims.sessionId.toLowerCase() === sessionId.toLowerCase();
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
