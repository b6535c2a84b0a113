import { NS } from './namespaces.ts';
import type { Room } from './room.ts';
import type { Client } from './session.ts';
import { el, elementsOf, errorOf, resultOf, type Stanza } from './stanza.ts';

/** Where lib-jitsi-meet sends the wish to end a conference for everybody: before the domain. */
export const END_CONFERENCE = 'endconference.';

/** The conference request (jicofo) in a stanza to the focus. */
export function conferenceRequestOf(iq: Stanza): Stanza | undefined {
  return iq.getChild('conference', NS.focus);
}

/** Answers requests to the server itself; `ownRoom` is the address of the room the client's token is for. */
export function answerServer(client: Client, request: Stanza, ownRoom: string): Stanza {
  const [query] = elementsOf(request);
  switch (query?.attrs.xmlns) {
    case NS.ping:
      return resultOf(request);
    case NS.disco:
      return resultOf(request, describeServer(client.domain));
    case NS.services:
      // No STUN or TURN servers: on one machine host candidates are enough.
      return resultOf(request, el('services', { xmlns: NS.services }));
    case NS.focus:
      return query.attrs.room === ownRoom
        ? resultOf(request, conferenceReady(client, ownRoom))
        : errorOf(request, 'not-allowed');
    default:
      return errorOf(request, 'feature-not-implemented');
  }
}

/** Answers requests to a room's own address (XEP-0045, 6.4). */
export function answerRoom(request: Stanza, room: Room): Stanza {
  const [query] = elementsOf(request);
  switch (query?.attrs.xmlns) {
    case NS.disco:
      return resultOf(request, describeRoom(room));
    case NS.mucOwner:
      // A form without a field for a password or for members: lib-jitsi-meet then tells its page "not supported".
      return resultOf(
        request,
        el('query', { xmlns: NS.mucOwner }, el('x', { xmlns: NS.data, type: 'form' })),
      );
    default:
      return errorOf(request, 'feature-not-implemented');
  }
}

function describeServer(domain: string): Stanza {
  const features = [NS.ping, NS.disco, NS.services].map(name => el('feature', { var: name }));
  return el(
    'query',
    { xmlns: NS.disco },
    el('identity', { category: 'server', type: 'im', name: 'meet emulator' }),
    // What is missing here (lobbies, breakout rooms, moderation of microphones) lib-jitsi-meet does not offer.
    el('identity', { category: 'component', type: 'end_conference', name: END_CONFERENCE + domain }),
    ...features,
  );
}

function describeRoom(room: Room): Stanza {
  const field = (name: string, value: string) => el('field', { var: name }, el('value', {}, value));
  return el(
    'query',
    { xmlns: NS.disco },
    el('identity', { category: 'conference', type: 'text', name: 'room' }),
    el('feature', { var: NS.muc }),
    el(
      'x',
      { xmlns: NS.data, type: 'result' },
      field('muc#roominfo_meetingId', room.meetingId),
      field('muc#roominfo_created_timestamp', String(room.createdAt)),
    ),
  );
}

// The conference request (jicofo): `ready` tells the client to enter the room at once.
function conferenceReady(client: Client, room: string): Stanza {
  return el(
    'conference',
    { xmlns: NS.focus, room, ready: 'true', focusjid: `focus@auth.${client.domain}` },
    el('property', { name: 'authentication', value: 'false' }),
  );
}
