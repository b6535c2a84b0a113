import type { Bridge } from '../bridge/bridge.ts';
import type { BridgeConference } from '../bridge/conference.ts';
import type { ChannelConference, Channels } from '../channel/channels.ts';
import type { Person } from '../faults/fault.ts';
import type { Faults } from '../faults/faults.ts';
import type { OpenMedia } from '../trace/media.ts';
import { NS } from '../xmpp/namespaces.ts';
import { focusPresence, type Occupant, type Room } from '../xmpp/room.ts';
import type { FocusPort } from '../xmpp/router.ts';
import type { Client } from '../xmpp/session.ts';
import { el, errorOf, resultOf, type Stanza } from '../xmpp/stanza.ts';
import { answerRequest } from './requests.ts';
import { createSession, type Session } from './session.ts';
import { joinSources, NO_SOURCES, type SourceSet } from './sources.ts';

/** The conference focus (Jitsi's jicofo): offers everybody in a room a session with the bridge, tells of sources. */
export interface Focus extends FocusPort {
  /** Milliseconds since the bridge had anything from a client; null when it never had, or has no seat for it. */
  silenceOf(client: Client): number | null;
  close(): void;
}

export interface FocusOptions {
  readonly bridge: Bridge;
  /** Opens the bridge's conferences; by default nobody watches them. */
  readonly openMedia?: OpenMedia;
  /** Without it nobody has a bridge channel. */
  readonly channels?: Channels;
  /** Without it everybody has a bridge, and a way to it without faults. */
  readonly faults?: Pick<Faults, 'linksFor' | 'isBridgeRefused'>;
}

interface RunningConference {
  readonly media: BridgeConference;
  readonly channels: ChannelConference | undefined;
  readonly sessions: Map<string, Session>;
}

export function createFocus({ bridge, channels, faults, openMedia }: FocusOptions): Focus {
  const conferences = new Map<Room, RunningConference>();

  const openConference = (room: Room): RunningConference => {
    const opened = channels?.openConference();
    const media = openMedia?.(room, opened?.events) ?? bridge.openConference(opened?.events);
    return { media, channels: opened, sessions: new Map() };
  };
  const othersOf = (conference: RunningConference, session: Session) =>
    [...conference.sessions.values()].filter(other => other !== session);
  const open = (room: Room, conference: RunningConference, occupant: Occupant) => {
    if (faults?.isBridgeRefused(personOf(occupant))) return occupant.client.send(noBridge(room, occupant));
    const session = createSession({
      roomJid: room.jid,
      occupant,
      bridge,
      conference: conference.media,
      person: personOf(occupant),
      channels: conference.channels,
      links: faults?.linksFor(personOf(occupant)),
      // A handshake that fails once fails again: the certificate is not the promised one, or no DTLS at all.
      onFailed: () => {
        session.terminate('connectivity-error');
        close(conference, session);
      },
    });
    conference.sessions.set(occupant.nick, session);
    session.initiate(
      othersOf(conference, session)
        .map(other => other.sources)
        .reduce(joinSources, NO_SOURCES),
    );
  };
  const tell = (
    conference: RunningConference,
    from: Session,
    action: 'source-add' | 'source-remove',
    set: SourceSet,
  ) => {
    for (const other of othersOf(conference, from)) other.tellSources(action, set);
  };
  const close = (conference: RunningConference, session: Session) => {
    conference.sessions.delete(session.occupant.nick);
    session.close();
    tell(conference, session, 'source-remove', session.sources);
  };
  /** A fresh session with a fresh transport, in the place of one whose transport failed. */
  const restart = (room: Room, conference: RunningConference, session: Session) => {
    close(conference, session);
    const occupant = room.occupants.get(session.occupant.nick);
    if (occupant) open(room, conference, occupant);
  };
  const terminate = (room: Room, conference: RunningConference, session: Session, jingle: Stanza) => {
    // What lib-jitsi-meet asks for where the focus supports it, two seconds after ICE has failed.
    if (jingle.getChild('bridge-session')?.attrs.restart === 'true') restart(room, conference, session);
    else close(conference, session);
  };
  const inform = (room: Room, conference: RunningConference, session: Session, jingle: Stanza) => {
    // The same with `enableIceRestart`: the client goes on with its session until it is told otherwise.
    if (jingle.getChildText('ice-state') !== 'failed') return;
    session.terminate('connectivity-error');
    restart(room, conference, session);
  };
  const handle = (room: Room, conference: RunningConference, session: Session, jingle: Stanza): boolean => {
    switch (jingle.attrs.action) {
      case 'session-accept': {
        const added = session.accept(jingle);
        if (!added) return false;
        tell(conference, session, 'source-add', added);
        return true;
      }
      case 'source-add':
        tell(conference, session, 'source-add', session.addSources(jingle));
        return true;
      case 'source-remove':
        tell(conference, session, 'source-remove', session.removeSources(jingle));
        return true;
      case 'session-terminate':
        terminate(room, conference, session, jingle);
        return true;
      case 'session-info':
        inform(room, conference, session, jingle);
        return true;
      default:
        // transport-info: a lite agent needs no candidates. content-modify: the channel says who sees what.
        return true;
    }
  };

  return {
    joined(room, occupant) {
      const conference = conferences.get(room) ?? openConference(room);
      conferences.set(room, conference);
      open(room, conference, occupant);
    },
    left(room, occupant) {
      const conference = conferences.get(room);
      const session = conference?.sessions.get(occupant.nick);
      if (conference && session) close(conference, session);
      if (conference?.sessions.size !== 0) return;
      conference.channels?.close();
      conferences.delete(room);
    },
    request(room, occupant, iq) {
      const conference = conferences.get(room);
      const session = conference?.sessions.get(occupant.nick);
      const jingle = iq.getChild('jingle', NS.jingle);
      if (!jingle) return answerRequest(room, occupant, iq);
      if (!conference || !session || jingle.attrs.sid !== session.sid) return errorOf(iq, 'item-not-found');
      return handle(room, conference, session, jingle) ? resultOf(iq) : errorOf(iq, 'bad-request');
    },
    silenceOf(client) {
      const sessions = [...conferences.values()].flatMap(conference => [...conference.sessions.values()]);
      return sessions.find(({ occupant }) => occupant.client === client)?.silenceMs ?? null;
    },
    close() {
      for (const conference of conferences.values()) {
        for (const session of conference.sessions.values()) session.close();
        conference.channels?.close();
      }
      conferences.clear();
    },
  };
}

function personOf({ client }: Occupant): Person {
  return { sessionId: client.claims.sessionId, uid: client.claims.user.uid };
}

// What jicofo adds to its presence when no bridge of its is up; nobody gets an offer then. lib-jitsi-meet fails the
// conference with `conference.videobridgeNotAvailable`.
function noBridge(room: Room, { client }: Occupant): Stanza {
  const presence = focusPresence(room.jid, client);
  presence.cnode(el('bridgeNotAvailable', { xmlns: NS.focus }));
  return presence;
}
