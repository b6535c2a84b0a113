import { NS } from '../xmpp/namespaces.ts';
import type { Occupant, Room } from '../xmpp/room.ts';
import type { FocusPort } from '../xmpp/router.ts';
import type { Client, SessionWatch } from '../xmpp/session.ts';
import type { Stanza } from '../xmpp/stanza.ts';
import type { StreamHandlers } from '../xmpp/stream.ts';
import { changesOf, type PresenceState, stateOf, summariseStanza } from './stanzas.ts';
import type { Emit } from './trace.ts';

/** Tells of every stanza that comes in. */
export function traceStanzas(handlers: StreamHandlers, emit: Emit): StreamHandlers {
  const states = new WeakMap<Client, PresenceState>();

  return {
    ...handlers,
    onStanza(client, stanza) {
      if (stanza.name === 'presence') {
        const changed = changesOf(stanza, states.get(client) ?? new Map());
        states.set(client, stateOf(stanza));
        tellStanza(emit, client, 'in', stanza, { changed: changed.length > 0 ? changed : undefined });
      } else {
        tellStanza(emit, client, 'in', stanza);
      }
      handlers.onStanza(client, stanza);
    },
  };
}

/**
 * Tells whose socket is lost and back, and of stanzas that are the server's own: offers, news of sources, errors. What it
 * only hands on was told when it came in, and is not again for each of the others.
 */
export function watchSessions(emit: Emit): SessionWatch {
  return {
    onSent(client, stanza) {
      const isJingle = stanza.attrs.type === 'set' && stanza.getChild('jingle', NS.jingle) !== undefined;
      if (isJingle || stanza.attrs.type === 'error') tellStanza(emit, client, 'out', stanza);
    },
    onSocket: (client, state) => emit(client.claims.sessionId, 'signalling', { ...whoIs(client), state }),
  };
}

function tellStanza(
  emit: Emit,
  client: Client,
  direction: 'in' | 'out',
  stanza: Stanza,
  more?: object,
): void {
  const summary = summariseStanza(stanza);
  if (summary) emit(client.claims.sessionId, 'stanza', { ...whoIs(client), direction, ...summary, ...more });
}

/** Tells who joins and leaves, and whose tracks come and go. */
export function traceFocus(focus: FocusPort, emit: Emit): FocusPort {
  const tell = (kind: string, room: Room, { client }: Occupant, more: object) =>
    emit(client.claims.sessionId, kind, { ...whoIs(client), ...more, people: room.occupants.size });

  return {
    ...focus,
    joined(room, occupant) {
      tell('join', room, occupant, { name: occupant.client.claims.user.name });
      focus.joined(room, occupant);
    },
    left(room, occupant) {
      focus.left(room, occupant);
      tell('leave', room, occupant, {});
    },
    request(room, occupant, iq) {
      const answer = focus.request(room, occupant, iq);
      const change = answer.attrs.type === 'result' ? tracksOf(iq) : null;
      if (change) emit(occupant.client.claims.sessionId, 'tracks', { ...whoIs(occupant.client), ...change });
      return answer;
    },
  };
}

const CHANGES: Readonly<Record<string, 'added' | 'removed'>> = {
  'session-accept': 'added',
  'source-add': 'added',
  'source-remove': 'removed',
};

/** The named sources that a Jingle action brings or takes; a source is a track, whatever its layers. */
function tracksOf(iq: Stanza): Record<string, string[]> | null {
  const jingle = iq.getChild('jingle', NS.jingle);
  const change = CHANGES[jingle?.attrs.action];
  if (!jingle || !change) return null;
  const sources = jingle
    .getChildren('content')
    .flatMap(content => content.getChild('description')?.getChildren('source') ?? []);
  const names = sources.map(({ attrs }) =>
    attrs.videoType ? `${attrs.name} ${attrs.videoType}` : attrs.name,
  );
  const known = [...new Set(names.filter((name): name is string => typeof name === 'string'))];
  return known.length > 0 ? { [change]: known } : null;
}

/** A uid may be here with two tabs: the endpoint is one of them. */
function whoIs({ claims, jid }: Client): { who: string; endpoint: string | undefined } {
  return { who: claims.user.uid, endpoint: jid.split('@', 1)[0] };
}
