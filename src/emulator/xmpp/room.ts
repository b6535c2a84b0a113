import { randomUUID } from 'node:crypto';
import { NS } from './namespaces.ts';
import type { Client } from './session.ts';
import { type Child, copyOf, el, elementsOf, type Stanza } from './stanza.ts';

/** Somebody in a room. */
export interface Occupant {
  readonly nick: string;
  readonly client: Client;
  /** What they last said of themselves: nickname, sources, mute states. */
  readonly payload: readonly Stanza[];
}

/** A multi-user chat room (XEP-0045), as far as a conference needs one. */
export interface Room {
  readonly jid: string;
  /** The conference's own id, the same for everybody in it. */
  readonly meetingId: string;
  readonly createdAt: number;
  readonly occupants: ReadonlyMap<string, Occupant>;
  enter(client: Client, nick: string, presence: Stanza): Occupant;
  update(nick: string, presence: Stanza): void;
  leave(nick: string): Occupant | undefined;
  /** Makes somebody leave, by somebody's wish (XEP-0045, 8.2). */
  kick(nick: string, by: string, reason: string): Occupant | undefined;
  /** Makes everybody leave (XEP-0045, 10.9); answers who was there. */
  destroy(reason: string): readonly Occupant[];
  setSubject(subject: string): void;
  /** Sends a copy to one occupant, or to everybody, under the sender's room address. */
  relay(from: string, stanza: Stanza, to?: string): boolean;
}

/** How somebody comes to be gone: on their own, or by what these elements say. */
interface Departure {
  /** In the occupant's `<item>`. */
  readonly item?: readonly Child[];
  /** Beside it. */
  readonly beside?: readonly Child[];
}

/** Opens an empty room; the focus, which runs the conference, is in it from the start. */
export function createRoom(jid: string, now: number): Room {
  const occupants = new Map<string, Occupant>();
  let subject = '';

  const presenceOf = (occupant: Occupant, to: Client, gone?: Departure) =>
    el(
      'presence',
      {
        xmlns: NS.client,
        from: `${jid}/${occupant.nick}`,
        to: to.jid,
        ...(gone ? { type: 'unavailable' } : {}),
      },
      el(
        'x',
        { xmlns: NS.mucUser },
        el(
          'item',
          // Everybody is a moderator: CometChat lets every participant mute the others, and SDK 4.2.6 asks no role.
          { affiliation: 'owner', role: gone ? 'none' : 'moderator', jid: occupant.client.jid },
          ...(gone?.item ?? []),
        ),
        // 110: this is about yourself (XEP-0045, 7.2.2).
        to === occupant.client ? el('status', { code: '110' }) : null,
        ...(gone?.beside ?? []),
      ),
      ...(gone ? [] : occupant.payload.map(copyOf)),
    );
  const announce = (occupant: Occupant) => {
    for (const other of occupants.values()) other.client.send(presenceOf(occupant, other.client));
  };
  /** `how` makes the elements anew for each receiver, since an element has one parent. */
  const depart = (nick: string, how: () => Departure): Occupant | undefined => {
    const occupant = occupants.get(nick);
    if (!occupant) return undefined;
    occupants.delete(nick);
    for (const other of occupants.values()) other.client.send(presenceOf(occupant, other.client, how()));
    // Also to who leaves: the SDK waits for it before it closes the socket.
    occupant.client.send(presenceOf(occupant, occupant.client, how()));
    return occupant;
  };

  return {
    jid,
    meetingId: randomUUID(),
    createdAt: now,
    occupants,
    enter(client, nick, presence) {
      const occupant = { nick, client, payload: payloadOf(presence) };
      // Those present first, oneself last: the order of XEP-0045, 7.2.2 tells a client when the list is complete.
      client.send(focusPresence(jid, client));
      for (const other of occupants.values()) client.send(presenceOf(other, client));
      occupants.set(nick, occupant);
      announce(occupant);
      client.send(
        el(
          'message',
          { xmlns: NS.client, from: jid, to: client.jid, type: 'groupchat' },
          el('subject', {}, subject),
        ),
      );
      return occupant;
    },
    update(nick, presence) {
      const known = occupants.get(nick);
      if (!known) return;
      const occupant = { ...known, payload: payloadOf(presence) };
      occupants.set(nick, occupant);
      announce(occupant);
    },
    leave: nick => depart(nick, () => ({})),
    kick: (nick, by, reason) =>
      depart(nick, () => ({
        item: [el('actor', { nick: by }), el('reason', {}, reason)],
        beside: [el('status', { code: '307' })],
      })),
    destroy(reason) {
      const everybody = [...occupants.values()];
      occupants.clear();
      const how = () => ({ beside: [el('destroy', {}, el('reason', {}, reason))] });
      for (const occupant of everybody) occupant.client.send(presenceOf(occupant, occupant.client, how()));
      return everybody;
    },
    setSubject(text) {
      subject = text;
    },
    relay(from, stanza, to) {
      const receivers = to === undefined ? [...occupants.values()] : [occupants.get(to)];
      for (const receiver of receivers) {
        if (!receiver) return false;
        const copy = copyOf(stanza);
        copy.attr('from', `${jid}/${from}`);
        copy.attr('to', receiver.client.jid);
        receiver.client.send(copy);
      }
      return true;
    },
  };
}

// What the room itself says in a presence is not the client's to say (XEP-0045, 7.2.2).
function payloadOf(presence: Stanza): Stanza[] {
  const ours: readonly string[] = [NS.muc, NS.mucUser];
  return elementsOf(presence).filter(child => !ours.includes(child.attrs.xmlns));
}

/** What the focus shows of itself to somebody in the room. */
export function focusPresence(jid: string, to: Client): Stanza {
  return el(
    'presence',
    { xmlns: NS.client, from: `${jid}/focus`, to: to.jid },
    el(
      'x',
      { xmlns: NS.mucUser },
      el('item', { affiliation: 'owner', role: 'moderator', jid: `focus@auth.${to.domain}/focus` }),
    ),
    el(
      'conference-properties',
      { xmlns: NS.focus },
      // Lets the client ask for a new session when its transport failed, instead of giving up.
      el('property', { key: 'support-terminate-restart', value: 'true' }),
    ),
  );
}
