import type { Bridge } from '../bridge/bridge.ts';
import type { BridgeConference } from '../bridge/conference.ts';
import { NS } from '../xmpp/namespaces.ts';
import type { Occupant, Room } from '../xmpp/room.ts';
import type { FocusPort } from '../xmpp/router.ts';
import { errorOf, resultOf, type Stanza } from '../xmpp/stanza.ts';
import { createSession, type Session } from './session.ts';
import { joinSources, NO_SOURCES, type SourceSet } from './sources.ts';

/** The conference focus (Jitsi's jicofo): offers everybody in a room a session with the bridge, tells of sources. */
export interface Focus extends FocusPort {
  close(): void;
}

export interface FocusOptions {
  readonly bridge: Bridge;
}

interface RunningConference {
  readonly media: BridgeConference;
  readonly sessions: Map<string, Session>;
}

export function createFocus({ bridge }: FocusOptions): Focus {
  const conferences = new Map<Room, RunningConference>();

  const othersOf = (conference: RunningConference, session: Session) =>
    [...conference.sessions.values()].filter(other => other !== session);
  const open = (room: Room, conference: RunningConference, occupant: Occupant) => {
    const session = createSession({
      roomJid: room.jid,
      occupant,
      bridge,
      conference: conference.media,
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
  const terminate = (room: Room, conference: RunningConference, session: Session, jingle: Stanza) => {
    close(conference, session);
    // The browser's transport failed and it asks for a fresh one (`support-terminate-restart`).
    const occupant = room.occupants.get(session.occupant.nick);
    if (occupant && jingle.getChild('bridge-session')?.attrs.restart === 'true')
      open(room, conference, occupant);
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
      default:
        // transport-info and session-info: a lite agent needs no candidates, and nothing here rings.
        return true;
    }
  };

  return {
    joined(room, occupant) {
      const conference = conferences.get(room) ?? {
        media: bridge.openConference(),
        sessions: new Map<string, Session>(),
      };
      conferences.set(room, conference);
      open(room, conference, occupant);
    },
    left(room, occupant) {
      const conference = conferences.get(room);
      const session = conference?.sessions.get(occupant.nick);
      if (conference && session) close(conference, session);
      if (conference?.sessions.size === 0) conferences.delete(room);
    },
    request(room, occupant, iq) {
      const conference = conferences.get(room);
      const session = conference?.sessions.get(occupant.nick);
      const jingle = iq.getChild('jingle', NS.jingle);
      if (!jingle) return errorOf(iq, 'feature-not-implemented');
      if (!conference || !session || jingle.attrs.sid !== session.sid) return errorOf(iq, 'item-not-found');
      return handle(room, conference, session, jingle) ? resultOf(iq) : errorOf(iq, 'bad-request');
    },
    close() {
      for (const { sessions } of conferences.values())
        for (const session of sessions.values()) session.close();
      conferences.clear();
    },
  };
}
